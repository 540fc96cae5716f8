/** Interned flag sets: equal sets are one object, so 300,000 messages share a few dozen arrays. */

/** Sorted, without duplicates, never `\Recent` (RFC 9051 §2.3.2 forbids a client to set it). Compare with ===. */
export type FlagSet = readonly string[];

const byKey = new Map<string, FlagSet>();
const byRaw = new Map<string, FlagSet>();
/** Both tables are caches: a server that invents a keyword for each message must not fill the memory. */
const MAX_INTERNED = 20_000;

/** System flags are case-insensitive (RFC 9051 §2.3.2); keywords keep the case they were served in. */
const SYSTEM = new Map(['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'].map((f) => [f.toLowerCase(), f]));

export const NO_FLAGS: FlagSet = internFlags([]);

export function internFlags(flags: Iterable<string>): FlagSet {
  const set = new Set<string>();
  for (const flag of flags) {
    const lower = flag.toLowerCase();
    if (flag !== '' && lower !== '\\recent') set.add(SYSTEM.get(lower) ?? flag);
  }
  const sorted = [...set].sort();
  const key = sorted.join(' ');
  const found = byKey.get(key);
  if (found) return found;
  if (byKey.size >= MAX_INTERNED) byKey.clear();
  const made: FlagSet = Object.freeze(sorted);
  byKey.set(key, made);
  return made;
}

/** The inside of a FLAGS list as served: `\Seen $Forwarded`. The hot path: one look-up for each message. */
export function parseFlags(raw: string): FlagSet {
  const found = byRaw.get(raw);
  if (found) return found;
  const made = internFlags(raw.split(' '));
  if (byRaw.size >= MAX_INTERNED) byRaw.clear();
  byRaw.set(raw, made);
  return made;
}

/** True for equal sets even after the cache was emptied. */
export function sameFlags(a: FlagSet, b: FlagSet): boolean {
  return a === b || (a.length === b.length && a.every((flag, i) => flag === b[i]));
}
