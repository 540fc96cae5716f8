import type { RawLine } from './client.ts';

/** LIST and STATUS responses read octet by octet: names come out exactly as the server wrote them (RFC 9051 §7.3). */

export interface ListLine {
  /** As served, with their backslash, lower case. Lines with the same ones share one set. */
  attributes: ReadonlySet<string>;
  delimiter: string | null;
  /** The name, one character for each octet. */
  octets: string;
}

export interface StatusLine {
  octets: string;
  /** As served, for `readItems`: of a hundred thousand mailboxes a map of each would be most of the memory. */
  items: string;
}

/** `* LIST (\HasNoChildren \Sent) "/" Sent`; also LSUB and XLIST. @returns null when it cannot be read */
export function parseListLine(line: RawLine): ListLine | null {
  const reader = new Reader(line);
  if (!reader.skip(/^\* (?:X?LIST|LSUB) +/i)) return null;
  const attributes = reader.take(/^\(([^)]*)\) */);
  if (attributes === null) return null;
  const delimiter = reader.take(/^(NIL|"(?:\\.|[^"\\])?") */i);
  if (delimiter === null) return null;
  const octets = reader.astring();
  if (octets === null || octets === '') return null;
  return {
    attributes: attributeSet(attributes.toLowerCase()),
    delimiter: /^NIL$/i.test(delimiter) || delimiter === '""' ? null : delimiter.slice(1, -1).slice(-1),
    octets,
  };
}

const MAX_SETS = 1000;
const sets = new Map<string, ReadonlySet<string>>();

function attributeSet(text: string): ReadonlySet<string> {
  let found = sets.get(text);
  if (!found) {
    if (sets.size >= MAX_SETS) sets.clear();
    sets.set(text, (found = new Set(text.split(' ').filter(Boolean))));
  }
  return found;
}

/** `* STATUS INBOX (MESSAGES 17 UIDNEXT 44292)`. @returns null when it cannot be read */
export function parseStatusLine(line: RawLine): StatusLine | null {
  const reader = new Reader(line);
  if (!reader.skip(/^\* STATUS +/i)) return null;
  const octets = reader.astring();
  const list = octets === null ? null : reader.take(/^ *\(([^)]*)\)/);
  if (octets === null || list === null) return null;
  return { octets, items: list };
}

/** Item name in upper case → its number as decimal text. */
export function readItems(list: string): Map<string, string> {
  const items = new Map<string, string>();
  for (const [, name = '', value = ''] of list.matchAll(/([A-Za-z][A-Za-z0-9.-]*) +(\d{1,20})(?= |$)/g)) {
    items.set(name.toUpperCase(), value);
  }
  return items;
}

class Reader {
  #rest: string;
  readonly #literals: Buffer[];

  constructor({ payload, literals }: RawLine) {
    this.#rest = payload.toString('latin1');
    this.#literals = [...literals];
  }

  skip(pattern: RegExp): boolean {
    const found = pattern.exec(this.#rest);
    if (found) this.#rest = this.#rest.slice(found[0].length);
    return found !== null;
  }

  /** The pattern's first group. */
  take(pattern: RegExp): string | null {
    const found = pattern.exec(this.#rest);
    if (!found) return null;
    this.#rest = this.#rest.slice(found[0].length);
    return found[1] ?? '';
  }

  /** Quoted string, literal, or anything up to the next blank: some servers forget the quotes around odd characters. */
  astring(): string | null {
    if (this.skip(/^~?\{\d+\+?\}\r?\n/)) return this.#literals.shift()?.toString('latin1') ?? null;
    if (this.#rest.startsWith('"')) {
      const quoted = this.take(/^"((?:\\[\s\S]|[^"\\])*)"/);
      return quoted === null ? null : quoted.replace(/\\([\s\S])/g, '$1');
    }
    return this.take(/^([^ ]+)/);
  }
}
