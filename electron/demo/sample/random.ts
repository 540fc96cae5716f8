/** Seeded chance: the same seed gives the same mailbox on every machine (mulberry32, 32-bit integers only). */
export class Random {
  #state: number;
  #bags = new Map<unknown, unknown[]>();

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 <= n < 2^32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** Both ends included. */
  integer(from: number, to: number): number {
    return from + Math.floor((this.next() / 0x1_0000_0000) * (to - from + 1));
  }

  chance(fraction: number): boolean {
    return this.next() / 0x1_0000_0000 < fraction;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.integer(0, items.length - 1)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    const order: T[] = [];
    while (rest.length > 0) order.push(...rest.splice(this.integer(0, rest.length - 1), 1));
    return order;
  }

  /** Like pick, but every item is used once before one comes again. The array is the key: pass the same one. */
  draw<T>(items: readonly T[]): T {
    let bag = this.#bags.get(items) as T[] | undefined;
    if (!bag || bag.length === 0) {
      bag = this.shuffled(items);
      this.#bags.set(items, bag);
    }
    const item = bag.pop();
    if (item === undefined) throw new Error('Nothing to draw from.');
    return item;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.next().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }
}
