/**
 * The mbox text of one message: a From_ line, the octets with mboxrd quoting, a LF. Pure; exact for any octets in any
 * chunking. Quoting adds one `>` to every line that is `>`…`From `, so taking one away gives the octets back.
 */

const FROM = Buffer.from('From ');
const LINE_FROM = Buffer.from('\nFrom ');
const QUOTED_FROM = Buffer.from('>From ');
const LF = 0x0a;
const BLANK = 0x20;
const GREATER = 0x3e;
const ZERO = 0x30;

/** `From - Tue Nov 24 03:40:45 2026` and a LF. */
export const FROM_LINE_BYTES = 32;

const DAYS = Buffer.from('SunMonTueWedThuFriSat');
const MONTHS = Buffer.from('JanFebMarAprMayJunJulAugSepOctNovDec');
const NO_DATE = Buffer.from('From - Thu Jan  1 00:00:00 1970\n');

/**
 * The separator as Thunderbird writes it: no sender, asctime in UTC. Takes the first FROM_LINE_BYTES of `text`.
 *
 * @param internalDate RFC 3339; null or unusable gives the epoch
 */
export function writeFromLine(text: Buffer, internalDate: string | null): void {
  // By hand: each line as a string, or a call out of JavaScript, costs as much as the rest of the line.
  for (let i = 0; i < FROM_LINE_BYTES; i++) text[i] = NO_DATE[i]!;
  if (internalDate === null) return;
  const d = new Date(internalDate);
  const year = d.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return;
  putName(text, 7, DAYS, d.getUTCDay());
  putName(text, 11, MONTHS, d.getUTCMonth());
  putTwo(text, 15, d.getUTCDate());
  if (text[15] === ZERO) text[15] = BLANK;
  putTwo(text, 18, d.getUTCHours());
  putTwo(text, 21, d.getUTCMinutes());
  putTwo(text, 24, d.getUTCSeconds());
  putTwo(text, 27, Math.floor(year / 100));
  putTwo(text, 29, year % 100);
}

function putName(text: Buffer, at: number, names: Buffer, n: number): void {
  for (let i = 0; i < 3; i++) text[at + i] = names[3 * n + i]!;
}

function putTwo(text: Buffer, at: number, n: number): void {
  text[at] = ZERO + Math.floor(n / 10);
  text[at + 1] = ZERO + (n % 10);
}

/** @param internalDate as for `writeFromLine` */
export function fromLine(internalDate: string | null): Buffer {
  const line = Buffer.allocUnsafe(FROM_LINE_BYTES);
  writeFromLine(line, internalDate);
  return line;
}

export function isFromLine(octets: Buffer): boolean {
  return octets.length >= FROM_LINE_BYTES && startsWithFrom(octets) && octets[FROM_LINE_BYTES - 1] === LF;
}

/**
 * Where a line begins with `>`…`>From `: the index of the last `>`.
 *
 * @param startsLine whether octets[0] is at the head of a line, possibly after `>` seen before
 */
function findQuoted(octets: Buffer, startsLine: boolean): number[] {
  const found: number[] = [];
  for (let at = octets.indexOf(QUOTED_FROM); at >= 0; at = octets.indexOf(QUOTED_FROM, at + QUOTED_FROM.length)) {
    if (isLineStart(octets, at, startsLine)) found.push(at);
  }
  return found;
}

/** Octets that are looked through for `From ` at once. */
export const BLOCK_BYTES = 256 * 1024;

/**
 * Where a `>` has to be added: the indexes of the `F`, ascending. Behind the last blank of a block there is no `From `:
 * that spares base64, which has none and is most of most mail, the slower search.
 *
 * @param startsLine whether octets[0] is at the head of a line, possibly after `>` seen before
 */
function findFrom(octets: Buffer, startsLine: boolean): number[] {
  const found: number[] = [];
  for (let start = 0; start < octets.length; start += BLOCK_BYTES) {
    // Each `From ` whose `F` is in the block, whole.
    const block = octets.subarray(start, start + BLOCK_BYTES + FROM.length - 1);
    const blank = block.lastIndexOf(BLANK);
    if (blank < FROM.length - 1) continue;
    for (const hit of hitsByLines(block.subarray(0, blank + 1))) {
      if (isLineStart(octets, start + hit, startsLine)) found.push(start + hit);
    }
  }
  return found;
}

/** Each `From ` behind a line end or `>`, or at the start. @returns indexes of the `F`, ascending */
function hitsByLines(view: Buffer): number[] {
  const hits = startsWithFrom(view) ? [0] : [];
  for (let at = view.indexOf(LINE_FROM); at >= 0; at = view.indexOf(LINE_FROM, at + LINE_FROM.length)) {
    hits.push(at + 1);
  }
  const lines = hits.length;
  for (let at = view.indexOf(QUOTED_FROM); at >= 0; at = view.indexOf(QUOTED_FROM, at + QUOTED_FROM.length)) {
    hits.push(at + 1);
  }
  return lines > 0 && hits.length > lines ? hits.sort((a, b) => a - b) : hits;
}

/** Nothing but `>` stands between the head of the line and this place. */
function isLineStart(octets: Buffer, at: number, startsLine: boolean): boolean {
  while (at > 0 && octets[at - 1] === GREATER) at--;
  return at === 0 ? startsLine : octets[at - 1] === LF;
}

function startsWithFrom(octets: Buffer): boolean {
  return (
    octets[0] === FROM[0] && octets.length >= FROM.length && octets.compare(FROM, 0, FROM.length, 0, FROM.length) === 0
  );
}

/** For a message held whole. @returns indexes before which a `>` goes; mostly empty */
export function quotePositions(raw: Buffer): number[] {
  return findFrom(raw, true);
}

/** Spread raw octets at the start of `buffer` so that each position gets its `>`; the buffer must have room. */
export function quoteInPlace(buffer: Buffer, rawBytes: number, positions: number[]): number {
  let end = rawBytes;
  for (let i = positions.length - 1; i >= 0; i--) {
    const at = positions[i]!;
    buffer.copyWithin(at + i + 1, at, end);
    buffer[at + i] = GREATER;
    end = at;
  }
  return rawBytes + positions.length;
}

/** For a message held whole, without the LF after it; in place. @returns the text, or its beginning */
export function unquoteWhole(text: Buffer): Buffer {
  const positions = findQuoted(text, true);
  if (positions.length === 0) return text;
  return without(text, positions);
}

/** One piece, however many lines are quoted: a message may consist of nothing else. Valid until the next call. */
function withGreater(octets: Buffer, positions: number[]): Buffer {
  const bytes = octets.length + positions.length;
  if (scratch.length < bytes) scratch = Buffer.allocUnsafeSlow(bytes);
  const out = scratch.subarray(0, bytes);
  octets.copy(out);
  quoteInPlace(out, octets.length, positions);
  return out;
}

/** What is emitted is used at once, so that one is enough for all. As large as a chunk of a large message. */
let scratch = Buffer.alloc(0);

/** In place. */
function without(octets: Buffer, positions: number[]): Buffer {
  let end = positions[0]!;
  for (const [i, at] of positions.entries()) {
    const next = positions[i + 1] ?? octets.length;
    octets.copyWithin(end, at + 1, next);
    end += next - at - 1;
  }
  return octets.subarray(0, end);
}

export type Emit = (octets: Buffer) => void;

/** How far a chunk's last line is on its way to `>`…`From `. */
interface Tail {
  /** Octets at the end that are a beginning of `From `, at the head of a line: 0 to 4. */
  partial: number;
  /** The chunk, without the partial, ends at the head of a line (after any `>`). */
  startsLine: boolean;
}

function tailOf(octets: Buffer, startsLine: boolean): Tail {
  const end = octets.length;
  for (let partial = Math.min(4, end); partial >= 0; partial--) {
    if (octets.compare(FROM, 0, partial, end - partial, end) !== 0) continue;
    if (isLineStart(octets, end - partial, startsLine)) return { partial, startsLine: true };
  }
  return { partial: 0, startsLine: false };
}

/** Adds the quoting to a message that comes in chunks. What it emits may be a view of the chunk: use it at once. */
export class Quoter {
  #startsLine = true;
  /** Beginning of `From ` held back from the chunk before. */
  #held = 0;

  push(chunk: Buffer, emit: Emit): void {
    const octets = this.#held === 0 ? chunk : Buffer.concat([FROM.subarray(0, this.#held), chunk]);
    const tail = tailOf(octets, this.#startsLine);
    const body = octets.subarray(0, octets.length - tail.partial);
    const positions = findFrom(body, this.#startsLine);
    if (body.length > 0) emit(positions.length === 0 ? body : withGreater(body, positions));
    this.#startsLine = tail.startsLine;
    this.#held = tail.partial;
  }

  end(emit: Emit): void {
    if (this.#held > 0) emit(FROM.subarray(0, this.#held));
    this.#held = 0;
  }
}

/** Takes the quoting away again, for text that comes in chunks, in which it happens. */
export class Unquoter {
  #startsLine = true;
  /** Octets of `>From ` held back from the chunk before; they begin with the last `>` of a run. */
  #held = 0;

  push(chunk: Buffer, emit: Emit): void {
    const octets = this.#held === 0 ? chunk : Buffer.concat([QUOTED_FROM.subarray(0, this.#held), chunk]);
    const tail = tailOf(octets, this.#startsLine);
    const cut = octets.length - tail.partial;
    // Without a `>` before it, a beginning of `From ` is plain text and need not wait.
    const quoted = tail.startsLine && cut > 0 && octets[cut - 1] === GREATER;
    const body = quoted ? octets.subarray(0, cut - 1) : octets;
    const positions = findQuoted(body, this.#startsLine);
    if (body.length > positions.length) emit(positions.length === 0 ? body : without(body, positions));
    this.#held = octets.length - body.length;
    this.#startsLine = quoted || (tail.startsLine && tail.partial === 0);
  }

  end(emit: Emit): void {
    if (this.#held > 0) emit(QUOTED_FROM.subarray(0, this.#held));
    this.#held = 0;
  }
}
