/** `type/sub; name=value` of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231), with their usual mistakes. */
import { decodeCharset } from './charset.ts';
import { decodeHeaderText, trimOctets } from './header-text.ts';

export interface ValueWithParams {
  /** Lower case, without parameters. */
  value: string;
  /** Names in lower case; values decoded. */
  params: Map<string, string>;
}

const MAX_PARAMS = 100;
const PARAM = /;?\s*([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\[^])*)"?|([^;]*))|;|[^;]+/gy;

/** @param octets latin1 */
export function parseParams(octets: string): ValueWithParams {
  const semicolon = octets.indexOf(';');
  const value = (semicolon < 0 ? octets : octets.slice(0, semicolon)).replace(/\([^()]*\)/g, '');
  const params = new Map<string, string>();
  if (semicolon >= 0) {
    for (const [name, text] of joinPieces(readPairs(octets.slice(semicolon + 1)))) params.set(name, text);
  }
  return { value: value.trim().toLowerCase(), params };
}

function readPairs(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const match of text.matchAll(PARAM)) {
    if (match[1] === undefined) continue;
    // Only these two are escapes: mailers put Windows paths here with single backslashes.
    const value = match[2] === undefined ? trimOctets(match[3]!) : match[2].replace(/\\(["\\])/g, '$1');
    pairs.push([match[1].toLowerCase(), value]);
    if (pairs.length >= MAX_PARAMS) break;
  }
  return pairs;
}

interface Piece {
  order: number;
  encoded: boolean;
  text: string;
}

/** RFC 2231 §3 and §4: `name*0*=utf-8'de'…; name*1=…`. A plain `name=` counts only where there are no pieces. */
function joinPieces(pairs: [string, string][]): Map<string, string> {
  const plain = new Map<string, string>();
  const pieces = new Map<string, Piece[]>();
  for (const [name, text] of pairs) {
    const split = /^([^*]+)\*(?:(\d{1,3})(\*)?)?$/.exec(name);
    if (!split) {
      if (!plain.has(name)) plain.set(name, decodeHeaderText(text));
      continue;
    }
    const list = pieces.get(split[1]!) ?? [];
    list.push({ order: Number(split[2] ?? 0), encoded: split[2] === undefined || split[3] === '*', text });
    pieces.set(split[1]!, list);
  }
  for (const [name, list] of pieces) plain.set(name, decodePieces(list));
  return plain;
}

function decodePieces(list: Piece[]): string {
  list.sort((a, b) => a.order - b.order);
  let charset = '';
  const octets: Buffer[] = [];
  for (const [i, piece] of list.entries()) {
    let { text } = piece;
    const mark = i === 0 && piece.encoded ? /^([^']*)'[^']*'/.exec(text) : null;
    if (mark) {
      charset = mark[1]!;
      text = text.slice(mark[0].length);
    }
    octets.push(piece.encoded ? fromPercent(text) : Buffer.from(text, 'latin1'));
  }
  // Pieces that are not percent-encoded carry encoded words with some mailers.
  const encoded = list.some((p) => p.encoded);
  const whole = Buffer.concat(octets);
  return encoded ? decodeCharset(whole, charset) : decodeHeaderText(whole.toString('latin1'));
}

function fromPercent(text: string): Buffer {
  const latin1 = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(latin1, 'latin1');
}
