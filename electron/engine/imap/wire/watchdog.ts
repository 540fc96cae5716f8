import type { Clock } from '../../ports.ts';

/** How long a server may take. Time in which we ourselves hold the reader back does not count. */
export interface Deadlines {
  /** Nothing at all comes, and nothing we send is taken. */
  inactivityMs: number;
  /** Inside a response: fewer octets than this in each second, averaged over windowMs, is a stall (a drip). */
  minBytesPerSecond: number;
  windowMs: number;
  /** One message may take messageMs and, for its size, as long as messageBytesPerSecond needs. */
  messageMs: number;
  messageBytesPerSecond: number;
  /** A command may go on for this long without a message or an answer, however much else the server says. */
  commandMs: number;
  /** How often the deadlines are looked at. */
  tickMs: number;
}

export const DEFAULT_DEADLINES: Deadlines = {
  inactivityMs: 120_000,
  minBytesPerSecond: 32,
  windowMs: 60_000,
  messageMs: 600_000,
  messageBytesPerSecond: 1024,
  commandMs: 1_800_000,
  tickMs: 1000,
};

/** Call `look` again and again until the signal. Never rejects. */
export async function every(tickMs: number, clock: Clock, signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(tickMs, signal);
    } catch {
      return;
    }
    look();
  }
}

/** Tells when a server has stalled. Knows no timer and no socket: it is told what happens and when. */
export class Watchdog {
  readonly #limits: Deadlines;
  #octetAt = 0;
  #progressAt = 0;
  #windowAt = 0;
  #windowBytes = 0;
  #windowInside = false;
  #messageAt = -1;
  #messageMs = 0;

  constructor(limits: Deadlines) {
    this.#limits = limits;
  }

  /** The first command is in flight: everything counts from now. */
  start(now: number): void {
    this.#octetAt = this.#progressAt = this.#windowAt = now;
    this.#windowBytes = 0;
    this.#windowInside = false;
    this.#messageAt = -1;
  }

  /** What is told of these octets happened when they came: the clock is not asked for each message in them. */
  received(now: number, octets: number): void {
    this.#octetAt = now;
    this.#windowBytes += octets;
  }

  /** The server took octets that we sent. */
  taken(now: number): void {
    this.#octetAt = this.#progressAt = now;
  }

  /** A wanted message or an answer came, or a part of one that has its own deadline. */
  progress(): void {
    this.#progressAt = this.#octetAt;
  }

  messageBegan(sizeBytes: number): void {
    this.#messageAt = this.#progressAt = this.#octetAt;
    this.#messageMs = this.#limits.messageMs + (sizeBytes / this.#limits.messageBytesPerSecond) * 1000;
  }

  messageEnded(): void {
    this.#messageAt = -1;
    this.#progressAt = this.#octetAt;
  }

  /** We held the reader back for this long: no deadline may run meanwhile. */
  excuse(ms: number): void {
    this.#octetAt += ms;
    this.#progressAt += ms;
    this.#windowAt += ms;
    if (this.#messageAt >= 0) this.#messageAt += ms;
  }

  /**
   * @param insideResponse a response has begun and not ended
   * @returns what the server did, as the middle of a sentence, or null while all is well
   */
  overdue(now: number, insideResponse: boolean): string | null {
    const { inactivityMs, windowMs, minBytesPerSecond, commandMs } = this.#limits;
    if (now - this.#octetAt > inactivityMs) return `sent nothing for ${seconds(inactivityMs)} seconds`;
    if (this.#messageAt >= 0) {
      if (now - this.#messageAt > this.#messageMs)
        return `did not finish one message within ${seconds(this.#messageMs)} seconds`;
    } else if (now - this.#progressAt > commandMs) return `did not answer within ${seconds(commandMs)} seconds`;
    if (now - this.#windowAt < windowMs) return null;
    const dripped = this.#windowInside && this.#windowBytes < (minBytesPerSecond * windowMs) / 1000;
    this.#windowAt = now;
    this.#windowBytes = 0;
    this.#windowInside = insideResponse;
    return dripped && insideResponse ? `sent fewer than ${minBytesPerSecond} bytes a second` : null;
  }
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
