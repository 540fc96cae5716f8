import { NO_FLAGS } from '../flags.ts';
import type { MessageHead, MessageReceiver } from '../source.ts';
import type { RowHandler } from './wire/command-options.ts';
import type { FetchRow } from './wire/fetch-row.ts';
import { parseInternalDate } from './wire/internal-date.ts';

/** What became of a UID asked for, 0 at first. Everything but ENDED still needs something. */
export const ENDED = 1;
/** The body came as NIL. */
export const WAS_NIL = 2;
/** A large body came before its UID, flags or date, and was passed over: it is asked for by itself. */
export const CAME_EARLY = 3;

/** Its octets are not as many as the server says, or its row has something odd in it: it is asked for once more. */
export const DOUBTED = 4;

/** Shared by all calls of a lane: how often a second look may still show that the server only estimates RFC822.SIZE. */
export interface SizeDoubts {
  left: number;
}

/** A body that comes before its attributes is held up to this size. */
const HOLD_BYTES = 4 * 1024 * 1024;

type Mode = 'pass' | 'stream' | 'hold' | 'late';

/** Turns FETCH rows into begin, chunk and end on the receiver: each UID asked for at most once, others never. */
export class FetchRows implements RowHandler {
  readonly states: Uint8Array;
  /** Set while one message is asked for by itself: its row may lack everything but the body. */
  alone: MessageHead | null = null;
  readonly #uids: Uint32Array;
  readonly #receiver: MessageReceiver;
  readonly #mayDeliver: () => boolean;
  #cursor = 0;
  #mode: Mode = 'pass';
  #index = -1;
  #held: Buffer[] = [];
  #streamedBytes = 0;
  readonly #doubts: SizeDoubts;

  /** @param mayDeliver false while the mailbox open is not (known to be) the one meant */
  constructor(uids: Uint32Array, receiver: MessageReceiver, mayDeliver: () => boolean, doubts: SizeDoubts) {
    this.#doubts = doubts;
    this.#uids = uids;
    this.states = new Uint8Array(uids.length);
    this.#receiver = receiver;
    this.#mayDeliver = mayDeliver;
  }

  claims(uid: number): boolean {
    return this.#uids[this.#cursor] === uid || indexOfUid(this.#uids, uid) >= 0;
  }

  isOpen(index: number): boolean {
    return this.states[index] !== ENDED;
  }

  bodyBegin(row: FetchRow, sizeBytes: number): void {
    this.#mode = 'pass';
    if (!this.#mayDeliver()) return;
    const head = this.#headOf(row, sizeBytes, false);
    const uid = head?.uid ?? row.uid;
    if (uid > 0) {
      this.#index = this.#find(uid);
      if (this.#index < 0 || !this.isOpen(this.#index) || this.#isDoubtful(row, this.#index, sizeBytes)) return;
    }
    this.#streamedBytes = sizeBytes;
    if (head) {
      this.#mode = 'stream';
      this.#receiver.begin(head);
    } else this.#mode = sizeBytes <= HOLD_BYTES ? 'hold' : 'late';
  }

  bodyChunk(view: Buffer): void {
    if (this.#mode === 'stream') this.#receiver.chunk(view);
    else if (this.#mode === 'hold') this.#held.push(Buffer.from(view));
  }

  bodyEnd(): void {
    // The message ends with its row: only then is it certain that the row is about this UID.
  }

  rowEnd(row: FetchRow): boolean {
    const mode = this.#mode;
    const held = this.#held;
    this.#mode = 'pass';
    this.#held = [];
    if (mode === 'stream') return this.#endStreamed(row);
    if (row.body === 'none' || !this.#mayDeliver()) return false;
    const uid = row.uid === 0 && this.alone ? this.alone.uid : row.uid;
    const index = uid > 0 ? this.#find(uid) : -1;
    if (index < 0) return false;
    if (!this.isOpen(index)) return true;
    if (mode === 'hold') this.#deliver(row, index, held);
    else if (row.body === 'quoted') this.#deliver(row, index, [row.quotedBody ?? Buffer.alloc(0)]);
    else if (row.body === 'nil') this.states[index] = WAS_NIL;
    else if (mode === 'late') this.states[index] = CAME_EARLY;
    return true;
  }

  pressure(): Promise<void> | null {
    return this.#receiver.pressure();
  }

  broken(): void {
    if (this.#mode === 'stream') this.#receiver.abort();
    this.#mode = 'pass';
    this.#held = [];
  }

  #endStreamed(row: FetchRow): boolean {
    const isMeant = row.uid === this.#uids[this.#index] || (row.uid === 0 && this.alone !== null);
    if (isMeant && !this.#isOdd(row, this.#index, this.#streamedBytes)) {
      this.states[this.#index] = ENDED;
      this.#receiver.end();
    } else this.#receiver.abort();
    return isMeant;
  }

  /** A body cut short, or one that swallowed what follows, must not pass for the message. Seen for the first time only. */
  #isDoubtful(row: FetchRow, index: number, sizeBytes: number): boolean {
    if (row.sizeBytes < 0 || row.sizeBytes === sizeBytes) return false;
    if (this.states[index] === DOUBTED) {
      if (this.#doubts.left > 0) this.#doubts.left--;
      return false;
    }
    if (this.#doubts.left > 0) this.states[index] = DOUBTED;
    return this.#doubts.left > 0;
  }

  /** Asked for again, an odd row counts when at least its size is right. */
  #isOdd(row: FetchRow, index: number, sizeBytes: number): boolean {
    const wasDoubted = this.states[index] === DOUBTED;
    if (!row.hasUnknown || (wasDoubted && (row.sizeBytes < 0 || row.sizeBytes === sizeBytes))) return false;
    this.states[index] = DOUBTED;
    return true;
  }

  #deliver(row: FetchRow, index: number, parts: Buffer[]): void {
    const sizeBytes = parts.reduce((sum, part) => sum + part.length, 0);
    const head = this.#headOf(row, sizeBytes, true);
    if (!head || this.#isDoubtful(row, index, sizeBytes) || this.#isOdd(row, index, sizeBytes)) return;
    this.states[index] = ENDED;
    this.#receiver.begin(head);
    for (const part of parts) if (part.length > 0) this.#receiver.chunk(part);
    this.#receiver.end();
  }

  /** @param whole the row is complete: what it lacks, the server did not give */
  #headOf(row: FetchRow, sizeBytes: number, whole: boolean): MessageHead | null {
    if (this.alone && (row.uid === 0 || row.uid === this.alone.uid)) return { ...this.alone, sizeBytes };
    if (row.uid === 0) return null;
    if (!whole && (row.flags === null || row.internalDate === undefined)) return null;
    const served = row.internalDate ?? null;
    const internalDate = served === null ? null : parseInternalDate(served);
    return { uid: row.uid, flags: row.flags ?? NO_FLAGS, internalDate, sizeBytes };
  }

  /** Rows come in ascending order as a rule: look next to the last one before searching. */
  #find(uid: number): number {
    if (this.#uids[this.#cursor] === uid) return this.#cursor++;
    const index = indexOfUid(this.#uids, uid);
    if (index >= 0) this.#cursor = index + 1;
    return index;
  }
}

/** @param uids ascending */
export function indexOfUid(uids: Uint32Array, uid: number): number {
  let low = 0;
  let high = uids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const value = uids[middle] as number;
    if (value === uid) return middle;
    if (value < uid) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
