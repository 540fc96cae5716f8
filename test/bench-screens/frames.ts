/** Frames of a page while something is done to it: the times between them, and what the page itself did in each. */
import type { Browser, Page } from 'playwright-core';
import { percentile } from './figures.ts';

export interface Frames {
  count: number;
  /** Between two frames, by the clock: other programs that want the processor are in it. */
  longestMs: number;
  p99Ms: number;
  /** Processor time of the page's main thread in its most laborious frame: whatever else the machine does. */
  cpuMs: number;
}

/** Of Chromium's trace format; times in microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  tdur?: number;
}

const TASK = 'ThreadControllerImpl::RunTask';
const FRAME = 'FireAnimationFrame';

/** @param act what is done meanwhile; what the page does of it in the moment after counts too */
export async function framesDuring(browser: Browser, page: Page, act: () => Promise<void>): Promise<Frames> {
  await browser.startTracing(page, { categories: ['-*', 'toplevel', 'devtools.timeline'] });
  await page.evaluate(() => {
    const next = () => {
      if (document.documentElement.dataset['bench'] !== 'over') requestAnimationFrame(next);
    };
    document.documentElement.dataset['bench'] = '';
    requestAnimationFrame(next);
  });
  await act();
  await page.waitForTimeout(100);
  await page.evaluate(() => void (document.documentElement.dataset['bench'] = 'over'));
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return framesOf(traceEvents);
}

/** @param events of all processes: the page is the one that draws frames */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const callbacks = events.filter(({ name, ph }) => name === FRAME && ph === 'X');
  const { pid, tid } = callbacks.at(-1) ?? { pid: 0, tid: 0 };
  const mine = (event: TraceEvent) => event.pid === pid && event.tid === tid;
  // Several callbacks of one frame begin within a moment of each other.
  const starts = callbacks
    .filter(mine)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b)
    .filter((ts, i, all) => i === 0 || ts - all[i - 1]! > 2000);
  const gaps = starts.slice(1).map((ts, i) => (ts - starts[i]!) / 1000);
  const work = new Array<number>(starts.length).fill(0);
  for (const event of events) {
    if (event.name !== TASK || event.ph !== 'X' || !mine(event)) continue;
    // A task that holds a frame's callback began before it: it belongs to that frame by its end.
    const at = frameOf(starts, event.ts + (event.tdur ?? 0));
    if (at >= 0) work[at]! += (event.tdur ?? 0) / 1000;
  }
  return {
    count: gaps.length,
    longestMs: Math.max(0, ...gaps),
    p99Ms: percentile(gaps, 0.99),
    cpuMs: Math.max(0, ...work),
  };
}

/** @returns the last frame that began before `ts`; -1: none did */
function frameOf(starts: readonly number[], ts: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= ts) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
