/** Address lists of From, To and the like (RFC 5322 §3.4), read as generously as mailers write them. One pass, linear. */
import type { MailAddress } from '../../../shared/browse.ts';
import { fieldValue, type HeaderField } from './header-fields.ts';
import { decodeHeaderText, trimOctets } from './header-text.ts';

/** A list of more is a mailing list's mistake; nobody reads it. */
const MAX_ADDRESSES = 1000;
/** Reorder or hide what stands beside them (Unicode UAX #9): a name must not rewrite the address after it. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;

export function addressesOf(fields: readonly HeaderField[], name: string): MailAddress[] {
  return parseAddresses(fieldValue(fields, name));
}

/** @param octets latin1, unfolded. Groups (`Team: a@…, b@…;`) give their members. */
export function parseAddresses(octets: string): MailAddress[] {
  const out: MailAddress[] = [];
  for (const item of splitList(octets)) {
    const address = toAddress(item);
    if (address) out.push(address);
    if (out.length >= MAX_ADDRESSES) break;
  }
  return out;
}

interface Item {
  /** Words outside of angle brackets and comments. */
  text: string;
  /** Inside `<…>`; null without. */
  angle: string | null;
  comment: string;
}

function* splitList(octets: string): Generator<Item> {
  const { length } = octets;
  let item: Item = { text: '', angle: null, comment: '' };
  for (let at = 0; at < length;) {
    const c = octets[at]!;
    if (c === '"') {
      const [text, end] = readQuoted(octets, at);
      item.text += text;
      at = end;
    } else if (c === '(') {
      const [text, end] = readComment(octets, at);
      item.comment += text;
      at = end;
    } else if (c === '<' && item.angle === null) {
      const end = octets.indexOf('>', at);
      item.angle = octets.slice(at + 1, end < 0 ? length : end);
      at = end < 0 ? length : end + 1;
    } else if (c === ',' || c === ';') {
      yield item;
      item = { text: '', angle: null, comment: '' };
      at++;
    } else if (c === ':' && item.angle === null && !item.text.includes('@')) {
      // The name of a group; its members follow.
      item = { text: '', angle: null, comment: '' };
      at++;
    } else {
      const end = nextSpecial(octets, at + 1);
      item.text += octets.slice(at, end);
      at = end;
    }
  }
  yield item;
}

function nextSpecial(octets: string, at: number): number {
  while (at < octets.length && !'"(<,;:'.includes(octets[at]!)) at++;
  return at;
}

function readQuoted(octets: string, at: number): [string, number] {
  let text = '';
  for (let i = at + 1; i < octets.length; i++) {
    if (octets[i] === '"') return [text, i + 1];
    if (octets[i] === '\\' && i + 1 < octets.length) i++;
    text += octets[i]!;
  }
  return [text, octets.length];
}

function readComment(octets: string, at: number): [string, number] {
  let depth = 0;
  for (let i = at; i < octets.length; i++) {
    if (octets[i] === '\\') i++;
    else if (octets[i] === '(') depth++;
    else if (octets[i] === ')' && --depth === 0) return [octets.slice(at + 1, i), i + 1];
  }
  return [octets.slice(at + 1), octets.length];
}

function toAddress({ text, angle, comment }: Item): MailAddress | null {
  const words = trimOctets(text);
  if (angle !== null) return checked(words === '' ? comment : words, angle);
  if (words.includes('@') && !/\s/.test(words)) return checked(comment, words);
  // `alice example.org alice@example.org` and other lists without brackets.
  const loose = /(?:^|\s)([^\s@]+@[^\s@]+)$/.exec(words.slice(-400));
  if (loose) return checked(words.slice(0, words.length - loose[1]!.length), loose[1]!);
  return words === '' ? null : checked(words, '');
}

function checked(name: string, address: string): MailAddress {
  const shown = decodeHeaderText(trimOctets(name).slice(0, 2000))
    .replace(BIDI, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
  const plain = decodeHeaderText(address.slice(0, 1000))
    .replace(BIDI, '')
    .replace(/\s+|^[\s<]+|>+$/g, '');
  return { name: shown.replace(/^'(.*)'$/, '$1'), address: plain };
}

export function addressText({ name, address }: MailAddress): string {
  if (name === '') return address;
  return address === '' ? name : `${name} <${address}>`;
}
