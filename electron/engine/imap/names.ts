import { EngineError } from '../errors.ts';
import { decodeModifiedUtf7, encodeModifiedUtf7 } from './modified-utf7.ts';
import { quoteName } from './server-text.ts';

/**
 * Mailbox names of one server, both ways. A path is what the user reads and what keys a mailbox; listed is what the
 * server wrote, octet for octet. A name that does not survive decoding and encoding keeps its listed form as path, so
 * that two mailboxes never share one path and each can be addressed.
 */
export class MailboxNames {
  readonly #utf8: boolean;
  readonly #listedByPath = new Map<string, string>();
  readonly #pathByListed = new Map<string, string>();

  /** @param utf8 names travel as UTF-8: UTF8=ACCEPT is enabled (RFC 6855 §3) or the server speaks IMAP4rev2 only */
  constructor(utf8: boolean) {
    this.#utf8 = utf8;
  }

  get utf8(): boolean {
    return this.#utf8;
  }

  /**
   * Paths for a whole listing. Names with a canonical encoding get theirs first: an odd one must never take the path
   * of a good one, whatever the order in which they were listed.
   *
   * @param listed octets, one character for each
   */
  learnListing(listed: readonly string[]): void {
    const odd: string[] = [];
    for (const octets of listed) {
      const path = this.#decode(octets);
      if (path === null) odd.push(octets);
      else this.learn(path, octets);
    }
    for (const octets of odd.sort()) this.#learnOdd(octets);
  }

  learn(path: string, listed: string): void {
    this.#listedByPath.set(path, listed);
    this.#pathByListed.set(listed, path);
  }

  /** @param listed octets as the server wrote them, one character for each */
  pathOf(listed: string): string {
    const known = this.#pathByListed.get(listed);
    if (known !== undefined) return known;
    this.learnListing([listed]);
    return this.#pathByListed.get(listed) ?? listed;
  }

  /** The octets of the name, one character for each, not quoted: as listed, or encoded for a mailbox yet to be made. */
  octets(path: string): string {
    return this.#listedByPath.get(path) ?? this.#encode(path);
  }

  /**
   * The name as an IMAP quoted string, one character for each octet, ready to be put in a command line and written
   * with latin1.
   *
   * @throws EngineError 'mailbox-refused' mailbox, never: CR, LF or NUL cannot be part of a name on the wire
   */
  wireName(path: string): string {
    const octets = this.octets(path);
    if (/[\r\n\0]/.test(octets)) {
      const message = `The mailbox name ${quoteName(path)} contains a line break or NUL and cannot be sent. Map it to another name.`;
      throw new EngineError('mailbox-refused', message, { scope: 'mailbox' });
    }
    return quotedOctets(octets);
  }

  #encode(path: string): string {
    return this.#utf8 ? Buffer.from(path, 'utf8').toString('latin1') : encodeModifiedUtf7(path);
  }

  #decode(octets: string): string | null {
    return this.#utf8 ? decodeUtf8(octets) : decodeModifiedUtf7(octets);
  }

  /** Readable first, then ever uglier until nobody else has it. */
  #learnOdd(octets: string): void {
    const candidates = [decodeUtf8(octets), octets, escapeOctets(octets)];
    const free = candidates.find((path) => path !== null && this.#isFree(path, octets));
    this.learn(free ?? `${escapeOctets(octets)}#${this.#pathByListed.size}`, octets);
  }

  #isFree(path: string, octets: string): boolean {
    const holder = this.#listedByPath.get(path);
    return holder === undefined || holder === octets;
  }
}

function decodeUtf8(octets: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(octets, 'latin1'));
  } catch {
    return null;
  }
}

/** `caf%E9`: for octets that are no text in any encoding the server could mean. */
function escapeOctets(octets: string): string {
  return octets.replace(
    /[^\x20-\x24\x26-\x7e]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** @param octets without CR, LF and NUL, one character for each @returns an IMAP quoted string */
export function quotedOctets(octets: string): string {
  return `"${octets.replace(/["\\]/g, '\\$&')}"`;
}
