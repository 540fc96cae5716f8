/** Fills an mdbox through a Dovecot of its own: only the server knows how to write one. Its index is complete then. */
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { ByteReader } from '../helpers/byte-reader.ts';
import { encodeName } from '../helpers/mailbox-name.ts';
import { startDovecot } from '../helpers/servers/dovecot.ts';
import type { CorpusMessage } from './corpus.ts';
import { flagsOfLetters, dateText } from './raw/maildir.ts';

const BATCH_MESSAGES = 500;
const TIMEOUT_MS = 60_000;

export async function fillMdbox(
  root: string,
  mailboxes: readonly [string, number][],
  messages: Iterable<CorpusMessage>,
): Promise<void> {
  const config = 'mail_fsync = never\nmail_save_crlf = yes\n';
  const server = await startDovecot({ format: 'mdbox', separator: '/', tls: false, config });
  try {
    const user = await server.user();
    const sender = await Sender.signIn(server.port, user.name, user.password);
    for (const [mailbox] of mailboxes) if (mailbox !== 'INBOX') await sender.command(`CREATE "${encodeName(mailbox)}"`);
    for (const batch of batches(messages)) await sender.append(batch);
    sender.end();
    fs.cpSync(path.join(server.folder, 'home', user.name, 'mail'), root, { recursive: true });
  } finally {
    await server.stop();
  }
}

/** As many as go into one command: of one mailbox. */
function* batches(messages: Iterable<CorpusMessage>): Generator<CorpusMessage[]> {
  let batch: CorpusMessage[] = [];
  for (const message of messages) {
    if (batch.length === BATCH_MESSAGES || (batch.length > 0 && batch[0]!.mailbox !== message.mailbox)) {
      yield batch;
      batch = [];
    }
    batch.push(message);
  }
  if (batch.length > 0) yield batch;
}

class Sender {
  readonly #socket: net.Socket;
  readonly #reader: ByteReader;
  #tag = 0;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    this.#reader = new ByteReader(socket, TIMEOUT_MS);
  }

  static async signIn(port: number, name: string, password: string): Promise<Sender> {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const sender = new Sender(socket);
    await sender.#reader.line();
    await sender.command(`LOGIN "${name}" "${password}"`);
    return sender;
  }

  /** MULTIAPPEND with LITERAL+. */
  append(batch: CorpusMessage[]): Promise<void> {
    const parts = batch.flatMap(({ raw, arrivedMs, letters }) => [
      Buffer.from(` (${flagsOfLetters(letters).join(' ')}) "${dateText(new Date(arrivedMs))}" {${raw.length}+}\r\n`),
      raw,
    ]);
    return this.command(`APPEND "${encodeName(batch[0]!.mailbox)}"`, Buffer.concat(parts));
  }

  /** @throws Error when the answer is not OK */
  async command(text: string, more: Buffer = Buffer.alloc(0)): Promise<void> {
    const tag = `t${++this.#tag}`;
    this.#socket.write(`${tag} ${text}`, 'latin1');
    this.#socket.write(more);
    this.#socket.write('\r\n');
    for (;;) {
      const line = await this.#reader.line();
      if (!line.startsWith(`${tag} `)) continue;
      if (line.startsWith('OK', tag.length + 1)) return;
      throw new Error(`${text.slice(0, 60)}: ${line}`);
    }
  }

  end(): void {
    this.#socket.destroy();
  }
}
