import { protocolError } from './line-errors.ts';

/** Sets of UIDs as IMAP writes them: `1:500,502` (RFC 9051 §9, sequence-set). */

/** More messages than this in one mailbox are not believed. */
const MOST_UIDS = 10_000_000;
/** A server may list what came meanwhile, and name a message more than once. */
const MORE_UIDS = 100_000;

/** How many UIDs are believed of a mailbox that is said to hold so many messages. */
export function mostUids(messages: number): number {
  return Math.min(MOST_UIDS, 2 * messages + MORE_UIDS);
}

/** A growing column of UIDs: a mailbox may hold millions. */
export class UidList {
  #values = new Uint32Array(1024);
  #length = 0;
  readonly #most: number;

  constructor(most = MOST_UIDS) {
    this.#most = most;
  }

  /** @throws EngineError 'protocol-error' for more than it may hold */
  push(uid: number): void {
    if (this.#length === this.#most) throw protocolError('more messages than the mailbox can hold');
    if (this.#length === this.#values.length) {
      const grown = new Uint32Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = uid;
  }

  get length(): number {
    return this.#length;
  }

  /** Ascending, without duplicates. Servers need not sort. */
  toSorted(): Uint32Array {
    const sorted = this.#values.slice(0, this.#length).sort();
    let kept = 0;
    for (let i = 0; i < sorted.length; i++) {
      const uid = sorted[i] as number;
      if (kept === 0 || sorted[kept - 1] !== uid) sorted[kept++] = uid;
    }
    return sorted.slice(0, kept);
  }
}

/**
 * Add the numbers of a `SEARCH` line's rest, such as `4 8 15 (MODSEQ 12)`.
 * @throws EngineError 'protocol-error'
 */
export function addNumbers(list: UidList, text: string): void {
  let value = -1;
  for (let i = 0; i <= text.length; i++) {
    const c = i < text.length ? text.charCodeAt(i) : 32;
    if (c >= 48 && c <= 57) value = (value < 0 ? 0 : value) * 10 + c - 48;
    else if (c === 32) {
      if (value >= 0) list.push(checkUid(value));
      value = -1;
    } else if (c === 40 && value < 0) return;
    else throw protocolError('a search result that is no list of numbers');
  }
}

/**
 * Every member of a set as the server wrote it.
 *
 * @param most more members than this are not believed: `1:4294967295` would fill the memory
 * @returns in the order written, or null for what is no set of at most `most` numbers
 */
export function expandSet(set: string, most: number): number[] | null {
  const members: number[] = [];
  for (const part of set.split(',')) {
    const match = /^([1-9]\d{0,9})(?::([1-9]\d{0,9}))?$/.exec(part);
    if (!match) return null;
    const a = Number(match[1]);
    const b = match[2] === undefined ? a : Number(match[2]);
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    if (high > 0xffffffff || members.length + (high - low) + 1 > most) return null;
    for (let uid = low; uid <= high; uid++) members.push(uid);
  }
  return members;
}

/** Most octets of a set in one command: servers take lines of at least 8,000 (RFC 7162 §4). */
const SET_BYTES = 4000;

/**
 * The longest set that begins at uids[from], with at most `count` members.
 *
 * @param uids ascending
 * @returns the set and the index after its last member
 */
export function compactSet(uids: ArrayLike<number>, from: number, count: number): { set: string; next: number } {
  const end = Math.min(uids.length, from + count);
  let set = '';
  let at = from;
  while (at < end && set.length < SET_BYTES) {
    const first = uids[at] as number;
    let last = first;
    while (at + 1 < end && uids[at + 1] === last + 1) {
      last++;
      at++;
    }
    set += `${set === '' ? '' : ','}${first}${last > first ? `:${last}` : ''}`;
    at++;
  }
  return { set, next: at };
}

function checkUid(value: number): number {
  if (value < 1 || value > 0xffffffff) throw protocolError('a UID that is none');
  return value;
}
