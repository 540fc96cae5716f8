/** Find source messages that are at the target already: from before, or from an APPEND whose answer was lost. */
import { identityCandidates, pairByDigest, type IdentityColumns } from '../plan/identity.ts';
import { sameFlags } from '../flags.ts';
import type { AdoptedMessage, OpenIntent, Placing, SinkLane, SinkMailbox } from '../sink.ts';
import type { MailboxListing, SourceLane } from '../source.ts';
import { digestMessages, type DigestedMessage } from './digest-receiver.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';

export interface IdentifyContext {
  source: MailboxStatus;
  /** As the server calls it, for the fetch. */
  sourceUidValidity: number;
  /** As the ledger calls it; differs only on servers without UIDVALIDITY. */
  generation: number;
  sourceLane: SourceLane;
  sinkLane: SinkLane;
  targetLane: SourceLane;
  target: SinkMailbox & { readonly placing: Placing };
}

/**
 * A target that holds mail the ledger does not know: look for the fresh messages in it.
 *
 * @returns UIDs now recorded as stored
 */
export async function adoptExisting(
  context: IdentifyContext,
  listing: MailboxListing,
  fresh: Uint32Array,
): Promise<Set<number>> {
  const { target, targetLane } = context;
  const wish = { sizes: true, messageIds: true, internalDates: true } as const;
  const there = await targetLane.list(target.placing.status, wish);
  const taken = takenTargetUids(target, context.generation);
  const targetColumns = columnsOf(there, (uid) => !taken.has(uid));
  if (targetColumns.uids.length === 0) return new Set();
  const wanted = new Set(fresh);
  const { sourceUids, targetUids } = identityCandidates(
    columnsOf(listing, (uid) => wanted.has(uid)),
    targetColumns,
  );
  const pairs = await findPairs(context, Uint32Array.from(sourceUids), Uint32Array.from(targetUids), there.uidValidity);
  return adopt(
    context,
    pairs.map((pair) => ({ ...pair, flags: pair.source.flags })),
  );
}

/**
 * After a lost connection or process: the intents name what was on its way, and the target's UIDNEXT before it.
 * Every message that arrived since is compared; what is not found is free to be sent again.
 *
 * @returns UIDs now recorded as stored
 */
export async function settleIntents(context: IdentifyContext, intents: OpenIntent[]): Promise<Set<number>> {
  const { target, targetLane, generation } = context;
  if (intents.length === 0) return new Set();
  const firstUid = Math.min(...intents.map((i) => i.targetUidNext));
  const there = await targetLane.list(target.placing.status, {});
  const taken = takenTargetUids(target, generation);
  const arrived = there.uids.filter((uid) => uid >= firstUid && !taken.has(uid));
  const uids = Uint32Array.from(intents.map((i) => i.uid)).sort();
  const pairs = await findPairs(context, uids, arrived, there.uidValidity);
  // What was sent had the flags of its time. As the target has them they are recorded, until it has those of now.
  const found = await adopt(
    context,
    pairs.map((pair) => ({ ...pair, flags: pair.target.flags })),
  );
  const changes = pairs
    .filter((pair) => !sameFlags(pair.source.flags, pair.target.flags))
    .map((pair) => ({ uid: pair.source.uid, flags: pair.source.flags }));
  if (changes.length > 0) {
    await context.sinkLane.updateFlags?.(target, generation, changes);
    await target.recordFlags(generation, changes);
  }
  const lost = [...uids].filter((uid) => !found.has(uid));
  if (lost.length > 0) await target.placing.dropIntents(generation, lost);
  return found;
}

interface Pair {
  source: DigestedMessage;
  target: DigestedMessage;
}

async function findPairs(
  context: IdentifyContext,
  sourceUids: Uint32Array,
  targetUids: Uint32Array,
  targetUidValidity: number,
): Promise<Pair[]> {
  if (sourceUids.length === 0 || targetUids.length === 0) return [];
  const { source, sourceUidValidity, sourceLane, targetLane, target } = context;
  const ours = await digestMessages(sourceLane, source, sourceUidValidity, sourceUids);
  const theirs = await digestMessages(targetLane, target.placing.status, targetUidValidity, targetUids);
  const byUid = (a: { uid: number }, b: { uid: number }) => a.uid - b.uid;
  return pairByDigest([...ours.values()].sort(byUid), [...theirs.values()].sort(byUid));
}

/** @param found flags: as the ledger is to have them */
async function adopt(
  { target, generation }: IdentifyContext,
  found: (Pair & Pick<AdoptedMessage, 'flags'>)[],
): Promise<Set<number>> {
  const adopted = found.map(({ source, target: there, flags }): AdoptedMessage => ({
    uidValidity: generation,
    uid: source.uid,
    sizeBytes: source.sizeBytes,
    internalDate: source.internalDate,
    headerDigest: source.headerDigest,
    fingerprint: source.fingerprint,
    flags,
    targetUid: there.uid,
  }));
  if (adopted.length > 0) await target.placing.adopt(adopted);
  return new Set(adopted.map((a) => a.uid));
}

function takenTargetUids(target: SinkMailbox & { readonly placing: Placing }, generation: number): Set<number> {
  const known = target.known(generation).uids;
  const taken = new Set<number>();
  for (const uid of target.placing.targetUids(generation, known)) if (uid !== null) taken.add(uid);
  return taken;
}

function columnsOf(listing: MailboxListing, keep: (uid: number) => boolean): IdentityColumns {
  const index = [...listing.uids.keys()].filter((i) => keep(listing.uids[i]!));
  return {
    uids: index.map((i) => listing.uids[i]!),
    sizes: index.map((i) => listing.sizes![i]!),
    messageIds: index.map((i) => listing.messageIds![i]!),
    internalDates: index.map((i) => listing.internalDates![i]!),
  };
}
