/** verify --against: is everything that the archive holds on this server, octet for octet? */
import { inferPrefix, mapMailboxes, DEFAULT_RULES } from '../plan/mapping.ts';
import type { Selection } from '../plan/select.ts';
import type { MailboxListing, Source, SourceLane } from '../source.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { MailboxAccount } from './accounting.ts';
import { chooseMailboxes } from './backup.ts';
import { digestMessages } from './digest-receiver.ts';
import type { Job } from './job.ts';
import type { ProofDepth } from './prove.ts';

export interface CompareOptions extends Selection {
  proof: ProofDepth;
}

const SAMPLE_PER_MAILBOX = 20;

interface Match {
  uid: number;
  otherUid: number;
}

/** Outcomes: stored = there; failed = not there, or other octets. Nothing is written anywhere. */
export async function compare(job: Job, archive: Source, server: Source, options: CompareOptions): Promise<void> {
  job.phase = 'scanning';
  const ours = await archive.scan(job.signal);
  const theirs = await server.scan(job.signal);
  const delimiter = theirs.find((m) => m.delimiter !== null)?.delimiter ?? '/';
  const namespace = server.namespace ?? { prefix: '', delimiter };
  const prefix = archive.namespace?.prefix ?? inferPrefix(ours);
  const pairs = mapMailboxes(chooseMailboxes(ours, options), prefix, { mailboxes: theirs, namespace }, DEFAULT_RULES);
  const accounts = pairs.map((pair) => {
    const account = job.accounting.mailbox(pair.source.path, pair.targetPath);
    account.counts.planned = pair.source.messages;
    return account;
  });
  job.phase = 'proving';
  const ourLane = await archive.openLane(job.signal);
  const theirLane = await server.openLane(job.signal);
  try {
    for (const [i, pair] of pairs.entries()) {
      job.throwIfCancelled();
      const there = theirs.find((m) => m.path === pair.targetPath && m.selectable);
      if (there)
        await compareMailbox({ ourLane, theirLane, account: accounts[i]!, proof: options.proof }, pair.source, there);
      else if (pair.source.messages > 0)
        accounts[i]!.fail('mailbox-missing', `The server has no folder ${pair.targetPath}.`);
      accounts[i]!.state = 'done';
      job.touch();
    }
  } finally {
    await ourLane.close();
    await theirLane.close();
  }
}

interface Side {
  ourLane: SourceLane;
  theirLane: SourceLane;
  account: MailboxAccount;
  proof: ProofDepth;
}

async function compareMailbox(side: Side, here: MailboxStatus, there: MailboxStatus): Promise<void> {
  const { ourLane, theirLane, account, proof } = side;
  const wish = { sizes: true, messageIds: true, internalDates: true } as const;
  const ours = await ourLane.list(here, wish);
  const theirs = await theirLane.list(there, wish);
  account.counts.planned = ours.uids.length;
  const { exact, resized, unmatched } = matchByContent(ours, theirs);
  for (const uid of unmatched)
    account.settle(uid, 'failed', {
      code: 'message-missing-at-target',
      reason: 'The server does not have this message.',
    });
  const step =
    proof === 'full' ? 1 : proof === 'sample' ? Math.max(1, Math.ceil(exact.length / SAMPLE_PER_MAILBOX)) : Infinity;
  const checked = [...resized, ...exact.filter((_, i) => i % step === 0)];
  const bad = await differing(side, here, ours.uidValidity, there, theirs.uidValidity, checked);
  for (const { uid } of [...exact, ...resized]) {
    if (bad.has(uid))
      account.settle(uid, 'failed', {
        code: 'message-altered',
        reason: 'The server holds this message with other octets.',
      });
    else account.settle(uid, 'stored');
  }
}

interface Matching {
  exact: Match[];
  /** Found, but with another size: surely altered, or another message with the same Message-ID. */
  resized: Match[];
  unmatched: number[];
}

/** First Message-ID (or date) together with size, then Message-ID alone; each server message is used once. */
function matchByContent(ours: MailboxListing, theirs: MailboxListing): Matching {
  const result: Matching = { exact: [], resized: [], unmatched: [] };
  const keys = (l: MailboxListing, i: number): [string, string] => {
    const id = l.messageIds![i]! || `date ${Date.parse(l.internalDates![i] ?? '')}`;
    return [`${id}|${l.sizes![i]}`, id];
  };
  const free = new Set(theirs.uids);
  let open = [...ours.uids.keys()];
  for (const which of [0, 1] as const) {
    const byKey = new Map<string, number[]>();
    theirs.uids.forEach((uid, i) => {
      if (!free.has(uid)) return;
      const key = keys(theirs, i)[which];
      const list = byKey.get(key);
      if (list) list.push(uid);
      else byKey.set(key, [uid]);
    });
    open = open.filter((i) => {
      const otherUid = byKey.get(keys(ours, i)[which])?.shift();
      if (otherUid === undefined) return true;
      free.delete(otherUid);
      (which === 0 ? result.exact : result.resized).push({ uid: ours.uids[i]!, otherUid });
      return false;
    });
  }
  result.unmatched = open.map((i) => ours.uids[i]!);
  return result;
}

/** @returns our UIDs whose octets differ from those of their match */
async function differing(
  { ourLane, theirLane }: Side,
  here: MailboxStatus,
  ourUidValidity: number,
  there: MailboxStatus,
  theirUidValidity: number,
  matches: Match[],
): Promise<Set<number>> {
  if (matches.length === 0) return new Set();
  const sorted = (uids: number[]) => Uint32Array.from(uids).sort();
  const ours = await digestMessages(ourLane, here, ourUidValidity, sorted(matches.map((m) => m.uid)));
  const theirs = await digestMessages(theirLane, there, theirUidValidity, sorted(matches.map((m) => m.otherUid)));
  const bad = matches.filter((m) => ours.get(m.uid)?.fingerprint !== theirs.get(m.otherUid)?.fingerprint);
  return new Set(bad.map((m) => m.uid));
}
