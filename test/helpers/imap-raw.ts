/**
 * A small IMAP client for tests: the independent observer. It shares no code with the engine and none with imapflow,
 * does one command at a time and shows what the server says, unjudged.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { ByteReader } from './byte-reader.ts';
import { decodeName, encodeName } from './mailbox-name.ts';

const TIMEOUT_MS = 60_000;

export interface RawReply {
  status: 'OK' | 'NO' | 'BAD';
  /** What follows the status on the tagged line, such as `[APPENDUID 1 5] Append completed.` */
  text: string;
  untagged: RawLine[];
}

export interface RawLine {
  /** Without `* `; each literal is shown as NUL, its index, NUL. */
  text: string;
  literals: Buffer[];
}

export interface RawMessage {
  uid: number;
  /** As served, in the server's order, `\Recent` included. */
  flags: string[];
  /** As served: `24-Nov-2026 03:40:45 +0100`. */
  internalDate: string;
  sizeBytes: number;
  /** null: the server answered NIL. */
  raw: Buffer | null;
}

export interface RawMailbox {
  /** Decoded from modified UTF-7. */
  path: string;
  wireName: string;
  delimiter: string | null;
  attributes: string[];
}

export interface AppendOptions {
  flags?: string[];
  /** `24-Nov-2026 03:40:45 +0100`; RFC 9051 wants the day padded with a blank. */
  internalDate?: string;
}

export interface RawConnection {
  port: number;
  host?: string;
  /** PEM of the authority: connect with TLS. */
  ca?: string;
}

export class RawImap {
  readonly greeting: string;
  readonly #socket: Socket;
  readonly #reader: ByteReader;
  #tag = 0;

  private constructor(socket: Socket, reader: ByteReader, greeting: string) {
    this.#socket = socket;
    this.#reader = reader;
    this.greeting = greeting;
  }

  static async connect(where: RawConnection): Promise<RawImap> {
    const host = where.host ?? '127.0.0.1';
    const socket = where.ca
      ? connectTls({ host, port: where.port, ca: where.ca })
      : connect({ host, port: where.port, noDelay: true });
    const reader = new ByteReader(socket, TIMEOUT_MS);
    await once(socket, where.ca ? 'secureConnect' : 'connect');
    return new RawImap(socket, reader, await reader.line());
  }

  /** @throws Error when the server does not let the user in */
  static async signIn(where: RawConnection, user: { name: string; password: string }): Promise<RawImap> {
    const imap = await RawImap.connect(where);
    await imap.must(`LOGIN ${quote(user.name)} ${quote(user.password)}`);
    return imap;
  }

  /** One command; a Buffer among the parts goes as a literal, after the server has said that it may. */
  async command(...parts: (string | Buffer)[]): Promise<RawReply> {
    const tag = `t${++this.#tag}`;
    const untagged: RawLine[] = [];
    let line = tag;
    for (const part of parts) {
      if (typeof part === 'string') {
        line += ` ${part}`;
        continue;
      }
      this.#socket.write(`${line} {${part.length}}\r\n`, 'latin1');
      const refused = await this.#read(tag, untagged, true);
      if (refused) return refused;
      this.#socket.write(part);
      line = '';
    }
    this.#socket.write(`${line}\r\n`, 'latin1');
    return (await this.#read(tag, untagged, false))!;
  }

  /** @throws Error when the answer is not OK */
  async must(...parts: (string | Buffer)[]): Promise<RawReply> {
    const reply = await this.command(...parts);
    if (reply.status !== 'OK') throw new Error(`${describe(parts)}: ${reply.status} ${reply.text}`);
    return reply;
  }

  async capabilities(): Promise<string[]> {
    const { untagged } = await this.must('CAPABILITY');
    return (untagged.find(({ text }) => text.startsWith('CAPABILITY '))?.text ?? '').split(' ').slice(1);
  }

  create(path: string): Promise<RawReply> {
    return this.command('CREATE', quote(encodeName(path)));
  }

  delete(path: string): Promise<RawReply> {
    return this.command('DELETE', quote(encodeName(path)));
  }

  async list(pattern = '*'): Promise<RawMailbox[]> {
    const { untagged } = await this.must('LIST', '""', quote(pattern));
    return untagged.flatMap((line) => parseList(line) ?? []);
  }

  /** @throws Error when the mailbox cannot be selected */
  async select(path: string): Promise<{ exists: number; uidValidity: number; uidNext: number }> {
    const { untagged } = await this.must('SELECT', quote(encodeName(path)));
    const all = untagged.map(({ text }) => text).join('\n');
    const number = (pattern: RegExp): number => Number(pattern.exec(all)?.[1] ?? 0);
    return {
      exists: number(/^(\d+) EXISTS/m),
      uidValidity: number(/\[UIDVALIDITY (\d+)/),
      uidNext: number(/\[UIDNEXT (\d+)/),
    };
  }

  append(path: string, raw: Buffer, options: AppendOptions = {}): Promise<RawReply> {
    const parts = ['APPEND', quote(encodeName(path))];
    if (options.flags) parts.push(`(${options.flags.join(' ')})`);
    if (options.internalDate) parts.push(`"${options.internalDate}"`);
    return this.command(...parts, raw);
  }

  /** Every message of the selected mailbox, ascending by UID. Marks nothing as seen. */
  async fetchAll(): Promise<RawMessage[]> {
    const items = '(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])';
    const { untagged } = await this.must('UID FETCH 1:*', items);
    return untagged.flatMap((line) => parseFetch(line) ?? []).sort((a, b) => a.uid - b.uid);
  }

  store(uids: string, change: string): Promise<RawReply> {
    return this.command('UID STORE', uids, change);
  }

  expunge(): Promise<RawReply> {
    return this.command('EXPUNGE');
  }

  async close(): Promise<void> {
    await this.command('LOGOUT').catch(() => undefined);
    this.#socket.destroy();
  }

  /** Without saying goodbye. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** Up to the tagged line; null when the server asks to go on and that was hoped for. */
  async #read(tag: string, untagged: RawLine[], goOn: boolean): Promise<RawReply | null> {
    for (;;) {
      const { text, literals } = await this.#response().catch((error: unknown) => {
        const bye = untagged.find((line) => line.text.startsWith('BYE'));
        throw bye ? new Error(`${(error as Error).message}: ${bye.text}`, { cause: error }) : error;
      });
      if (goOn && text.startsWith('+')) return null;
      const tagged = /^(\S+) (OK|NO|BAD)(?: (.*))?$/s.exec(text);
      if (tagged?.[1] === tag) return { status: tagged[2] as RawReply['status'], text: tagged[3] ?? '', untagged };
      if (text.startsWith('* ')) untagged.push({ text: text.slice(2), literals });
      else throw new Error(`not an IMAP response: ${text.slice(0, 200)}`);
    }
  }

  async #response(): Promise<RawLine> {
    const literals: Buffer[] = [];
    let text = '';
    for (;;) {
      const line = await this.#reader.line();
      const literal = /~?\{(\d+)\+?\}$/.exec(line);
      if (!literal) return { text: text + line, literals };
      text += `${line.slice(0, literal.index)}\0${literals.length}\0`;
      literals.push(await this.#reader.octets(Number(literal[1])));
    }
  }
}

export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const unquote = (text: string): string => text.replace(/\\(.)/gs, '$1');

function parseList({ text, literals }: RawLine): RawMailbox | null {
  const found = /^LIST \(([^)]*)\) (?:"(\\?.)"|NIL) (?:"((?:[^"\\]|\\.)*)"|\0(\d+)\0|(\S+))/s.exec(text);
  if (!found) return null;
  const [, attributes = '', delimiter, quoted, literal, atom] = found;
  const wireName = quoted !== undefined ? unquote(quoted) : literal ? literals[Number(literal)]!.toString() : atom!;
  return {
    path: decodeName(wireName),
    wireName,
    delimiter: delimiter === undefined ? null : unquote(delimiter),
    attributes: attributes.split(' ').filter(Boolean),
  };
}

function parseFetch({ text, literals }: RawLine): RawMessage | null {
  const body = /BODY\[\] (?:\0(\d+)\0|"((?:[^"\\]|\\.)*)"|NIL)/s.exec(text);
  if (!body || !/^\d+ FETCH /.test(text)) return null;
  // Cut the body out first: a short one may come quoted and hold anything.
  const rest = text.slice(0, body.index) + text.slice(body.index + body[0].length);
  const [, literal, quoted] = body;
  const raw = literal
    ? literals[Number(literal)]!
    : quoted === undefined
      ? null
      : Buffer.from(unquote(quoted), 'latin1');
  return {
    uid: Number(/\bUID (\d+)/.exec(rest)?.[1]),
    flags: (/\bFLAGS \(([^)]*)\)/.exec(rest)?.[1] ?? '').split(' ').filter(Boolean),
    internalDate: /\bINTERNALDATE "([^"]*)"/.exec(rest)?.[1] ?? '',
    sizeBytes: Number(/\bRFC822\.SIZE (\d+)/.exec(rest)?.[1]),
    raw,
  };
}

function describe(parts: (string | Buffer)[]): string {
  const shown = parts.map((part) => (typeof part === 'string' ? part : `{${part.length}}`)).join(' ');
  return shown.startsWith('LOGIN') ? 'LOGIN' : shown;
}
