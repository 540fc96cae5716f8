/** Which messages at the target could be which of the source. Pure; the decision is by digest. */

export interface IdentityColumns {
  uids: ArrayLike<number>;
  sizes: ArrayLike<number>;
  messageIds: ArrayLike<string>;
  internalDates: ArrayLike<string | null>;
}

export interface CandidateSets {
  sourceUids: number[];
  targetUids: number[];
}

/**
 * Same Message-ID; without one, same INTERNALDATE and nearly the same size (servers change line ends). Message-ID is
 * not unique, so this only narrows down what has to be compared octet for octet.
 */
export function identityCandidates(source: IdentityColumns, target: IdentityColumns): CandidateSets {
  const byId = new Map<string, number[]>();
  const byInstant = new Map<number, number[]>();
  for (let i = 0; i < target.uids.length; i++) {
    const id = target.messageIds[i]!;
    if (id !== '') push(byId, id, i);
    else push(byInstant, instantOf(target.internalDates[i]!), i);
  }
  const sourceUids: number[] = [];
  const targetUids = new Set<number>();
  for (let i = 0; i < source.uids.length; i++) {
    const id = source.messageIds[i]!;
    const size = source.sizes[i]!;
    const indices =
      id !== ''
        ? byId.get(id)
        : byInstant.get(instantOf(source.internalDates[i]!))?.filter((t) => isNear(size, target.sizes[t]!));
    if (!indices || indices.length === 0) continue;
    sourceUids.push(source.uids[i]!);
    for (const t of indices) targetUids.add(target.uids[t]!);
  }
  return { sourceUids, targetUids: [...targetUids].sort((a, b) => a - b) };
}

interface Digests {
  uid: number;
  fingerprint: string;
  likeness: string;
}

/**
 * Pair each source message with at most one target message: first those that are octet for octet the same, then those
 * that differ only in what servers rewrite. Copies are paired in order of UID.
 */
export function pairByDigest<S extends Digests, T extends Digests>(
  source: S[],
  target: T[],
): { source: S; target: T }[] {
  const pairs: { source: S; target: T }[] = [];
  const used = new Set<number>();
  const matched = new Set<number>();
  for (const key of ['fingerprint', 'likeness'] as const) {
    const open = new Map<string, T[]>();
    for (const t of target) if (!used.has(t.uid)) push(open, t[key], t);
    for (const s of source) {
      if (matched.has(s.uid)) continue;
      const t = open.get(s[key])?.shift();
      if (!t) continue;
      used.add(t.uid);
      matched.add(s.uid);
      pairs.push({ source: s, target: t });
    }
  }
  return pairs;
}

const instantOf = (date: string | null): number => (date === null ? NaN : Date.parse(date));

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(16, a * 0.05);

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
