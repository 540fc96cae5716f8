/** When all is quiet and each job has run once more on a good line: archives and targets against the model and the source. */
import { openArchive } from '../../electron/engine/archive/open-archive.ts';
import { observe, plainFlags, type ObservedMailbox } from '../helpers/account.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';
import { fingerprintOf } from './changing-account.ts';
import { add, countOf, lost, type Fingerprint, type Holdings, type Model } from './model.ts';

interface Served {
  uid: number;
  fingerprint: Fingerprint;
  flags: string;
}

/** A mailbox as its server has it. */
interface Mailbox {
  uidValidity: number;
  messages: Served[];
}

export type Account = Map<string, Mailbox>;

export async function lookAt(server: TestServer, user: TestUser): Promise<Account> {
  const seen = await observe(server, user);
  return new Map([...seen].map(([path, mailbox]) => [path, told(mailbox)]));
}

function told({ uidValidity, messages }: ObservedMailbox): Mailbox {
  return {
    uidValidity,
    messages: messages.map(({ uid, raw, flags }) => ({
      uid,
      fingerprint: fingerprintOf(raw!),
      flags: plainFlags(flags).join(' '),
    })),
  };
}

export interface Found {
  holdings: Holdings;
  faults: string[];
}

interface Row extends Served {
  uidValidity: number;
  missing: boolean;
}

/** Every message that is served is there with its flags; everything else was served once and is marked as gone. */
export async function checkArchive(folder: string, source: Account, model: Model, before: Holdings): Promise<Found> {
  const rows = await rowsOf(folder);
  const holdings: Holdings = new Map();
  const faults: string[] = [];
  for (const [path, stored] of rows) {
    const mailbox = source.get(path);
    const present = new Set(mailbox?.messages.map(({ uid }) => uid));
    const places = new Set<string>();
    for (const { uid, uidValidity, fingerprint, missing } of stored) {
      const where = `${path} ${uidValidity}/${uid}`;
      add(holdings, path, fingerprint);
      if (places.has(where)) faults.push(`${where}: twice`);
      places.add(where);
      if (model.most(path, fingerprint) === 0) faults.push(`${where}: was never served there`);
      const isServed = mailbox?.uidValidity === uidValidity && present.has(uid);
      if (missing === isServed)
        faults.push(`${where}: ${missing ? 'marked as gone, and is served' : 'gone, and not marked'}`);
    }
  }
  for (const [path, { uidValidity, messages }] of source) {
    const stored = new Map(
      rows
        .get(path)
        ?.filter((row) => row.uidValidity === uidValidity)
        .map((row) => [row.uid, row]),
    );
    for (const { uid, fingerprint, flags } of messages) {
      const row = stored.get(uid);
      const where = `${path} ${uidValidity}/${uid}`;
      if (!row) faults.push(`${where}: not in the archive`);
      else if (row.fingerprint !== fingerprint) faults.push(`${where}: other octets`);
      else if (row.flags !== flags) faults.push(`${where}: flags ${row.flags}, served ${flags}`);
    }
  }
  return { holdings, faults: [...faults, ...lost(before, holdings)] };
}

async function rowsOf(folder: string): Promise<Map<string, Row[]>> {
  const archive = await openArchive(folder, { mode: 'read' });
  try {
    return new Map(
      archive.mailboxes().map(({ path }) => [
        path,
        [...archive.messages(path)].map(({ uid, uidValidity, fingerprint, flags, missingOnSource }) => ({
          ...{ uid, uidValidity, fingerprint, flags: flags.join(' '), missing: missingOnSource },
        })),
      ]),
    );
  } finally {
    await archive.close();
  }
}

/**
 * @param wanted what has to be there: each message of `from`, as often as it is there
 * @param most   copies that may be there
 */
export function checkTarget(
  from: Holdings,
  target: Account,
  most: (path: string, fingerprint: Fingerprint) => number,
  before: Holdings,
): Found {
  const holdings: Holdings = new Map();
  for (const [path, { messages }] of target) for (const { fingerprint } of messages) add(holdings, path, fingerprint);
  const faults = [...from].flatMap(([path, mailbox]) =>
    [...mailbox]
      .filter(([fingerprint, count]) => countOf(holdings, path, fingerprint) < count)
      .map(([fingerprint]) => `${path}: ${fingerprint} is not at the target, or not often enough`),
  );
  for (const [path, mailbox] of holdings)
    for (const [fingerprint, count] of mailbox)
      if (count > most(path, fingerprint)) faults.push(`${path}: ${fingerprint} is at the target ${count} times`);
  return { holdings, faults: [...faults, ...lost(before, holdings)] };
}

/** Flags of messages that came once: of others a copy that was there already keeps the flags that it had. */
export function checkFlags(source: Account, target: Account, model: Model): string[] {
  return [...source].flatMap(([path, mailbox]) => {
    const there = once(target.get(path));
    return [...once(mailbox)].flatMap(([fingerprint, flags]) => {
      const found = there.get(fingerprint);
      return found === undefined || found === flags || model.most(path, fingerprint) > 1
        ? []
        : [`${path}: ${fingerprint} has flags ${found}, not ${flags}`];
    });
  });
}

function once(mailbox: Mailbox | undefined): Map<Fingerprint, string> {
  const flags = new Map<Fingerprint, string>();
  const twice = new Set<Fingerprint>();
  for (const message of mailbox?.messages ?? []) {
    if (flags.has(message.fingerprint)) twice.add(message.fingerprint);
    flags.set(message.fingerprint, message.flags);
  }
  for (const fingerprint of twice) flags.delete(fingerprint);
  return flags;
}

export function holdingsOf(account: Account): Holdings {
  const holdings: Holdings = new Map();
  for (const [path, { messages }] of account) for (const { fingerprint } of messages) add(holdings, path, fingerprint);
  return holdings;
}
