import type { Readable } from 'node:stream';
import type { Clock } from '../../ports.ts';

/** Holds the reading side of a connection while receivers are busy. */
export class ReadHold {
  readonly #socket: Readable;
  readonly #clock: Clock;
  readonly #excuse: (ms: number) => void;
  readonly #fail: (error: unknown) => void;
  #holds = 0;
  #since = 0;

  /**
   * @param excuse told how long the server was kept waiting: no deadline may run meanwhile
   * @param fail   a receiver can take no more
   */
  constructor(socket: Readable, clock: Clock, excuse: (ms: number) => void, fail: (error: unknown) => void) {
    this.#socket = socket;
    this.#clock = clock;
    this.#excuse = excuse;
    this.#fail = fail;
  }

  get isHeld(): boolean {
    return this.#holds > 0;
  }

  until(relief: Promise<void>): void {
    if (this.#holds++ === 0) {
      this.#since = this.#clock.now();
      this.#socket.pause();
    }
    relief.then(() => this.#letGo(), this.#fail);
  }

  #letGo(): void {
    if (--this.#holds > 0 || this.#socket.destroyed) return;
    this.#excuse(this.#clock.now() - this.#since);
    this.#socket.resume();
  }
}
