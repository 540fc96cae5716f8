/**
 * raw-imap.ts PORT USER PASSWORD fetch DIR|append MAILDIR|status: rawimap.c in Node, for machines without a compiler, and
 * for TLS, where the limit is what Node can do.
 */
import fs from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { connect as connectTls } from 'node:tls';
import { dateOf, dateText, flagsOf, readMaildir } from './maildir.ts';

const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_MESSAGES = 200;
const BATCHES_IN_FLIGHT = 4;

let messages = 0;
let bytes = 0;

/** Commands are answered in the order in which they were sent; literals go to the file of the oldest. */
class Wire {
  readonly #socket: Socket;
  readonly #waiting: { tag: string; fd: number | null; onLine?: (line: string) => void; done: () => void }[] = [];
  #tag = 0;
  #line = '';
  #literalLeft = 0;
  #wake: () => void = () => undefined;

  constructor(port: number) {
    const buffer = Buffer.allocUnsafe(256 * 1024);
    const callback = (got: number, octets: Uint8Array): boolean => {
      this.#feed(octets as Buffer, got);
      return true;
    };
    const where = { port, host: '127.0.0.1', noDelay: true, onread: { buffer, callback } };
    const caFile = process.env['BENCH_CA'];
    this.#socket = caFile ? connectTls({ ...where, ca: fs.readFileSync(caFile) }) : connect(where);
    this.#socket.on('drain', () => this.#wake());
    this.#socket.on('end', () => this.#waiting.length > 0 && fail('the server closed the connection'));
  }

  greeting(): Promise<void> {
    return new Promise((done) => this.#waiting.push({ tag: '*', fd: null, done }));
  }

  command(text: string, fd: number | null = null, onLine?: (line: string) => void): Promise<void> {
    const tag = `t${++this.#tag}`;
    this.#socket.write(`${tag} ${text}`, 'latin1');
    return new Promise((done) => this.#waiting.push({ tag, fd, onLine, done }));
  }

  write(octets: Buffer | string): void {
    this.#socket.write(octets, 'latin1');
  }

  /** Resolves when the socket has taken what was written. */
  async drained(): Promise<void> {
    if (this.#socket.writableNeedDrain) await new Promise<void>((wake) => (this.#wake = wake));
  }

  end(): void {
    this.#socket.destroy();
  }

  #feed(chunk: Buffer, end: number): void {
    let at = 0;
    while (at < end) {
      if (this.#literalLeft > 0) {
        const took = Math.min(this.#literalLeft, end - at);
        const fd = this.#waiting[0]?.fd ?? null;
        if (fd !== null) fs.writeSync(fd, chunk, at, took);
        this.#literalLeft -= took;
        at += took;
        continue;
      }
      const lf = chunk.indexOf(10, at);
      const stop = lf < 0 || lf >= end ? end : lf + 1;
      this.#line += chunk.toString('latin1', at, stop);
      at = stop;
      if (!this.#line.endsWith('\n')) return;
      this.#take(this.#line.trimEnd());
      this.#line = '';
    }
  }

  #take(line: string): void {
    const oldest = this.#waiting[0];
    if (line.endsWith('}')) {
      this.#literalLeft = Number(line.slice(line.lastIndexOf('{') + 1, -1));
      messages++;
      bytes += this.#literalLeft;
    } else if (oldest && line.startsWith(`${oldest.tag} `)) {
      if (!line.startsWith('OK', oldest.tag.length + 1)) fail(line);
      this.#waiting.shift();
      oldest.done();
    } else oldest?.onLine?.(line);
  }
}

const [port, user, password, action, folder = ''] = process.argv.slice(2);
const wire = new Wire(Number(port));
await wire.greeting();
await wire.command(`LOGIN "${user}" "${password}"\r\n`);
if (action === 'fetch') await fetchAll(folder);
else if (action === 'append') await appendAll(folder);
else if (action !== 'status') fail(`${action}: rawimap.c can, this cannot; it needs a C compiler`);
else messages = (await list(' RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))')).length;
console.log(`messages ${messages} bytes ${bytes}`);
wire.end();

async function list(options = ''): Promise<string[]> {
  const names: string[] = [];
  await wire.command(`LIST "" "*"${options}\r\n`, null, (line) => {
    const found = /^\* LIST \((.*?)\) \S+ (.*)$/.exec(line);
    if (found && !/\\(Noselect|NonExistent)/.test(found[1]!)) names.push(found[2]!);
  });
  return names;
}

async function fetchAll(to: string): Promise<void> {
  const fetches = (await list()).map((name, index) => {
    const fd = fs.openSync(path.join(to, String(index)), 'w', 0o600);
    void wire.command(`EXAMINE ${name}\r\n`);
    return wire.command('UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])\r\n', fd);
  });
  await Promise.all(fetches);
}

async function appendAll(maildir: string): Promise<void> {
  const inFlight: Promise<void>[] = [];
  for (const { wireName, folder: from, files } of readMaildir(maildir)) {
    if (wireName !== 'INBOX') await wire.command(`CREATE "${wireName}"\r\n`);
    for (let next = 0; next < files.length;) {
      const parts: Buffer[] = [];
      let batchBytes = 0;
      while (next < files.length && batchBytes < BATCH_BYTES && parts.length < 2 * BATCH_MESSAGES) {
        const file = files[next++]!;
        const raw = fs.readFileSync(path.join(from, file));
        parts.push(Buffer.from(` (${flagsOf(file).join(' ')}) "${dateText(dateOf(file))}" {${raw.length}+}\r\n`), raw);
        batchBytes += raw.length;
        messages++;
      }
      inFlight.push(wire.command(`APPEND "${wireName}"`));
      for (const part of parts) wire.write(part);
      wire.write('\r\n');
      bytes += batchBytes;
      await wire.drained();
      if (inFlight.length > BATCHES_IN_FLIGHT) await inFlight.shift();
    }
  }
  await Promise.all(inFlight);
}

function fail(why: string): never {
  console.error(why);
  process.exit(1);
}
