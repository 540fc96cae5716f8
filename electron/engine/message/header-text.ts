/** Header values as text: encoded words (RFC 2047), raw UTF-8 (RFC 6532), and the raw 8-bit of bad old days. */
import { decodeCharset, guessEightBit } from './charset.ts';

const WORD = /=\?([^?\s]{1,60})\?([bq])\?([^?\s]*)\?=/gi;
/** White space between two encoded words is not part of the text (RFC 2047 §6.2). */
const BETWEEN = /(\?=)[ \t]+(?==\?[^?\s]{1,60}\?[bq]\?[^?\s]*\?=)/gi;

/** @param octets the unfolded value, each octet a char (latin1) */
export function decodeHeaderText(octets: string): string {
  const text = eightBit(octets);
  if (!text.includes('=?')) return clean(text);
  return clean(decodeWords(text.replace(BETWEEN, '$1')));
}

/** Neighbouring words in one charset are joined before decoding: some mailers split inside a character. */
function decodeWords(text: string): string {
  let out = '';
  let at = 0;
  let run: { charset: string; octets: Buffer[] } | null = null;
  for (const match of text.matchAll(WORD)) {
    const charset = match[1]!.split('*')[0]!.toLowerCase();
    const octets = match[2]!.toLowerCase() === 'b' ? Buffer.from(match[3]!, 'base64') : fromQ(match[3]!);
    if (run && (match.index > at || run.charset !== charset)) {
      out += decodeRun(run);
      run = null;
    }
    out += text.slice(at, match.index);
    run ??= { charset, octets: [] };
    run.octets.push(octets);
    at = match.index + match[0].length;
  }
  return out + (run ? decodeRun(run) : '') + text.slice(at);
}

function decodeRun(run: { charset: string; octets: Buffer[] }): string {
  return decodeCharset(Buffer.concat(run.octets), run.charset);
}

/** RFC 2047 §4.2: `_` is a blank, `=XX` an octet. */
function fromQ(text: string): Buffer {
  const latin1 = text
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}

function eightBit(octets: string): string {
  return /[\u0080-\u00ff]/.test(octets) ? guessEightBit(Buffer.from(octets, 'latin1')) : octets;
}

/** Control characters have no business in one line of text. */
function clean(text: string): string {
  return /[\u0000-\u001f\u007f]/.test(text) ? text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim() : text;
}
