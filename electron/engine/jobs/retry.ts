/** Bounded back-off for a lane that was lost. The clock is an argument; the transfer loop itself never counts tries. */
import { isEngineError, type EngineError } from '../errors.ts';
import type { Clock } from '../ports.ts';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

export interface RetryPolicy {
  /** Failures in a row, with no message moved in between, before the job gives up. */
  maxTries: number;
  /** How long what a run had sent that was cut off may still be on its way to the server, milliseconds. */
  lateMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { maxTries: 8, lateMs: 10_000 };

/** Errors after which the same work may be tried again on a new connection. */
export function isRetryable(error: unknown): error is EngineError {
  return (
    isEngineError(error) && error.scope === 'account' && (error.retry === 'now' || error.code === 'server-throttled')
  );
}

export class Backoff {
  #tries = 0;
  readonly #clock: Clock;
  readonly #policy: RetryPolicy;
  readonly #onWait: (reason: string, ms: number) => void;

  constructor(clock: Clock, policy: RetryPolicy, onWait: (reason: string, ms: number) => void) {
    this.#clock = clock;
    this.#policy = policy;
    this.#onWait = onWait;
  }

  /** Something went well: the next failure starts from the shortest wait again. */
  progress(): void {
    this.#tries = 0;
  }

  /**
   * Wait before the next try, as long as the server asked for or twice as long as the time before.
   * @throws the error itself when the policy's tries are used up or the error is not worth another
   */
  async wait(error: unknown, signal?: AbortSignal): Promise<void> {
    if (!isRetryable(error) || this.#tries >= this.#policy.maxTries) throw error;
    const asked = Number(error.details?.['backoffMs'] ?? 0);
    const doubled = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
    this.#tries++;
    const ms = Math.max(asked, doubled);
    this.#onWait(error.message, ms);
    await this.#clock.sleep(ms, signal);
  }
}
