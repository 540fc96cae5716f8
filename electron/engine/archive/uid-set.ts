/** UID sets as text, `1:5,9`, the way IMAP writes them (RFC 9051 §9 sequence-set, without `*`). */

/** Ranges in one journal line are bounded, so that a line stays bounded. */
const MAX_RANGES = 1000;

/** @param uids ascending @returns one or more sets that together hold every UID once */
export function formatUidSets(uids: ArrayLike<number>, maxRanges = MAX_RANGES): string[] {
  const sets: string[] = [];
  let ranges: string[] = [];
  for (let i = 0; i < uids.length;) {
    const first = uids[i]!;
    let last = first;
    while (++i < uids.length && uids[i]! <= last + 1) last = uids[i]!;
    ranges.push(first === last ? String(first) : `${first}:${last}`);
    if (ranges.length === maxRanges) {
      sets.push(ranges.join(','));
      ranges = [];
    }
  }
  if (ranges.length > 0) sets.push(ranges.join(','));
  return sets;
}

/** '' is the empty set. @throws RangeError for text that is no UID set */
export function parseUidSet(text: string): [first: number, last: number][] {
  if (text === '') return [];
  return text.split(',').map((part) => {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || first > last || last > 0xffffffff) throw new RangeError(`not a UID set: ${text.slice(0, 80)}`);
    return [first, last];
  });
}
