/** What a pass over one mailbox has to do. Pure: works on sorted columns, knows no server and no file. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { sameFlags, type FlagSet } from '../flags.ts';
import type { MailboxListing } from '../source.ts';
import type { KnownMessages, PassState } from '../sink.ts';

export interface Delta {
  /** In scope and not known: to be fetched. Ascending. */
  fresh: Uint32Array;
  /** In scope and known: counted as duplicates. */
  knownCount: number;
  flagChanges: { uid: number; flags: FlagSet }[];
  /** Known, not recorded as missing yet, and no longer on the source. */
  missing: Uint32Array;
  /** Known and not on the source, recorded as missing or not: what --mirror forgets. */
  gone: Uint32Array;
}

/**
 * True when STATUS alone proves that nothing happened since the last finished pass. Without CONDSTORE a changed
 * flag leaves no trace in STATUS, so such a mailbox is always opened.
 */
export function isUnchanged(status: MailboxStatus, last: PassState | null): boolean {
  return (
    last !== null &&
    status.uidValidity !== 0 &&
    status.uidValidity === last.uidValidity &&
    status.uidNext === last.uidNext &&
    status.messages === last.messages &&
    status.highestModSeq !== null &&
    status.highestModSeq === last.highestModSeq
  );
}

/** @param listing flags null: flags are not looked at; a flags entry undefined: not changed */
export function planDelta(listing: Pick<MailboxListing, 'uids' | 'inScope' | 'flags'>, known: KnownMessages): Delta {
  const { uids, flags } = listing;
  const fresh: number[] = [];
  const missing: number[] = [];
  const gone: number[] = [];
  const leave = (at: number) => {
    gone.push(known.uids[at]!);
    if (known.missing[at] === 0) missing.push(known.uids[at]!);
  };
  const flagChanges: Delta['flagChanges'] = [];
  const scope = listing.inScope ? new ScopeCursor(listing.inScope) : null;
  let knownCount = 0;
  let k = 0;
  for (let i = 0; i < uids.length; i++) {
    const uid = uids[i]!;
    while (k < known.uids.length && known.uids[k]! < uid) {
      leave(k++);
    }
    const inScope = scope === null || scope.has(uid);
    if (known.uids[k] !== uid) {
      if (inScope) fresh.push(uid);
      continue;
    }
    if (inScope) knownCount++;
    const now = flags?.[i] ?? known.flags[k]!;
    // A message recorded as missing that is back gets its record renewed: that clears the mark.
    if (known.missing[k] === 1 || !sameFlags(now, known.flags[k]!)) flagChanges.push({ uid, flags: now });
    k++;
  }
  for (; k < known.uids.length; k++) leave(k);
  return {
    fresh: Uint32Array.from(fresh),
    knownCount,
    flagChanges,
    missing: Uint32Array.from(missing),
    gone: Uint32Array.from(gone),
  };
}

/** Membership in an ascending column, asked in ascending order. */
class ScopeCursor {
  readonly #uids: Uint32Array;
  #at = 0;
  constructor(uids: Uint32Array) {
    this.#uids = uids;
  }
  has(uid: number): boolean {
    while (this.#at < this.#uids.length && this.#uids[this.#at]! < uid) this.#at++;
    return this.#uids[this.#at] === uid;
  }
}

/**
 * --mirror forgets what left the source. More than half a mailbox at once looks like an accident at the source.
 */
export function mirrorNeedsConfirmation(missingCount: number, keptBefore: number): boolean {
  return missingCount * 2 > keptBefore;
}
