import net from 'node:net';
import { systemClock } from '../../../../electron/node/clock.ts';
import { silentLog } from '../../../../electron/engine/ports.ts';
import { MailboxNames } from '../../../../electron/engine/imap/names.ts';
import { WireConnection } from '../../../../electron/engine/imap/wire/connection.ts';
import type { WireOptions } from '../../../../electron/engine/imap/wire/command-options.ts';

/** The server's side of one connection, driven line by line. */
export class Peer {
  readonly socket: net.Socket;
  /** Every command line received, without tags. */
  readonly seen: string[] = [];
  #bytes = Buffer.alloc(0);
  #fresh: Buffer[] = [];
  #freshBytes = 0;
  #wake: () => void = () => undefined;
  #ended = false;

  constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      this.#fresh.push(chunk);
      this.#freshBytes += chunk.length;
      this.#wake();
    });
    socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** The next command; throws when it does not look as expected. */
  async expect(pattern: RegExp | string): Promise<{ tag: string; line: string }> {
    const whole = await this.line();
    const [, tag = '', line = ''] = /^(\S+) (.*)$/s.exec(whole) ?? [];
    this.seen.push(line);
    const fits = typeof pattern === 'string' ? line === pattern : pattern.test(line);
    if (!fits) throw new Error(`expected ${String(pattern)}, got ${whole}`);
    return { tag, line };
  }

  async line(): Promise<string> {
    let at: number;
    while ((at = this.#join().indexOf('\r\n')) < 0) await this.#more();
    const line = this.#bytes.toString('latin1', 0, at);
    this.#bytes = this.#bytes.subarray(at + 2);
    return line;
  }

  async octets(count: number): Promise<Buffer> {
    while (this.#bytes.length + this.#freshBytes < count) await this.#more();
    this.#join();
    const octets = Buffer.from(this.#bytes.subarray(0, count));
    this.#bytes = this.#bytes.subarray(count);
    return octets;
  }

  /** True when nothing has been received that was not taken. */
  get isQuiet(): boolean {
    return this.#join().length === 0;
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  async answer(pattern: RegExp | string, untagged: string, status = 'OK done'): Promise<string> {
    const { tag, line } = await this.expect(pattern);
    this.send(`${untagged}${tag} ${status}\r\n`);
    return line;
  }

  async closed(): Promise<void> {
    while (!this.#ended) await this.#more().catch(() => undefined);
  }

  #join(): Buffer {
    if (this.#fresh.length > 0) this.#bytes = Buffer.concat([this.#bytes, ...this.#fresh]);
    this.#fresh = [];
    this.#freshBytes = 0;
    return this.#bytes;
  }

  async #more(): Promise<void> {
    if (this.#ended) throw new Error('the client has gone');
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

export interface Stage {
  wire: WireConnection;
  names: MailboxNames;
  peer: Peer;
  /** What the script threw; checked by stop(). */
  stop(): Promise<void>;
}

/** A wire connection to a server that follows the script; the greeting is long past. */
export async function startStage(
  script: (peer: Peer) => Promise<void>,
  options: Partial<WireOptions> = {},
): Promise<Stage> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const accepted = new Promise<net.Socket>((resolve) => server.once('connection', resolve));
  const socket = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  const peer = new Peer(await accepted);
  const played = script(peer);
  played.catch(() => undefined);
  const sockets = { readSocket: socket, writeSocket: socket, socket };
  const wire = new WireConnection(sockets, { server: 'mail.test', clock: systemClock, log: silentLog, ...options });
  return {
    wire,
    names: new MailboxNames(false),
    peer,
    async stop() {
      try {
        await played;
      } finally {
        wire.fail(new Error('the test is over'));
        peer.socket.destroy();
        server.close();
      }
    },
  };
}
