import { createHash, hash, type Hash } from 'node:crypto';

/**
 * Digests of one message while it passes by: fingerprint is SHA-256 of the raw octets, headerDigest SHA-256 of the
 * header (the octets before the first empty line, line ends as served, the final line end not counted).
 * The header is the part that BODY[HEADER] gives too, so a renumbered mailbox can be matched without its bodies.
 */
export interface MessageDigests {
  fingerprint: string;
  headerDigest: string;
}

/** A header longer than this is digested over its first part only; both sides cut at the same place. */
export const MAX_HEADER_BYTES = 256 * 1024;

export function digestMessage(raw: Buffer): MessageDigests {
  return { fingerprint: hash('sha256', raw, 'hex'), headerDigest: digestHeader(raw) };
}

/** @param octets a whole message, or a header as BODY[HEADER] gives it (with or without its empty line) */
export function digestHeader(octets: Buffer): string {
  const head = octets.length > MAX_HEADER_BYTES ? octets.subarray(0, MAX_HEADER_BYTES) : octets;
  return hash('sha256', head.subarray(0, headerEnd(head)), 'hex');
}

/**
 * Where the header's last line ends, its line end not counted: at the first empty line, else at the end of the octets.
 */
export function headerEnd(octets: Buffer): number {
  if (isEmptyLine(octets, 0)) return 0;
  let at = 0;
  while ((at = octets.indexOf(10, at)) >= 0) {
    if (isEmptyLine(octets, at + 1)) return at > 0 && octets[at - 1] === 13 ? at - 1 : at;
    at++;
  }
  return withoutLineEnd(octets);
}

function isEmptyLine(octets: Buffer, at: number): boolean {
  return octets[at] === 10 || (octets[at] === 13 && octets[at + 1] === 10);
}

function withoutLineEnd(octets: Buffer): number {
  let end = octets.length;
  if (end > 0 && octets[end - 1] === 10) end--;
  if (end > 0 && octets[end - 1] === 13) end--;
  return end;
}

/** The same for a message that comes in chunks and is never held whole. */
export class StreamDigest {
  readonly #hash: Hash = createHash('sha256');
  #head: Buffer[] = [];
  #headBytes = 0;

  update(chunk: Buffer): void {
    this.#hash.update(chunk);
    if (this.#headBytes < MAX_HEADER_BYTES) {
      const part = Buffer.from(chunk.subarray(0, MAX_HEADER_BYTES - this.#headBytes));
      this.#head.push(part);
      this.#headBytes += part.length;
    }
  }

  /** The first octets, at most MAX_HEADER_BYTES: holds the header of any sane message. */
  head(): Buffer {
    if (this.#head.length > 1) this.#head = [Buffer.concat(this.#head)];
    return this.#head[0] ?? Buffer.alloc(0);
  }

  end(): MessageDigests {
    return { fingerprint: this.#hash.digest('hex'), headerDigest: digestHeader(this.head()) };
  }
}
