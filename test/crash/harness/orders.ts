/** Forces the order in which things end that are under way at once: files synced by other threads, and lanes. */
import fs from 'node:fs';
import { seeded } from '../../bench/random.ts';

export interface Order {
  name: string;
  /** Which of so many goes on next. Made anew for each run, so that the same run has the same order. */
  make(): (waiting: number) => number;
}

const byLot = (seed: number): Order => ({
  name: `order by lot ${seed}`,
  make: () => {
    const random = seeded(seed);
    return (waiting) => Math.floor(random() * waiting);
  },
});

export const ORDERS: Order[] = [{ name: 'the last first', make: () => (waiting) => waiting - 1 }, byLot(1), byLot(2)];

type Act = (done: () => void) => void;

/** One at a time, and only once nothing else can come to wait. */
export class Queue {
  /** So many waited at once, at most. */
  most = 0;
  readonly #pick: (waiting: number) => number;
  readonly #waiting: Act[] = [];
  #isBusy = false;

  constructor(order: Order) {
    this.#pick = order.make();
  }

  add(act: Act): void {
    this.#waiting.push(act);
    this.most = Math.max(this.most, this.#waiting.length);
    this.#goOn();
  }

  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.add((done) => {
        resolve();
        done();
      });
    });
  }

  #goOn(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    this.#isBusy = true;
    setImmediate(() => {
      const [act] = this.#waiting.splice(this.#pick(this.#waiting.length), 1);
      act!(() => {
        this.#isBusy = false;
        this.#goOn();
      });
    });
  }
}

/** Run with files synced in the order of this queue. */
export async function inOrder(queue: Queue, run: () => Promise<void>): Promise<void> {
  const real = fs.fdatasync;
  const held = (fd: number, tell: fs.NoParamCallback): void => {
    queue.add((done) => {
      real(fd, (error) => {
        tell(error);
        done();
      });
    });
  };
  fs.fdatasync = Object.assign(held, real);
  try {
    await run();
  } finally {
    fs.fdatasync = real;
  }
}
