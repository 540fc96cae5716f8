/** A text with its hits marked. */
import type { HitRanges } from '../../shared/browse.ts';
import { cutAtHits } from '../lib/hits.ts';

export function HitText({ text, hits }: { text: string; hits: HitRanges }) {
  return cutAtHits(text, hits).map((piece, index) =>
    piece.isHit ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
  );
}
