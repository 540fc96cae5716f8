/** Seeded random numbers, made of integer arithmetic only: the same on every machine and in every version of V8. */
export type Random = () => number;

/** mulberry32: numbers in [0, 1) from a 32-bit seed. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number in [0, limit). */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

export const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)]!;
