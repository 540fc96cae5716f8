import net from 'node:net';
import { ByteReader } from '../byte-reader.ts';

const SILENCE_MS = 60_000;

/** The good server behind a scripted one, over a line of its own. */
export class Backend {
  readonly #socket: net.Socket;
  readonly #reader: ByteReader;

  constructor(port: number) {
    this.#socket = net.connect({ host: '127.0.0.1', port, noDelay: true });
    this.#socket.on('error', () => undefined);
    this.#reader = new ByteReader(this.#socket, SILENCE_MS);
  }

  async greeting(): Promise<string> {
    return `${await this.#reader.line()}\r\n`;
  }

  /** @param command whole, no literal waits to be asked for */
  async run(tag: string, command: Buffer): Promise<string> {
    this.#socket.write(command);
    const parts: string[] = [];
    let isStart = true;
    for (;;) {
      const line = await this.#reader.line();
      parts.push(line, '\r\n');
      if (isStart && line.startsWith(`${tag} `)) return parts.join('');
      const size = /\{(\d+)\}$/.exec(line);
      isStart = size === null;
      if (size) parts.push((await this.#reader.octets(Number(size[1]))).toString('latin1'));
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}
