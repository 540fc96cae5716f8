/** Positions of all messages in each order that a list can have. Made when first asked for, and kept. */
import type { MessageSort } from '../../../shared/browse.ts';
import type { Columns } from './columns.ts';
import type { IndexDb } from './index-db.ts';

export type ListOrder = Exclude<MessageSort, 'relevance'>;

const EVERY_ORDER: ListOrder[] = ['newest', 'oldest', 'largest', 'from', 'subject'];

/** Their product is within the whole numbers that a double holds. */
const PACKED_POSITIONS = 2 ** 20;
const PACKED_KEYS = 2 ** 33;

export class ListOrders {
  readonly #columns: Columns;
  readonly #index: IndexDb;
  readonly #made = new Map<ListOrder, Uint32Array>();

  constructor(columns: Columns, index: IndexDb) {
    this.#columns = columns;
    this.#index = index;
  }

  get(order: ListOrder): Uint32Array {
    let found = this.#made.get(order);
    if (!found) {
      found = this.#make(order);
      this.#made.set(order, found);
    }
    return found;
  }

  /** Make one that is not there yet, so that a first look at it is fast. @returns false when all are there */
  prepareNext(): boolean {
    const next = EVERY_ORDER.find((order) => !this.#made.has(order));
    if (next) this.get(next);
    return next !== undefined;
  }

  /** The names and subjects of more messages are known. */
  forgetTexts(): void {
    this.#made.delete('from');
    this.#made.delete('subject');
  }

  #make(order: ListOrder): Uint32Array {
    switch (order) {
      case 'newest':
        return this.#byNumber(this.#columns.dates, -1);
      case 'oldest':
        return this.#byNumber(this.#columns.dates, 1);
      case 'largest':
        return this.#byNumber(this.#columns.sizes, -1);
      case 'from':
        return this.#byText('sender');
      case 'subject':
        return this.#byText('subject');
    }
  }

  /** Ties in the order of the archive: a list must not jump about. */
  #byNumber(keys: Float64Array, sign: 1 | -1): Uint32Array {
    const { size } = this.#columns;
    const wide = keys.some((key) => Math.abs(key) >= PACKED_KEYS);
    if (wide || size >= PACKED_POSITIONS) {
      return Uint32Array.from({ length: size }, (_, i) => i).sort((a, b) => sign * (keys[a]! - keys[b]!) || a - b);
    }
    // Key and position in one number: sorted without a function to call, ten times as fast.
    const packed = new Float64Array(size);
    for (let i = 0; i < size; i++) packed[i] = sign * keys[i]! * PACKED_POSITIONS + i;
    packed.sort();
    const order = new Uint32Array(size);
    for (let i = 0; i < size; i++) {
      const value = packed[i]!;
      order[i] = value - Math.floor(value / PACKED_POSITIONS) * PACKED_POSITIONS;
    }
    return order;
  }

  /** Along the index. Messages whose header is not indexed yet follow, by what the catalog says of them. */
  #byText(column: 'sender' | 'subject'): Uint32Array {
    const known = `FROM (SELECT id FROM sortKey ORDER BY ${column}, age, id)`;
    const rest = `FROM (SELECT id FROM entry
      WHERE id NOT IN (SELECT id FROM sortKey) ORDER BY ${column} COLLATE NOCASE, id)`;
    const positions = new Uint32Array(this.#columns.size);
    let at = 0;
    for (const ids of [known, rest]) {
      this.#index.each(['id'], ids, [], (id) => {
        const position = this.#columns.position(id);
        if (position >= 0) positions[at++] = position;
      });
    }
    return positions.subarray(0, at);
  }
}

const KEY_LENGTH = 40;

/** `Re: AW: Invoice` stands beside `Invoice`. @param folded see search-words.ts */
export function subjectKey(folded: string): string {
  const bare = folded.replace(/^((re|aw|fwd?|wg|sv|antw|tr|rv)(\[\d+\])?\s*:\s*|[^\p{L}\p{N}]+)+/u, '');
  return bare.slice(0, KEY_LENGTH);
}

export function senderKey(folded: string): string {
  return folded.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, KEY_LENGTH);
}
