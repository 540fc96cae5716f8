/** Rates over a sliding window: what a progress display may honestly say. */

const WINDOW_MS = 10_000;
const MIN_STEP_MS = 200;
/** Nothing for so many times the longest step is silence, not the middle of a step. */
const STEPS_OF_SILENCE = 2;
const LEAST_SILENCE_MS = 1000;
/** So much is enough to go by without the beginning. */
const UNDER_WAY_MS = 500;
/**
 * Octets that a message costs beside its own: its row of FETCH or its command of APPEND. Without them the end of a job of
 * few large and then many small messages is told too early.
 */
const MESSAGE_BYTES = 256;

interface Sample {
  atMs: number;
  messages: number;
  bytes: number;
}

export interface Rate {
  messages: number;
  bytes: number;
}

export class SlidingRate {
  /** The first, and each at which something had come. */
  #samples: Sample[] = [];
  #isUnderWay = false;

  /** @param messages,bytes totals so far, not differences */
  add(atMs: number, messages: number, bytes: number): void {
    const last = this.#samples.at(-1);
    if (last?.messages === messages && last.bytes === bytes) return;
    const before = this.#samples.at(-2);
    // The end of a step is when it ended, not when there was time to look.
    if (before && atMs - before.atMs < MIN_STEP_MS) this.#samples.pop();
    this.#samples.push({ atMs, messages, bytes });
    this.#forgetBeginning();
    while (this.#samples.length > 2 && atMs - this.#samples[1]!.atMs > WINDOW_MS) this.#samples.shift();
  }

  perSecond(nowMs: number): Rate {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    const endMs = this.#isSilent(nowMs) ? nowMs : (last?.atMs ?? 0);
    if (!first || !last || endMs <= first.atMs) return { messages: 0, bytes: 0 };
    const seconds = (endMs - first.atMs) / 1000;
    return {
      messages: Math.max(0, last.messages - first.messages) / seconds,
      bytes: Math.max(0, last.bytes - first.bytes) / seconds,
    };
  }

  /** Time to go; null while it cannot be known. @param left bytes null: only the number of messages is known */
  leftMs(nowMs: number, left: { messages: number; bytes: number | null }): number | null {
    if (left.messages <= 0) return 0;
    const rate = this.perSecond(nowMs);
    const [work, perSecond] =
      left.bytes === null || rate.bytes === 0
        ? [left.messages, rate.messages]
        : [left.bytes + left.messages * MESSAGE_BYTES, rate.bytes + rate.messages * MESSAGE_BYTES];
    if (perSecond === 0) return null;
    // Since the last step some of the next one has been done.
    const sinceMs = this.#isSilent(nowMs) ? 0 : nowMs - this.#samples.at(-1)!.atMs;
    return Math.max(0, (work / perSecond) * 1000 - sinceMs);
  }

  /** Before the first octet comes a mailbox is listed; before the first answer a line is filled. That is not the rate. */
  #forgetBeginning(): void {
    const first = this.#samples[1];
    if (this.#isUnderWay || !first || this.#samples.at(-1)!.atMs - first.atMs < UNDER_WAY_MS) return;
    this.#samples.shift();
    this.#isUnderWay = true;
  }

  #isSilent(nowMs: number): boolean {
    const last = this.#samples.at(-1);
    if (!last) return false;
    const steps = this.#samples.slice(1).map(({ atMs }, i) => atMs - this.#samples[i]!.atMs);
    return nowMs - last.atMs > Math.max(LEAST_SILENCE_MS, STEPS_OF_SILENCE * Math.max(0, ...steps));
  }
}
