import type { Clock } from '../../electron/engine/ports.ts';

const TICK_MS = 4;
/** A pause of the whole process that is longer than this does not count: whoever was kept waiting by it, waited for us. */
const MOST_PER_TICK_MS = 3 * TICK_MS;

interface Sleeper {
  dueMs: number;
  wake: () => void;
}

/**
 * A clock that runs many times as fast as the one on the wall: deadlines of minutes pass in a second. It stands still
 * while the process does not get to run, so that a busy machine makes no deadline pass.
 */
export class FastClock implements Clock {
  readonly factor: number;
  /** Somebody set the wall clock: so much it is off. */
  wallOffsetMs = 0;
  readonly #sleepers = new Set<Sleeper>();
  #nowMs = 0;
  #seenMs = performance.now();
  #timer: NodeJS.Timeout | null = null;

  constructor(factor: number) {
    this.factor = factor;
  }

  now(): number {
    const real = performance.now();
    this.#nowMs += Math.min(real - this.#seenMs, MOST_PER_TICK_MS) * this.factor;
    this.#seenMs = real;
    return this.#nowMs;
  }

  date(): Date {
    return new Date(Date.now() + this.wallOffsetMs);
  }

  /** The machine slept: every deadline is past at once. */
  jump(ms: number): void {
    this.#nowMs = this.now() + ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const sleeper: Sleeper = { dueMs: this.now() + ms, wake: () => undefined };
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason as Error);
      };
      sleeper.wake = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.add(sleeper);
      this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
    });
  }

  #tick(): void {
    const now = this.now();
    for (const sleeper of this.#sleepers) {
      if (sleeper.dueMs > now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
    if (this.#sleepers.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}
