/** A few words of a message, those around the first hit where there is one. */
import type { HitRanges } from '../../../shared/browse.ts';
import type { HitFinder } from '../message/search-hits.ts';

const BEFORE = 50;
const LENGTH = 160;

export interface Snippet {
  text: string;
  hits: HitRanges;
}

/** @returns null when the text holds no hit */
export function snippetAround(text: string, find: HitFinder): Snippet | null {
  const hit = find(text)[0];
  if (!hit) return null;
  const from = wordStart(text, Math.max(0, hit[0] - BEFORE));
  const cut = text.slice(from, from + LENGTH * 2);
  const tidy = firstWords(cut, LENGTH);
  const shown = from > 0 ? `…${tidy}` : tidy;
  return { text: shown, hits: find(shown) };
}

/** In one line, and with an ellipsis where words are left out. */
export function firstWords(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= length) return line.toWellFormed();
  const blank = line.lastIndexOf(' ', length);
  return `${line.slice(0, blank > length / 2 ? blank : length).toWellFormed()}…`;
}

/** Not in the middle of a word. */
function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const blank = text.slice(at, at + BEFORE).search(/\s/);
  return blank < 0 ? at : at + blank + 1;
}
