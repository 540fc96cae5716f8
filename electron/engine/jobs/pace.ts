/** A speed limit over all lanes of a job: octets are counted as they pass, and the readers wait when they are ahead. */
import type { Clock } from '../ports.ts';

/** Unused time is not saved up beyond this, so that a pause is not followed by a burst. */
const MAX_SAVED_MS = 500;

export class Pace {
  readonly #bytesPerSecond: number;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  /** When everything counted so far is paid for. */
  #paidUntilMs: number;

  constructor(bytesPerSecond: number, clock: Clock, signal: AbortSignal) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#clock = clock;
    this.#signal = signal;
    this.#paidUntilMs = clock.now();
  }

  count(bytes: number): void {
    const now = this.#clock.now();
    this.#paidUntilMs = Math.max(this.#paidUntilMs, now - MAX_SAVED_MS) + (bytes * 1000) / this.#bytesPerSecond;
  }

  /** null: within the limit. */
  wait(): Promise<void> | null {
    const ms = this.#paidUntilMs - this.#clock.now();
    return ms > 1 ? this.#clock.sleep(ms, this.#signal) : null;
  }
}
