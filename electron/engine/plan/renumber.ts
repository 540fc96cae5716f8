/** Match a mailbox whose UIDVALIDITY changed with what is stored of it, without its bodies. Pure. */
import type { KnownDetail } from '../sink.ts';

export interface Candidate {
  uid: number;
  sizeBytes: number;
  internalDate: string | null;
  headerDigest: string;
}

export interface Renumbering {
  matches: { uid: number; was: KnownDetail }[];
  /** Alike in size, date and header, yet more than one body is possible: decide by fingerprint. */
  ambiguous: { uid: number; candidates: KnownDetail[] }[];
  /** Nothing stored is like these. */
  fresh: number[];
}

/**
 * Size, INTERNALDATE and header together name a message unless several stored ones share all three with different
 * bodies, or the source now holds more copies than are stored: those are ambiguous. Within a group of exact copies
 * the order of UIDs decides; each stored message is used once.
 */
export function planRenumbering(now: Candidate[], stored: KnownDetail[]): Renumbering {
  const groups = new Map<string, KnownDetail[]>();
  const seen = new Set<string>();
  for (const detail of stored) {
    const key = keyOf(detail);
    // The newest generation wins: an older record of the same octets under an older UIDVALIDITY is the same message.
    const id = `${key}|${detail.uidValidity}|${detail.uid}`;
    if (seen.has(id)) continue;
    seen.add(id);
    const group = groups.get(key);
    if (group) group.push(detail);
    else groups.set(key, [detail]);
  }
  const result: Renumbering = { matches: [], ambiguous: [], fresh: [] };
  for (const [key, members] of groupBy(now, keyOf)) {
    const group = latestGeneration(groups.get(key) ?? []);
    if (group.length === 0) {
      result.fresh.push(...members.map((m) => m.uid));
    } else if (members.length <= group.length && group.every((d) => d.fingerprint === group[0]!.fingerprint)) {
      members.forEach((m, i) => result.matches.push({ uid: m.uid, was: group[i]! }));
    } else {
      for (const m of members) result.ambiguous.push({ uid: m.uid, candidates: group });
    }
  }
  result.matches.sort((a, b) => a.uid - b.uid);
  result.ambiguous.sort((a, b) => a.uid - b.uid);
  result.fresh.sort((a, b) => a - b);
  return result;
}

/**
 * Prefer the records of one generation: after two renumberings the same message is recorded three times.
 * Different bodies of any generation stay candidates.
 */
function latestGeneration(group: KnownDetail[]): KnownDetail[] {
  if (group.length < 2) return group;
  const byFingerprint = groupBy(group, (d) => d.fingerprint);
  const kept: KnownDetail[] = [];
  for (const members of byFingerprint.values()) {
    const perGeneration = [...groupBy(members, (d) => String(d.uidValidity)).values()];
    perGeneration.sort((a, b) => b.length - a.length);
    kept.push(...perGeneration[0]!);
  }
  return kept.sort((a, b) => a.uid - b.uid);
}

/** Instants are compared, not spellings: a server may serve the same INTERNALDATE in another zone after a move. */
function keyOf(m: { sizeBytes: number; internalDate: string | null; headerDigest: string }): string {
  const instant = m.internalDate === null ? '' : String(Date.parse(m.internalDate));
  return `${m.sizeBytes}|${instant}|${m.headerDigest}`;
}

function groupBy<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const k = key(item);
    const group = groups.get(k);
    if (group) group.push(item);
    else groups.set(k, [item]);
  }
  return groups;
}
