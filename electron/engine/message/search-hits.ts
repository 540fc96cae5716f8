/** Where the words of a search occur in a text, by the rules of the full-text index (SQLite FTS5, unicode61). */
import type { HitRanges } from '../../../shared/browse.ts';

const MAX_HITS = 5000;
const MAX_TERMS = 50;
const WORD = /[\p{L}\p{N}\p{Co}\p{M}]+/gu;

/** One word, or a phrase of several that must follow each other. */
interface Term {
  words: string[];
  /** The last word may go on: "brenn" finds "Brennofen". */
  prefix: boolean;
}

export interface HitFinder {
  /** Sorted, not overlapping; UTF-16 offsets. */
  (text: string): HitRanges;
}

/** @param search as typed: words, and phrases in double quotes (straight, curly or German) */
export function hitFinder(search: string): HitFinder {
  const terms = readTerms(search);
  if (terms.length === 0) return () => [];
  const firsts = new Set(terms.filter((t) => t.words.length > 1 || !t.prefix).map((t) => t.words[0]!));
  const prefixes = terms.filter((t) => t.words.length === 1 && t.prefix).map((t) => t.words[0]!);
  return (text) => {
    const ranges: HitRanges = [];
    const words = [...text.matchAll(WORD)];
    const folded = words.map((m) => fold(m[0]));
    for (let i = 0; i < words.length && ranges.length < MAX_HITS; i++) {
      const word = folded[i]!;
      if (!firsts.has(word) && !prefixes.some((p) => word.startsWith(p))) continue;
      const length = Math.max(0, ...terms.map((t) => matchLength(t, folded, i)));
      if (length === 0) continue;
      const last = words[i + length - 1]!;
      const [from, to] = [words[i]!.index, last.index + last[0].length];
      const before = ranges.at(-1);
      if (before && from < before[1]) before[1] = Math.max(before[1], to);
      else ranges.push([from, to]);
    }
    return ranges;
  };
}

function readTerms(search: string): Term[] {
  const terms: Term[] = [];
  for (const match of search.slice(0, 1000).matchAll(/["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|[^\s"“”„«»]+/gu)) {
    const quoted = match[1] !== undefined;
    const words = [...(match[1] ?? match[0]).matchAll(WORD)].map((m) => fold(m[0])).filter((w) => w !== '');
    if (words.length > 0) terms.push({ words, prefix: !quoted });
    if (terms.length >= MAX_TERMS) break;
  }
  return terms;
}

/** @returns number of words that match from `at` on; 0: none */
function matchLength({ words, prefix }: Term, folded: string[], at: number): number {
  for (let i = 0; i < words.length; i++) {
    const word = folded[at + i];
    if (word === undefined) return 0;
    const last = i === words.length - 1;
    if (last && prefix ? !word.startsWith(words[i]!) : word !== words[i]) return 0;
  }
  return words.length;
}

/** Case and accents do not count, as with `remove_diacritics 2`. */
function fold(word: string): string {
  // Most words, and each word of each row of a page is looked at.
  if (/^[\x00-\x7f]*$/.test(word)) return word.toLowerCase();
  return word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
