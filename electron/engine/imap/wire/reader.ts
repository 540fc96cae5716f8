import { MAX_HEADER_BYTES } from '../../message/digest.ts';
import { FetchRow, type LiteralUse } from './fetch-row.ts';
import { protocolError } from './line-errors.ts';
import { parseStatusLine } from './status-line.ts';
import { DEFAULT_LIMITS, type ReaderLimits, type WireHandler } from './wire-handler.ts';

const CLOSE_BRACE = 125;
const OPEN_BRACE = 123;
/** A `* SEARCH` line that is longer than this and not yet whole is handed on in parts. */
const SPLIT_BYTES = 16 * 1024;

/** What the response being read is. */
const NOTHING = 0;
const ROW = 1;
const OTHER = 2;

/**
 * Incremental reader of the server's side of an IMAP connection (RFC 9051 §4, §7): octets in, cut anywhere; responses
 * out. Body literals are handed on as views of the chunk fed; everything else that is held is bounded.
 */
export class WireReader {
  readonly #handler: WireHandler;
  readonly #limits: ReaderLimits;
  readonly #row = new FetchRow();
  #line = '';
  #kind = NOTHING;
  /** Text of an untagged response so far, its literals as quoted strings. */
  #text = '';
  #literals = 0;
  #heldBytes = 0;
  #left = 0;
  #use: LiteralUse = 'skip';
  #parts: Buffer[] = [];
  #partsBytes = 0;
  #keepBytes = 0;

  constructor(handler: WireHandler, limits: Partial<ReaderLimits> = {}) {
    this.#handler = handler;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** False while a response has begun and not ended. */
  get atBoundary(): boolean {
    return this.#kind === NOTHING && this.#line === '';
  }

  /**
   * @param chunk views of it are handed on during the call only
   * @throws EngineError 'protocol-error'; nothing may be fed afterwards
   */
  feed(chunk: Buffer): void {
    const end = chunk.length;
    let at = 0;
    while (at < end) {
      if (this.#left > 0) {
        at = this.#takeLiteral(chunk, at, end);
        continue;
      }
      const lf = chunk.indexOf(10, at);
      if (lf < 0) {
        this.#keepPartial(chunk.toString('latin1', at, end));
        return;
      }
      let line = chunk.toString('latin1', at, lf);
      if (this.#line !== '') {
        line = this.#line + line;
        this.#line = '';
      }
      at = lf + 1;
      // CR and LF may come in different chunks: the CR is cut off the joined line.
      const length = line.charCodeAt(line.length - 1) === 13 ? line.length - 1 : line.length;
      this.#takeLine(line, length);
    }
  }

  #takeLine(line: string, length: number): void {
    if (length > this.#limits.lineBytes && !isNumberLine(line)) throw protocolError('a line that is too long');
    if (this.#kind === ROW) this.#rowText(line, 0, length);
    else if (this.#kind === OTHER) this.#otherText(line.slice(0, length));
    else if (length > 0) this.#beginResponse(line, length);
  }

  #beginResponse(line: string, length: number): void {
    const first = line.charCodeAt(0);
    if (first === 42 && line.charCodeAt(1) === 32) {
      const inside = fetchStart(line);
      if (inside > 0) {
        this.#kind = ROW;
        this.#row.start(parseInt(line.slice(2), 10));
        this.#rowText(line, inside, length);
      } else this.#beginOther(line.slice(2, length));
    } else if (first === 43) this.#handler.continuation();
    else this.#tagged(line.slice(0, length));
  }

  #tagged(line: string): void {
    const space = line.indexOf(' ');
    const status = space > 0 ? parseStatusLine(line.slice(space + 1)) : null;
    if (status === null) throw protocolError('a line that is no response');
    this.#handler.tagged(line.slice(0, space), status);
  }

  #beginOther(text: string): void {
    // The text of a status response is free: braces at its end announce no literal.
    if (parseStatusLine(text) !== null) this.#handler.untagged(text);
    else {
      this.#kind = OTHER;
      this.#text = '';
      this.#otherText(text);
    }
  }

  #rowText(line: string, from: number, length: number): void {
    const size = literalSize(line, length);
    if (size < 0) {
      this.#row.parse(line, from, length);
      if (!this.#row.isComplete) throw protocolError('a FETCH response that breaks off');
      this.#endResponse();
      this.#handler.rowEnd(this.#row);
      return;
    }
    const brace = line.lastIndexOf('{', length);
    this.#row.parse(line, from, line.charCodeAt(brace - 1) === 126 ? brace - 1 : brace);
    this.#use = this.#row.literalUse();
    this.#countLiteral(size);
    if (this.#use === 'body') this.#handler.bodyBegin(this.#row, size);
    if (size === 0) this.#endLiteral();
  }

  #otherText(text: string): void {
    const size = literalSize(text, text.length);
    if (size < 0) {
      const whole = this.#text + text;
      this.#endResponse();
      this.#handler.untagged(whole);
      return;
    }
    const brace = text.lastIndexOf('{');
    this.#text += text.slice(0, text[brace - 1] === '~' ? brace - 1 : brace);
    this.#use = 'held';
    this.#countLiteral(size);
    if (size === 0) this.#endLiteral();
  }

  #countLiteral(size: number): void {
    if (++this.#literals > this.#limits.literals) throw protocolError('too many literals in one response');
    if (size > this.#limits.bodyBytes) throw protocolError('a literal that is too large');
    if (this.#use === 'held') {
      this.#heldBytes += size;
      if (this.#heldBytes > this.#limits.heldBytes) throw protocolError('a value that is too large');
    }
    this.#left = size;
    this.#keepBytes = this.#use === 'held' ? size : this.#use === 'header' ? MAX_HEADER_BYTES : 0;
  }

  #takeLiteral(chunk: Buffer, at: number, end: number): number {
    const stop = Math.min(end, at + this.#left);
    this.#left -= stop - at;
    if (this.#use === 'body') this.#handler.bodyChunk(chunk.subarray(at, stop));
    else if (this.#partsBytes < this.#keepBytes) {
      const part = Buffer.from(chunk.subarray(at, Math.min(stop, at + this.#keepBytes - this.#partsBytes)));
      this.#parts.push(part);
      this.#partsBytes += part.length;
    }
    if (this.#left === 0) this.#endLiteral();
    return stop;
  }

  #endLiteral(): void {
    if (this.#use === 'body' || this.#use === 'skip') {
      this.#row.literalPassed(this.#use);
      if (this.#use === 'body') this.#handler.bodyEnd();
      return;
    }
    const octets = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#partsBytes = 0;
    if (this.#kind === ROW) this.#row.takeLiteral(octets);
    else this.#text += quote(octets.toString('latin1'));
  }

  #endResponse(): void {
    this.#kind = NOTHING;
    this.#text = '';
    this.#literals = 0;
    this.#heldBytes = 0;
  }

  #keepPartial(text: string): void {
    this.#line += text;
    if (this.#line.length > SPLIT_BYTES && this.#kind === NOTHING && isNumberLine(this.#line)) this.#splitNumbers();
    if (this.#line.length > this.#limits.lineBytes) throw protocolError('a line that is too long');
  }

  /** 300,000 UIDs on one line are two megabytes: hand on whole numbers, keep the start of the line and the rest. */
  #splitNumbers(): void {
    const line = this.#line;
    const extended = line.charCodeAt(2) === 69 || line.charCodeAt(2) === 101;
    const head = extended ? line.slice(0, 200).toUpperCase().indexOf(' ALL ') + 5 : '* SEARCH '.length;
    const cut = line.lastIndexOf(extended ? ',' : ' ');
    if (cut <= head || (extended ? head < 5 : line.includes('('))) return;
    this.#handler.untagged(line.slice(2, cut));
    this.#line = line.slice(0, head) + line.slice(cut + 1);
  }
}

function isNumberLine(line: string): boolean {
  return /^\* E?SEARCH /i.test(line.slice(0, 12));
}

/** @returns where the attributes of `* n FETCH (…` begin, or -1 */
function fetchStart(line: string): number {
  let i = 2;
  while (i < line.length && isDigit(line.charCodeAt(i))) i++;
  if (i === 2 || i > 12 || line.charCodeAt(i) !== 32) return -1;
  if (!line.startsWith('FETCH (', i + 1) && line.slice(i + 1, i + 8).toUpperCase() !== 'FETCH (') return -1;
  return i + 8;
}

/** The size announced by `{n}` or `~{n}` at the end of the text; -1: none is. */
function literalSize(text: string, length: number): number {
  if (text.charCodeAt(length - 1) !== CLOSE_BRACE) return -1;
  let i = length - 2;
  while (i >= 0 && isDigit(text.charCodeAt(i))) i--;
  if (i < 0 || i === length - 2 || text.charCodeAt(i) !== OPEN_BRACE) return -1;
  if (length - 2 - i > 15) throw protocolError('a literal that is too large');
  return Number(text.slice(i + 1, length - 1));
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
