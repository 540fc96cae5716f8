/** For sources that lost INTERNALDATE (a copy by drag and drop sets it to the day of the copy): take it from Date. */
import { headerEnd, MAX_HEADER_BYTES } from '../message/digest.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { MessageHead, MessageReceiver } from '../source.ts';
import { dateFromHeader } from '../message/header-date.ts';

/** Holds a message back until its header is complete, then begins it with the date of its Date field. */
export class DateFromHeader implements MessageReceiver {
  readonly #inner: MessageReceiver;
  #head: MessageHead | null = null;
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(inner: MessageReceiver) {
    this.#inner = inner;
  }

  begin(head: MessageHead): void {
    this.#head = head;
    this.#held = [];
    this.#heldBytes = 0;
  }

  chunk(octets: Buffer): void {
    if (!this.#head) {
      this.#inner.chunk(octets);
      return;
    }
    this.#held.push(Buffer.from(octets));
    this.#heldBytes += octets.length;
    const all = this.#held.length > 1 ? Buffer.concat(this.#held) : this.#held[0]!;
    this.#held = [all];
    // A header that ends in the middle of what is held is complete; one that ends at its end may go on.
    if (this.#heldBytes > MAX_HEADER_BYTES || headerEnd(all) < all.length - 2) this.#release();
  }

  end(): void {
    if (this.#head) this.#release();
    this.#inner.end();
  }

  abort(): void {
    if (this.#head) this.#release();
    this.#inner.abort();
  }

  missed(uid: number, outcome: 'vanished' | 'failed', code: FailureCode, reason: string): void {
    this.#inner.missed(uid, outcome, code, reason);
  }

  pressure(): Promise<void> | null {
    return this.#inner.pressure();
  }

  #release(): void {
    const head = this.#head!;
    this.#head = null;
    const held = this.#held[0];
    this.#held = [];
    this.#inner.begin({ ...head, internalDate: (held ? dateFromHeader(held) : null) ?? head.internalDate });
    if (held) this.#inner.chunk(held);
  }
}
