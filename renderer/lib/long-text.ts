/** A long text cut into pieces that can be laid out one without the other. Pure. */
import type { HitRanges } from '../../shared/browse.ts';

export interface LongPiece {
  text: string;
  /** Offsets in this piece. A hit that a cut goes through is in both. */
  hits: HitRanges;
}

/** Mail that people write is one piece. The layout of a run without an end takes the square of its length. */
export const PIECE_LENGTH = 8000;
/** A line that is as long as a piece keeps its end: the next piece would begin with an empty line. */
const LINE_END = 2;
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** In order and without a gap: joined they are the text. */
export function cutLongText(text: string, hits: HitRanges): LongPiece[] {
  const pieces: LongPiece[] = [];
  for (let from = 0; from < text.length;) {
    const to = from + cutOf(text.slice(from, from + PIECE_LENGTH + LINE_END));
    pieces.push({ text: text.slice(from, to), hits: hitsWithin(hits, from, to) });
    from = to;
  }
  return pieces;
}

/** After the last line, where a cut is not to be seen; else after the last word; else between two characters. */
function cutOf(text: string): number {
  if (text.length <= PIECE_LENGTH) return text.length;
  const line = text.lastIndexOf('\n') + 1;
  if (line > 0) return line;
  const word = text.lastIndexOf(' ', PIECE_LENGTH - 1) + 1;
  return beforeCharacter(text, word > 0 ? word : PIECE_LENGTH);
}

/** @returns where the character begins that the cut would go through; the cut, if it goes through none */
function beforeCharacter(text: string, cut: number): number {
  const begin = CHARACTERS.segment(text).containing(cut)?.index ?? cut;
  if (begin > 0) return begin;
  // A letter with thousands of accents is cut like any other run.
  return /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(cut - 1)) ? cut - 1 : cut;
}

function hitsWithin(hits: HitRanges, from: number, to: number): HitRanges {
  return hits
    .filter(([start, end]) => start < to && end > from)
    .map(([start, end]) => [Math.max(start, from) - from, Math.min(end, to) - from]);
}
