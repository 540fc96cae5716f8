/** Which messages of one mailbox and UIDVALIDITY are here or on their way: they must not be stored twice. */
import type { Catalog } from './catalog.ts';
import { hasMessage, highestUid } from './catalog-read.ts';

export class KnownUids {
  readonly #catalog: Catalog;
  readonly #mailbox: number;
  readonly #uidValidity: number;
  readonly #claimed = new Set<number>();
  /** Asked of the catalog when first needed. */
  #highest: number | null = null;

  constructor(catalog: Catalog, mailbox: number, uidValidity: number) {
    this.#catalog = catalog;
    this.#mailbox = mailbox;
    this.#uidValidity = uidValidity;
  }

  /** No message above is here or on its way. New mail has higher UIDs (RFC 9051 §2.3.1.1): mostly one look tells. */
  get #top(): number {
    return (this.#highest ??= highestUid(this.#catalog, this.#mailbox, this.#uidValidity));
  }

  has(uid: number): boolean {
    if (uid > this.#top) return false;
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
    if (uid > this.#top) this.#highest = uid;
  }
}
