import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A socket that speaks what it is told, octet for octet, and waits for tagged replies. Text is latin1. */
export class RawClient {
  readonly socket: Socket;
  #received = '';
  #closed = false;
  #wake: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
      this.#notify();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#notify();
    });
  }

  /** Connected, greeting read. */
  static async open(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await once(socket, 'connect');
    const client = new RawClient(socket);
    await client.until(/^\* OK .*\r\n/m);
    return client;
  }

  static async signedIn(port: number, name = 'anna', password = 'geheim'): Promise<RawClient> {
    const client = await RawClient.open(port);
    await client.run(`LOGIN ${name} ${password}`, 'login');
    return client;
  }

  get closed(): boolean {
    return this.#closed;
  }

  send(text: string | Buffer): void {
    this.socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
  }

  /** Sends in pieces of so many octets, each in a write of its own that the server sees separately. */
  async drip(text: string, pieceBytes: number): Promise<void> {
    for (let at = 0; at < text.length; at += pieceBytes) {
      this.send(text.slice(at, at + pieceBytes));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Everything received up to and including the match; the rest stays. Throws when the line closes first. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this.#received);
      if (match) {
        const end = match.index + match[0].length;
        const text = this.#received.slice(0, end);
        this.#received = this.#received.slice(end);
        return text;
      }
      if (this.#closed) throw new Error(`closed before ${pattern}; had ${JSON.stringify(this.#received.slice(-200))}`);
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  /** The responses to a command that was sent, its tagged reply last. */
  reply(tag: string): Promise<string> {
    return this.until(new RegExp(`^${tag} (OK|NO|BAD).*\\r\\n`, 'm'));
  }

  run(command: string, tag = 'x'): Promise<string> {
    this.send(`${tag} ${command}\r\n`);
    return this.reply(tag);
  }

  async closing(): Promise<void> {
    while (!this.#closed) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }

  end(): void {
    this.socket.destroy();
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }
}
