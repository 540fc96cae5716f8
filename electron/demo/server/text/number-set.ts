/** Sequence sets (RFC 3501 §9): `1:5,9,12:*`. */

/** Both ends included; Infinity stands for `*`. */
export interface NumberRange {
  from: number;
  to: number;
}

/** @returns null when it is not a set */
export function parseNumberSet(text: string): NumberRange[] | null {
  const ranges: NumberRange[] = [];
  for (const piece of text.split(',')) {
    const match = /^([1-9]\d{0,9}|\*)(?::([1-9]\d{0,9}|\*))?$/.exec(piece);
    if (!match) return null;
    const a = value(match[1]);
    const b = match[2] === undefined ? a : value(match[2]);
    ranges.push({ from: Math.min(a, b), to: Math.max(a, b) });
  }
  return ranges;
}

const value = (text: string | undefined): number => (text === '*' ? Infinity : Number(text));

/** Ascending numbers as the shortest set: 1:3,7. */
export function formatNumberSet(numbers: readonly number[]): string {
  const pieces: string[] = [];
  for (let i = 0; i < numbers.length;) {
    let last = i;
    while (numbers[last + 1] === (numbers[last] ?? 0) + 1) last++;
    pieces.push(last === i ? `${numbers[i]}` : `${numbers[i]}:${numbers[last]}`);
    i = last + 1;
  }
  return pieces.join(',');
}

/**
 * Which elements of an ascending column the ranges mean, as ascending indices without duplicates.
 * `*` is the last element (RFC 3501 §9), so `400:*` names it even where 400 is beyond it.
 */
export function selectIndices(ranges: readonly NumberRange[], count: number, valueAt: (i: number) => number): number[] {
  if (count === 0) return [];
  const last = valueAt(count - 1);
  const spans: [number, number][] = [];
  for (const range of ranges) {
    const ends = [range.from === Infinity ? last : range.from, range.to === Infinity ? last : range.to];
    const start = lowerBound(count, valueAt, Math.min(...ends));
    const end = lowerBound(count, valueAt, Math.max(...ends) + 1);
    if (start < end) spans.push([start, end]);
  }
  spans.sort((a, b) => a[0] - b[0]);
  const indices: number[] = [];
  for (const [start, end] of spans) {
    const from = Math.max(start, (indices.at(-1) ?? -1) + 1);
    for (let i = from; i < end; i++) indices.push(i);
  }
  return indices;
}

function lowerBound(count: number, valueAt: (i: number) => number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(middle) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
