/** A tick box of 16 px, drawn: thousands of rows come and go while scrolling. */
import type { Tick } from './ticks.ts';

export const ARIA_CHECKED = { all: true, some: 'mixed', none: false } as const satisfies Record<
  Tick,
  boolean | 'mixed'
>;

export function TickBox({ tick }: { tick: Tick }) {
  return (
    <span className={`account-tick ${tick}`} aria-hidden="true">
      {tick !== 'none' && (
        <svg viewBox="0 0 12 12" width="12" height="12">
          <path d={tick === 'all' ? 'M2.5 6.3l2.5 2.5 4.7-5.3' : 'M3 6h6'} />
        </svg>
      )}
    </span>
  );
}
