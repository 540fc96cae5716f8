/** Which messages of one mailbox and UIDVALIDITY are here or on their way: they must not be stored twice. */
import type { Catalog } from './catalog.ts';
import { hasMessage, highestUid } from './catalog-read.ts';

export class KnownUids {
  readonly #catalog: Catalog;
  readonly #mailbox: number;
  readonly #uidValidity: number;
  readonly #claimed = new Set<number>();
  /** No message above is here or on its way. New mail has higher UIDs (RFC 9051 §2.3.1.1): mostly one look tells. */
  #highest: number | null = null;

  constructor(catalog: Catalog, mailbox: number, uidValidity: number) {
    this.#catalog = catalog;
    this.#mailbox = mailbox;
    this.#uidValidity = uidValidity;
  }

  has(uid: number): boolean {
    this.#highest ??= highestUid(this.#catalog, this.#mailbox, this.#uidValidity);
    if (uid > this.#highest) return false;
    return this.#claimed.has(uid) || hasMessage(this.#catalog, this.#mailbox, this.#uidValidity, uid);
  }

  /** It is on its way. */
  claim(uid: number): void {
    this.#claimed.add(uid);
    this.#raise(uid);
  }

  /** It did not come. */
  unclaim(uid: number): void {
    this.#claimed.delete(uid);
  }

  /** The catalog has it. */
  recorded(uid: number): void {
    this.#claimed.delete(uid);
    this.#raise(uid);
  }

  #raise(uid: number): void {
    if (this.#highest !== null && uid > this.#highest) this.#highest = uid;
  }
}
