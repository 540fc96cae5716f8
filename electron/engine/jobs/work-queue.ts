/** Who does what next: mailboxes in order, the large ones cut into units that all lanes share. */
import type { PairWork, Unit } from './pair-work.ts';

/** List a mailbox, record what changed without moving it, and say what has to be moved. */
export type OpenWork = (work: PairWork) => Promise<Unit[]>;

export class WorkQueue {
  readonly #unopened: PairWork[];
  readonly #ready: Unit[] = [];
  #opening = 0;
  #wake: { promise: Promise<void>; resolve: () => void } | null = null;

  constructor(works: PairWork[]) {
    this.#unopened = [...works];
  }

  /** The next unit, opening the next mailbox when none is ready. null: nothing left to begin. */
  async next(open: OpenWork, signal: AbortSignal): Promise<Unit | null> {
    for (;;) {
      signal.throwIfAborted();
      const unit = this.#ready.shift();
      if (unit) {
        if (unit.work.isDropped) continue;
        return unit;
      }
      const work = this.#unopened.shift();
      if (work) await this.#open(work, open);
      else if (this.#opening > 0) await this.#changed();
      else return null;
    }
  }

  /** Work that broke off goes first, so that an interrupted mailbox is finished before another is begun. */
  putBack(units: Unit[]): void {
    this.#ready.unshift(...units);
    this.#notify();
  }

  async #open(work: PairWork, open: OpenWork): Promise<void> {
    this.#opening++;
    try {
      const units = await open(work);
      this.#ready.push(...units);
    } catch (error) {
      this.#unopened.unshift(work);
      throw error;
    } finally {
      this.#opening--;
      this.#notify();
    }
  }

  #changed(): Promise<void> {
    if (!this.#wake) {
      let resolve = (): void => undefined;
      const promise = new Promise<void>((done) => (resolve = done));
      this.#wake = { promise, resolve };
    }
    return this.#wake.promise;
  }

  #notify(): void {
    this.#wake?.resolve();
    this.#wake = null;
  }
}
