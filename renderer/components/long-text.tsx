/** A text of any length with its hits marked. Of a long one only what is in sight is laid out. */
import type { HitRanges } from '../../shared/browse.ts';
import { cutLongText } from '../lib/long-text.ts';
import { HitText } from './hit-text.tsx';

const NO_HITS: HitRanges = [];

export function LongText({ text, hits = NO_HITS }: { text: string; hits?: HitRanges }) {
  const pieces = cutLongText(text, hits);
  if (pieces.length === 1) return <HitText text={text} hits={hits} />;
  return pieces.map((piece, index) => (
    <span key={index} className="text-piece">
      <HitText text={piece.text} hits={piece.hits} />
    </span>
  ));
}
