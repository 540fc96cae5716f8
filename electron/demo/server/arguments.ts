import { bad, no } from './refusal.ts';
import { decodeUtf7 } from './text/utf7.ts';
import { parseNumberSet } from './text/number-set.ts';
import type { NumberRange } from './text/number-set.ts';

const ATOM = /[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y;
/** What may stand unquoted for a string: an atom with `]`. */
const ASTRING = /[^\x00-\x20\x7f-\xff(){%*"\\]+/y;
const PATTERN = /[^\x00-\x20\x7f-\xff(){"\\]+/y;
const FLAG = /\\?[^\x00-\x20\x7f-\xff(){%*"\\\]]+/y;
const QUOTED = /"((?:[^"\\\r\n\0]|\\["\\])*)"/y;
const NUMBER = /\d{1,19}/y;
const SET = /[\d:*,]+/y;

/**
 * Reads the arguments of a command from left to right (RFC 3501 §9). Text is latin1: one octet a character.
 * Every method throws Refusal BAD when the next thing is not what it reads.
 */
export class ArgumentReader {
  #parts: readonly (string | Buffer)[];
  #part = 0;
  #at = 0;

  constructor(parts: readonly (string | Buffer)[]) {
    this.#parts = parts;
  }

  /** The unread rest as text, literals as `{size}`. */
  get outline(): string {
    const rest = this.#parts.slice(this.#part).map((p) => (typeof p === 'string' ? p : `{${p.length}}`));
    return rest.join('').slice(this.#at).trim();
  }

  get atEnd(): boolean {
    return this.#part >= this.#parts.length - 1 && this.#at >= this.#text.length;
  }

  end(): void {
    if (!this.atEnd) throw bad('Unexpected arguments');
  }

  /** The next character without reading it; '' at a literal or the end. */
  peek(): string {
    return this.#text[this.#at] ?? '';
  }

  space(): void {
    this.expect(' ');
  }

  expect(sign: string): void {
    if (!this.take(sign)) throw bad(this.atEnd ? 'Missing arguments' : 'Syntax error in arguments');
  }

  /** Reads the text if it comes next, in any case. */
  take(text: string): boolean {
    const found = this.#text.slice(this.#at, this.#at + text.length);
    if (found.toUpperCase() !== text.toUpperCase()) return false;
    this.#at += text.length;
    return true;
  }

  atom(): string {
    return this.#match(ATOM);
  }

  /** An atom in upper case. */
  keyword(): string {
    return this.atom().toUpperCase();
  }

  number(): number {
    return Number(this.#match(NUMBER));
  }

  astring(): string {
    return this.#string() ?? this.#match(ASTRING);
  }

  /** astring, or NIL as null. */
  nstring(): string | null {
    const string = this.#string();
    if (string !== null) return string;
    if (!this.take('NIL')) throw bad('String expected');
    return null;
  }

  /** A mailbox name, decoded. @throws Refusal NO for one that is not modified UTF-7 */
  mailbox(): string {
    return decoded(this.astring());
  }

  listPattern(): string {
    return decoded(this.#string() ?? this.#match(PATTERN));
  }

  flag(): string {
    return this.#match(FLAG);
  }

  numberSet(): NumberRange[] {
    const ranges = parseNumberSet(this.#match(SET));
    if (!ranges) throw bad('Invalid message set');
    return ranges;
  }

  /** A parenthesised list, possibly empty. */
  list<T>(item: () => T): T[] {
    this.expect('(');
    const items: T[] = [];
    if (this.take(')')) return items;
    do items.push(item());
    while (this.take(' '));
    this.expect(')');
    return items;
  }

  /** The octets of a literal; nothing else will do. */
  literal(): Buffer {
    const next = this.#parts[this.#part + 1];
    if (this.#at < this.#text.length || !Buffer.isBuffer(next)) throw bad('Literal expected');
    this.#part += 2;
    this.#at = 0;
    return next;
  }

  get #text(): string {
    const part = this.#parts[this.#part];
    return typeof part === 'string' ? part : '';
  }

  #string(): string | null {
    if (this.peek() === '"') return this.#match(QUOTED).slice(1, -1).replace(/\\(.)/g, '$1');
    const atLiteral = this.#at >= this.#text.length && Buffer.isBuffer(this.#parts[this.#part + 1]);
    return atLiteral ? this.literal().toString('latin1') : null;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw bad(this.atEnd ? 'Missing arguments' : 'Syntax error in arguments');
    this.#at += found.length;
    return found;
  }
}

function decoded(wire: string): string {
  const name = decodeUtf7(wire);
  if (name === null) throw no('[CANNOT] Mailbox name is not valid modified UTF-7');
  return name;
}
