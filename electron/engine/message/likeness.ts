import { createHash, type Hash } from 'node:crypto';

/**
 * A digest that is the same for a message before and after what IMAP servers are known to change on upload:
 * line ends (bare CR and LF), NUL octets, 8-bit octets in the header, empty lines at the end. Everything else counts,
 * so two different messages with one Message-ID stay two. Used only to find a message again, never as its identity in
 * the archive; what the server changed is reported from the fingerprint.
 */
export class Likeness {
  readonly #hash: Hash = createHash('sha256');
  #inHeader = true;
  #lineHasText = false;
  /** Line ends held back until text follows: those at the very end do not count. */
  #pendingLines = 0;

  update(chunk: Buffer): void {
    const out = Buffer.allocUnsafe(chunk.length * 2 + this.#pendingLines + 1);
    let n = 0;
    for (const octet of chunk) {
      // Servers drop a bare CR, move it, or make a line end of a bare LF; they drop a NUL or put 0x80 in its place.
      if (octet === CR || octet === 0 || octet === 0x80) continue;
      if (octet === LF) {
        if (!this.#lineHasText) this.#inHeader = false;
        this.#lineHasText = false;
        this.#pendingLines++;
        continue;
      }
      this.#lineHasText = true;
      if (this.#pendingLines > 0) {
        n = this.#writeLines(out, n);
      }
      out[n++] = this.#inHeader && octet > 127 ? X : octet;
    }
    this.#hash.update(out.subarray(0, n));
  }

  end(): string {
    return this.#hash.digest('hex');
  }

  #writeLines(out: Buffer, n: number): number {
    // At most one octet for each input octet is written between two calls, so a burst held back is hashed on its own.
    if (this.#pendingLines > 64) {
      this.#hash.update(out.subarray(0, n));
      this.#hash.update(Buffer.alloc(this.#pendingLines, LF));
      this.#pendingLines = 0;
      return 0;
    }
    while (this.#pendingLines > 0) {
      out[n++] = LF;
      this.#pendingLines--;
    }
    return n;
  }
}

const LF = 10;
const CR = 13;
const X = 0x58;

export function likenessOf(raw: Buffer): string {
  const likeness = new Likeness();
  likeness.update(raw);
  return likeness.end();
}
