/** Begin one mailbox: list it, record what changed without moving anything, return the UIDs to move. */
import { EngineError } from '../errors.ts';
import { NO_FLAGS, sameFlags, type FlagSet } from '../flags.ts';
import { mirrorNeedsConfirmation, planDelta, type Delta } from '../plan/delta.ts';
import { planRenumbering, type Candidate } from '../plan/renumber.ts';
import type { KnownDetail, Placing, SinkLane, SinkMailbox } from '../sink.ts';
import type { ListWish, MailboxListing, Source, SourceLane } from '../source.ts';
import { digestMessages } from './digest-receiver.ts';
import { adoptExisting, settleIntents, type IdentifyContext } from './identify.ts';
import type { PairWork } from './pair-work.ts';

export interface OpenOptions {
  /** `YYYY-MM-DD` or null. */
  since: string | null;
  mirror: 'off' | 'on' | 'confirmed';
}

export interface Lanes {
  source: SourceLane;
  sink: SinkLane;
}

export async function openMailbox(
  work: PairWork,
  lanes: Lanes,
  readBack: Source | null,
  options: OpenOptions,
): Promise<Uint32Array> {
  work.reset();
  const { target, generation, source } = work;
  const known = target.known(generation);
  // Until this generation has had a whole pass: a stop in the middle of the records of a renumbering leaves some of them.
  const others = target.lastPass()?.uidValidity === generation ? [] : target.otherGenerations(generation);
  const placing = readBack ? target.placing : undefined;
  const intents = placing?.openIntents() ?? [];
  const lookAtTarget = placing !== undefined && known.uids.length === 0 && placing.status.messages > 0;
  const listing = await lanes.source.list(
    source,
    wishFor(work, known.uids.length, others.length > 0, lookAtTarget, options),
  );
  if (listing.uidValidity !== source.uidValidity) {
    throw new EngineError(
      'mailbox-renumbered',
      `The server renumbered ${source.path} just now. Run again to go on with it.`,
      {
        scope: 'mailbox',
        retry: 'now',
      },
    );
  }
  const delta = planDelta(listing, known);
  work.account.counts.planned = delta.fresh.length + delta.knownCount;
  work.account.counts.duplicate = delta.knownCount;
  work.addOpen(delta.fresh);
  planBytes(work, listing, delta);
  work.passState = options.since === null && source.uidValidity !== 0 ? passStateOf(listing) : null;
  await recordChanges(work, lanes.sink, delta, known.uids.length, options);

  if (others.length > 0) await matchRenumbered(work, lanes, listing);
  if (placing && readBack && (intents.length > 0 || lookAtTarget)) {
    await lookBeforeSending(work, lanes, readBack, listing, target as SinkMailbox & { placing: Placing });
  }
  return delta.fresh.filter((uid) => work.openUids.has(uid));
}

function wishFor(
  work: PairWork,
  knownCount: number,
  renumbered: boolean,
  lookAtTarget: boolean,
  options: OpenOptions,
): ListWish {
  const wish: ListWish = {};
  const last = work.target.lastPass();
  if (knownCount > 0) {
    const modSeq =
      last && last.uidValidity === work.generation && work.source.highestModSeq !== null ? last.highestModSeq : null;
    wish.flags = modSeq === null ? 'all' : { changedSince: modSeq };
  }
  if (renumbered) Object.assign(wish, { flags: 'all', sizes: true, internalDates: true, headerDigests: true });
  if (lookAtTarget) Object.assign(wish, { sizes: true, internalDates: true, messageIds: true });
  // Without STATUS=SIZE the sizes come from here; for a few new messages an estimate will do.
  if (work.source.sizeBytes === null && knownCount === 0) wish.sizes = true;
  if (options.since !== null) wish.since = options.since;
  return wish;
}

function passStateOf(listing: MailboxListing) {
  const { uidValidity, uidNext, uids, highestModSeq } = listing;
  return { uidValidity, uidNext, messages: uids.length, highestModSeq };
}

function planBytes(work: PairWork, listing: MailboxListing, delta: Delta): void {
  const { account, source } = work;
  if (delta.fresh.length === 0) account.plannedBytes = 0;
  else if (listing.sizes) {
    const fresh = new Set(delta.fresh);
    account.plannedBytes = listing.uids.reduce((sum, uid, i) => (fresh.has(uid) ? sum + listing.sizes![i]! : sum), 0);
  } else if (source.sizeBytes !== null && listing.uids.length > 0) {
    account.plannedBytes = Math.round((source.sizeBytes * delta.fresh.length) / listing.uids.length);
  }
}

async function recordChanges(
  work: PairWork,
  sink: SinkLane,
  delta: Delta,
  knownCount: number,
  options: OpenOptions,
): Promise<void> {
  const { target, generation } = work;
  if (delta.flagChanges.length > 0) {
    await sink.updateFlags?.(target, generation, delta.flagChanges);
    await target.recordFlags(generation, delta.flagChanges);
  }
  if (delta.missing.length > 0) await target.recordMissing(generation, delta.missing);
  if (options.mirror === 'off' || !target.forget || delta.gone.length === 0) return;
  if (options.mirror === 'on' && mirrorNeedsConfirmation(delta.gone.length, knownCount)) {
    work.account.remark(
      null,
      'failed',
      'mirror-refused',
      `${delta.gone.length} of ${knownCount} archived messages are gone from the server. That is more than half, so none was removed from the archive. If this is what you want, run again with --mirror-confirm.`,
    );
    return;
  }
  await target.forget(generation, delta.gone);
}

/** A changed UIDVALIDITY costs no second download: see plan/renumber.ts for what counts as the same message. */
async function matchRenumbered(work: PairWork, lanes: Lanes, listing: MailboxListing): Promise<void> {
  const { target, generation, source } = work;
  const index = new Map<number, number>();
  listing.uids.forEach((uid, i) => index.set(uid, i));
  const now: Candidate[] = [...work.openUids].map((uid) => {
    const i = index.get(uid)!;
    return {
      uid,
      sizeBytes: listing.sizes![i]!,
      internalDate: listing.internalDates![i]!,
      headerDigest: listing.headerDigests![i]!,
    };
  });
  const copies = new TargetCopies(work);
  const plan = planRenumbering(
    now,
    target.otherGenerations(generation).filter((was) => copies.isFree(was)),
  );
  for (const { was } of plan.matches) copies.take(was);
  const matches = [...plan.matches];
  if (plan.ambiguous.length > 0) {
    const uids = Uint32Array.from(plan.ambiguous.map((a) => a.uid));
    const digested = await digestMessages(lanes.source, source, source.uidValidity, uids);
    for (const { uid, candidates } of plan.ambiguous) {
      const was = candidates.find((c) => c.fingerprint === digested.get(uid)?.fingerprint && copies.isFree(c));
      if (!was) continue;
      copies.take(was);
      matches.push({ uid, was });
    }
  }
  if (matches.length === 0) return;
  const served = (uid: number): FlagSet => listing.flags?.[index.get(uid)!] ?? NO_FLAGS;
  if (lanes.sink.updateFlags) await renumberWithFlags(work, lanes.sink, matches, served);
  else
    await target.recordRenumbered(
      generation,
      matches.map((match) => ({ ...match, flags: served(match.uid) })),
    );
  for (const { uid } of matches) work.settle(uid, 'duplicate');
}

/** A copy at the target stands for one message of the source; an archive stores exact copies once and lists them all. */
class TargetCopies {
  readonly #placing: Placing | undefined;
  readonly #taken: Set<number | null>;

  constructor({ target, generation }: PairWork) {
    this.#placing = target.placing;
    this.#taken = new Set(this.#placing?.targetUids(generation, target.known(generation).uids));
    // Stored, place unknown: nothing tells two of them apart.
    this.#taken.delete(null);
  }

  isFree(was: KnownDetail): boolean {
    return !this.#taken.has(this.#placeOf(was));
  }

  take(was: KnownDetail): void {
    const place = this.#placeOf(was);
    if (place !== null) this.#taken.add(place);
  }

  #placeOf({ uidValidity, uid }: KnownDetail): number | null {
    return this.#placing?.targetUids(uidValidity, [uid])[0] ?? null;
  }
}

/** At a target flags are set by command: until that is done they are recorded as they were, so that a stop loses none. */
async function renumberWithFlags(
  { target, generation }: PairWork,
  sink: SinkLane,
  matches: { uid: number; was: KnownDetail }[],
  served: (uid: number) => FlagSet,
): Promise<void> {
  const before = new Map<number, Map<number, FlagSet>>();
  const flagsOf = ({ uidValidity, uid }: KnownDetail): FlagSet => {
    let flags = before.get(uidValidity);
    if (!flags) {
      const known = target.known(uidValidity);
      flags = new Map(known.flags.map((set, i) => [known.uids[i]!, set]));
      before.set(uidValidity, flags);
    }
    return flags.get(uid) ?? NO_FLAGS;
  };
  await target.recordRenumbered(
    generation,
    matches.map((match) => ({ ...match, flags: flagsOf(match.was) })),
  );
  const changes = matches
    .filter(({ uid, was }) => !sameFlags(flagsOf(was), served(uid)))
    .map(({ uid }) => ({ uid, flags: served(uid) }));
  if (changes.length === 0) return;
  await sink.updateFlags!(target, generation, changes);
  await target.recordFlags(generation, changes);
}

async function lookBeforeSending(
  work: PairWork,
  lanes: Lanes,
  readBack: Source,
  listing: MailboxListing,
  target: SinkMailbox & { readonly placing: Placing },
): Promise<void> {
  const targetLane = await readBack.openLane();
  try {
    const context = identifyContext(work, lanes, targetLane, target);
    const here = target.placing
      .openIntents()
      .filter((i) => i.uidValidity === work.generation && work.openUids.has(i.uid));
    for (const uid of await settleIntents(context, here)) work.settle(uid, 'stored');
    if (listing.messageIds && listing.sizes && listing.internalDates) {
      const fresh = Uint32Array.from(work.openUids).sort();
      for (const uid of await adoptExisting(context, listing, fresh)) work.settle(uid, 'duplicate');
    }
  } finally {
    await targetLane.close();
  }
}

export function identifyContext(
  work: PairWork,
  lanes: Lanes,
  targetLane: SourceLane,
  target: SinkMailbox & { readonly placing: Placing },
): IdentifyContext {
  const { source, generation } = work;
  const sides = { sourceLane: lanes.source, sinkLane: lanes.sink, targetLane };
  return { source, sourceUidValidity: source.uidValidity, generation, target, ...sides };
}
