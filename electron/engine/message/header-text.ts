/** Header values as text: encoded words (RFC 2047), raw UTF-8 (RFC 6532), and the raw 8-bit of bad old days. */
import { decodeCharset, guessEightBit } from './charset.ts';

/** Anything but plain ASCII without encoded words: most values have none of it. */
const UNUSUAL = /[^ -~]|=\?/;
const WORD = /=\?([^?\s]{1,60})\?([bq])\?([^?\s]*)\?=/gi;

/** @param octets the unfolded value, each octet a char (latin1) */
export function decodeHeaderText(octets: string): string {
  if (!UNUSUAL.test(octets)) return octets;
  const text = eightBit(octets);
  return clean(text.includes('=?') ? decodeWords(text) : text);
}

/**
 * Neighbouring words in one charset are joined before decoding: some mailers split inside a character. White space
 * between two words is not part of the text (RFC 2047 §6.2).
 */
function decodeWords(text: string): string {
  let out = '';
  let at = 0;
  let charset = '';
  let run: Buffer[] = [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    const label = labelOf(match[1]!);
    const joins = run.length > 0 && isBlank(text, at, match.index);
    if (run.length > 0 && !(joins && label === charset)) {
      out += decodeRun(run, charset);
      run = [];
    }
    if (!joins) out += text.slice(at, match.index);
    charset = label;
    run.push(match[2]!.toLowerCase() === 'b' ? Buffer.from(match[3]!, 'base64') : fromQ(match[3]!));
    at = match.index + match[0].length;
  }
  if (run.length > 0) out += decodeRun(run, charset);
  return at === 0 ? text : out + text.slice(at);
}

/** Without the language (RFC 2231 §5). */
function labelOf(charset: string): string {
  const star = charset.indexOf('*');
  return (star < 0 ? charset : charset.slice(0, star)).toLowerCase();
}

function isBlank(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c !== 0x20 && c !== 0x09) return false;
  }
  return true;
}

function decodeRun(run: Buffer[], charset: string): string {
  return decodeCharset(run.length === 1 ? run[0]! : Buffer.concat(run), charset);
}

/** RFC 2047 §4.2: `_` is a blank, `=XX` an octet. */
function fromQ(text: string): Buffer {
  const octets = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c === 0x5f) c = 0x20;
    else if (c === 0x3d) {
      const high = hexDigit(text.charCodeAt(i + 1));
      const low = hexDigit(text.charCodeAt(i + 2));
      if (high >= 0 && low >= 0) {
        c = 16 * high + low;
        i += 2;
      }
    }
    octets[length++] = c;
  }
  return octets.subarray(0, length);
}

/** -1 for anything else, NaN (beyond the end of a text) included. */
function hexDigit(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const letter = c | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Without white space around it. Not trim(): in octets a no-break space of Latin-1 may be the end of a character in UTF-8. */
export function trimOctets(octets: string): string {
  let start = 0;
  let end = octets.length;
  while (start < end && isSpace(octets.charCodeAt(start))) start++;
  while (end > start && isSpace(octets.charCodeAt(end - 1))) end--;
  return octets.slice(start, end);
}

export function isSpace(octet: number): boolean {
  return octet === 0x20 || (octet >= 0x09 && octet <= 0x0d);
}

function eightBit(octets: string): string {
  return /[\u0080-\u00ff]/.test(octets) ? guessEightBit(Buffer.from(octets, 'latin1')) : octets;
}

/** Control characters have no business in one line of text. */
function clean(text: string): string {
  return /[\u0000-\u001f\u007f]/.test(text) ? text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim() : text;
}
