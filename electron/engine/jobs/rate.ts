/** Rates over a sliding window: what a progress display may honestly say. */

const WINDOW_MS = 10_000;
const MIN_STEP_MS = 200;

export class SlidingRate {
  #samples: { atMs: number; messages: number; bytes: number }[] = [];

  /** @param messages,bytes totals so far, not differences */
  add(atMs: number, messages: number, bytes: number): void {
    const last = this.#samples.at(-1);
    if (last && atMs - last.atMs < MIN_STEP_MS) return;
    this.#samples.push({ atMs, messages, bytes });
    while (this.#samples.length > 2 && atMs - this.#samples[1]!.atMs > WINDOW_MS) this.#samples.shift();
  }

  perSecond(): { messages: number; bytes: number } {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs === first.atMs) return { messages: 0, bytes: 0 };
    const seconds = (last.atMs - first.atMs) / 1000;
    return {
      messages: Math.max(0, last.messages - first.messages) / seconds,
      bytes: Math.max(0, last.bytes - first.bytes) / seconds,
    };
  }
}

/**
 * Time to go from what is left. Octets tell more than messages where their number is known; small messages cost
 * time of their own, so the larger estimate counts.
 */
export function estimateMs(
  left: { messages: number; bytes: number | null },
  rate: { messages: number; bytes: number },
): number | null {
  if (left.messages <= 0) return 0;
  const byMessages = rate.messages > 0 ? left.messages / rate.messages : null;
  const byBytes = left.bytes !== null && rate.bytes > 0 ? left.bytes / rate.bytes : null;
  if (byBytes !== null) return byBytes * 1000;
  return byMessages === null ? null : byMessages * 1000;
}
