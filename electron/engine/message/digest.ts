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
  return digestParts(raw, headerOf(raw));
}

/** For who has the header already. @param header as `headerOf` gives it */
export function digestParts(raw: Buffer, header: Buffer): MessageDigests {
  return { fingerprint: hash('sha256', raw, 'hex'), headerDigest: hash('sha256', header, 'hex') };
}

/** @param octets a whole message, or a header as BODY[HEADER] gives it (with or without its empty line) */
export function digestHeader(octets: Buffer): string {
  return hash('sha256', headerOf(octets), 'hex');
}

/** The part that headerDigest is of, at most MAX_HEADER_BYTES. @param octets as for digestHeader */
export function headerOf(octets: Buffer): Buffer {
  const head = octets.length > MAX_HEADER_BYTES ? octets.subarray(0, MAX_HEADER_BYTES) : octets;
  return head.subarray(0, headerEnd(head));
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
  readonly #search = new EmptyLine();
  #head: Buffer[] = [];
  #headBytes = 0;
  #isHeadWhole = false;

  update(chunk: Buffer): void {
    this.#hash.update(chunk);
    if (this.#isHeadWhole) return;
    const rest = chunk.subarray(0, MAX_HEADER_BYTES - this.#headBytes);
    const end = this.#search.endIn(rest);
    const part = Buffer.from(rest.subarray(0, end < 0 ? rest.length : end));
    this.#head.push(part);
    this.#headBytes += part.length;
    this.#isHeadWhole = end >= 0 || this.#headBytes === MAX_HEADER_BYTES;
  }

  /** The header with the empty line after it, at most MAX_HEADER_BYTES; enough for digestHeader and readEnvelope. */
  head(): Buffer {
    if (this.#head.length > 1) this.#head = [Buffer.concat(this.#head)];
    return this.#head[0] ?? Buffer.alloc(0);
  }

  end(): MessageDigests {
    return { fingerprint: this.#hash.digest('hex'), headerDigest: digestHeader(this.head()) };
  }
}

const INSIDE = 0;
const AT_START = 1;
const AFTER_CR = 2;

/** Looks for the first empty line in octets that come in chunks; sees what headerEnd() sees. */
class EmptyLine {
  #state = AT_START;

  /** @returns where the empty line ends in this chunk, -1 when it is not there */
  endIn(octets: Buffer): number {
    for (let at = 0; at < octets.length;) {
      if (this.#state === INSIDE) {
        const lf = octets.indexOf(10, at);
        if (lf < 0) return -1;
        this.#state = AT_START;
        at = lf + 1;
        continue;
      }
      const octet = octets[at++];
      if (octet === 10) return at;
      this.#state = octet === 13 && this.#state === AT_START ? AFTER_CR : INSIDE;
    }
    return -1;
  }
}
