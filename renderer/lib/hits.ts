/** A text cut at its hits. Pure. */
import type { HitRanges } from '../../shared/browse.ts';

export interface TextPiece {
  text: string;
  isHit: boolean;
}

/** Ranges that overlap or lie outside the text do no harm. */
export function cutAtHits(text: string, hits: HitRanges): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const [from, to] of [...hits].sort((a, b) => a[0] - b[0])) {
    const start = Math.max(from, at);
    const end = Math.min(to, text.length);
    if (end <= start) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), isHit: false });
    pieces.push({ text: text.slice(start, end), isHit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isHit: false });
  return pieces;
}
