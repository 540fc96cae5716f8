import { NO_FLAGS, parseFlags, type FlagSet } from '../../flags.ts';
import { MAX_HEADER_BYTES } from '../../message/digest.ts';
import { protocolError } from './line-errors.ts';

/** Where the parser stands between two pieces of text. */
const BETWEEN = 0;
const NAME = 1;
const VALUE = 2;
const LIST = 3;
const DONE = 4;

const SPACE = 32;
const QUOTE = 34;
const OPEN = 40;
const CLOSE = 41;
const BACKSLASH = 92;

/** What is to be done with a literal that the text has just announced. */
export type LiteralUse = 'body' | 'header' | 'held' | 'skip';

/**
 * One FETCH response, taken in pieces: text between literals, and literals. Attributes may come in any order, before
 * or after the body, and any value may be a literal. One object is used for all rows of a connection.
 */
export class FetchRow {
  seq = 0;
  /** 0: not given (yet). */
  uid = 0;
  /** null: not given (yet). */
  flags: FlagSet | null = null;
  /** As served, null for NIL; undefined: not given (yet). */
  internalDate: string | null | undefined = undefined;
  /** RFC822.SIZE as claimed; -1: not given (yet). */
  sizeBytes = -1;
  /** Decimal text. */
  modSeq: string | null = null;
  body: 'none' | 'literal' | 'quoted' | 'nil' = 'none';
  /** The octets of a body sent as a quoted string. */
  quotedBody: Buffer | null = null;
  /** BODY[HEADER], at most MAX_HEADER_BYTES of it. */
  header: Buffer | null = null;
  /** BODY[HEADER.FIELDS …], bounded likewise. */
  headerFields: Buffer | null = null;
  /** Something stands in it that no standard knows: perhaps the end of a body whose literal was announced too short. */
  hasUnknown = false;

  #state = BETWEEN;
  #name = '';
  #bracket = false;
  #depth = 0;
  #list = '';

  start(seq: number): void {
    this.seq = seq;
    this.uid = 0;
    this.flags = null;
    this.internalDate = undefined;
    this.sizeBytes = -1;
    this.modSeq = null;
    this.body = 'none';
    this.quotedBody = this.header = this.headerFields = null;
    this.hasUnknown = false;
    this.#state = BETWEEN;
    this.#name = this.#list = '';
    this.#bracket = false;
    this.#depth = 0;
  }

  get isComplete(): boolean {
    return this.#state === DONE;
  }

  /**
   * Take text[at, end). The opening parenthesis of the row is not part of it.
   * @throws EngineError 'protocol-error'
   */
  parse(text: string, at: number, end: number): void {
    while (at < end) {
      switch (this.#state) {
        case BETWEEN:
          at = this.#between(text, at);
          break;
        case NAME:
          at = this.#takeName(text, at, end);
          break;
        case VALUE:
          at = this.#takeValue(text, at, end);
          break;
        case LIST:
          at = this.#takeList(text, at, end);
          break;
        default:
          if (text.charCodeAt(at) !== SPACE) throw protocolError('text after a FETCH response');
          at++;
      }
    }
  }

  /** What the literal announced at the end of the text parsed so far is for. */
  literalUse(): LiteralUse {
    if (this.#state === VALUE) {
      if (isBody(this.#name)) return this.body === 'none' ? 'body' : 'skip';
      return this.#name.startsWith('BODY[HEADER') ? 'header' : 'held';
    }
    if (this.#state === LIST || (this.#state === NAME && this.#bracket)) return 'held';
    throw protocolError('a literal at an unexpected place in a FETCH response');
  }

  /** The literal of use 'header' or 'held' is here. */
  takeLiteral(octets: Buffer): void {
    if (this.#state === VALUE) this.#finish(octets.toString('latin1'), octets);
    else if (this.#state === LIST) this.#list += octets.toString('latin1');
    else this.#name += octets.toString('latin1').toUpperCase();
  }

  /** The literal of use 'body' has been streamed, or that of use 'skip' passed over. */
  literalPassed(use: LiteralUse): void {
    if (use === 'body') this.body = 'literal';
    this.#state = BETWEEN;
  }

  #between(text: string, at: number): number {
    const c = text.charCodeAt(at);
    if (c === SPACE) return at + 1;
    if (c === CLOSE) {
      this.#state = DONE;
      return at + 1;
    }
    this.#name = '';
    this.#bracket = false;
    this.#state = NAME;
    return at;
  }

  #takeName(text: string, at: number, end: number): number {
    let i = at;
    for (; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === 91) this.#bracket = true;
      else if (c === 93) this.#bracket = false;
      else if (!this.#bracket && (c === SPACE || c === OPEN || c === CLOSE)) break;
    }
    const part = text.slice(at, i);
    this.#name += USUAL.has(part) ? part : part.toUpperCase();
    if (i === end) return i;
    if (text.charCodeAt(i) === CLOSE) throw protocolError('a FETCH attribute without a value');
    if (!isKnown(this.#name)) this.hasUnknown = true;
    this.#state = VALUE;
    return text.charCodeAt(i) === SPACE ? i + 1 : i;
  }

  #takeValue(text: string, at: number, end: number): number {
    const c = text.charCodeAt(at);
    if (c === SPACE) return at + 1;
    if (c === OPEN) {
      this.#state = LIST;
      this.#depth = 1;
      this.#list = '';
      return at + 1;
    }
    if (c === QUOTE) {
      const close = closingQuote(text, at + 1, end);
      this.#finish(unescape(text.slice(at + 1, close)), null);
      return close + 1;
    }
    let i = at;
    while (i < end && text.charCodeAt(i) !== SPACE && text.charCodeAt(i) !== CLOSE) i++;
    if (i === at || i === end) throw protocolError('a FETCH value that breaks off');
    this.#finishAtom(text.slice(at, i));
    return i;
  }

  #takeList(text: string, at: number, end: number): number {
    for (let i = at; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === QUOTE) i = closingQuote(text, i + 1, end);
      else if (c === OPEN) this.#depth++;
      else if (c === CLOSE && --this.#depth === 0) {
        this.#finishList(this.#list + text.slice(at, i));
        return i + 1;
      }
    }
    this.#list += text.slice(at, end);
    return end;
  }

  #finishList(inside: string): void {
    if (this.#name === 'FLAGS') this.flags = parseFlags(inside);
    else if (this.#name === 'MODSEQ') this.modSeq = isDigits(inside) ? inside : null;
    this.#list = '';
    this.#state = BETWEEN;
  }

  #finishAtom(atom: string): void {
    if (atom.toUpperCase() === 'NIL') this.#finishNil();
    else this.#finish(atom, null);
  }

  #finishNil(): void {
    const name = this.#name;
    if (isBody(name)) {
      if (this.body === 'none') this.body = 'nil';
    } else if (name === 'INTERNALDATE') this.internalDate = null;
    else if (name === 'FLAGS') this.flags = NO_FLAGS;
    else if (name.startsWith('BODY[HEADER')) this.#finishHeader(Buffer.alloc(0));
    this.#state = BETWEEN;
  }

  /** @param octets the value as octets where it came as a literal */
  #finish(value: string, octets: Buffer | null): void {
    const name = this.#name;
    if (name === 'UID') this.uid = toNumber(value, 2 ** 32 - 1);
    else if (name === 'INTERNALDATE') this.internalDate = value;
    else if (name === 'RFC822.SIZE') this.sizeBytes = toNumber(value, Number.MAX_SAFE_INTEGER);
    else if (isBody(name)) this.#finishQuotedBody(value);
    else if (name.startsWith('BODY[HEADER')) this.#finishHeader(octets ?? Buffer.from(value, 'latin1'));
    this.#state = BETWEEN;
  }

  #finishQuotedBody(value: string): void {
    if (this.body !== 'none') return;
    this.body = 'quoted';
    this.quotedBody = Buffer.from(value, 'latin1');
  }

  #finishHeader(octets: Buffer): void {
    const bounded = octets.subarray(0, MAX_HEADER_BYTES);
    if (this.#name === 'BODY[HEADER]') this.header = bounded;
    else this.headerFields = bounded;
  }
}

const USUAL = new Set([
  'UID',
  'FLAGS',
  'INTERNALDATE',
  'RFC822.SIZE',
  'BODY[]',
  'MODSEQ',
  'ENVELOPE',
  'BODYSTRUCTURE',
  'BODY',
]);
/** RFC 9051 §7.5.2, RFC 3501 §7.4.2, RFC 8474, RFC 8514, RFC 8970, RFC 5257; `X-GM-LABELS` and the like. */
const KNOWN =
  /^(RFC822(\.(HEADER|TEXT))?|(BODY|BINARY(\.SIZE)?)\[.*\](<\d+>)?|EMAILID|THREADID|SAVEDATE|PREVIEW|ANNOTATION|X-.+)$/s;

function isKnown(name: string): boolean {
  return USUAL.has(name) || KNOWN.test(name);
}

function isBody(name: string): boolean {
  return name === 'BODY[]' || name === 'RFC822' || name === 'BINARY[]';
}

/** A quoted string cannot reach over a literal: it holds no line end (RFC 9051 §4.3). */
function closingQuote(text: string, at: number, end: number): number {
  for (let i = at; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === QUOTE) return i;
  }
  throw protocolError('a quoted string without its end');
}

function unescape(quoted: string): string {
  return quoted.includes('\\') ? quoted.replace(/\\(.)/gs, '$1') : quoted;
}

function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return text.length > 0 && text.length <= 20;
}

function toNumber(text: string, max: number): number {
  const value = isDigits(text) ? Number(text) : NaN;
  if (!(value <= max)) throw protocolError('a number that is none');
  return value;
}
