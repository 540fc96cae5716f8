import type { Readable } from 'node:stream';

/** Lines and counted octets from a socket; every wait ends with an error when the other side is gone or silent. */
export class ByteReader {
  #held: Buffer[] = [];
  #heldBytes = 0;
  #ended: Error | null = null;
  #wake: (() => void) | null = null;
  readonly #timeoutMs: number;

  constructor(stream: Readable, timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    stream.on('data', (chunk: Buffer) => {
      this.#held.push(chunk);
      this.#heldBytes += chunk.length;
      this.#wake?.();
    });
    const end = (error?: Error): void => {
      this.#ended ??= error ?? new Error('the server closed the connection');
      this.#wake?.();
    };
    stream.on('error', end);
    stream.on('close', () => end());
    stream.on('end', () => end());
  }

  /** One line without its CR LF. Every octet becomes one character. */
  async line(): Promise<string> {
    for (;;) {
      const held = this.#join();
      const at = held.indexOf(10);
      if (at >= 0)
        return this.#take(at + 1)
          .toString('latin1')
          .replace(/\r?\n$/, '');
      await this.#more();
    }
  }

  async octets(count: number): Promise<Buffer> {
    while (this.#heldBytes < count) await this.#more();
    this.#join();
    return this.#take(count);
  }

  #join(): Buffer {
    if (this.#held.length !== 1) this.#held = [Buffer.concat(this.#held)];
    return this.#held[0]!;
  }

  /** The held octets must have been joined. */
  #take(count: number): Buffer {
    const held = this.#held[0]!;
    this.#held = [held.subarray(count)];
    this.#heldBytes -= count;
    return Buffer.from(held.subarray(0, count));
  }

  async #more(): Promise<void> {
    if (this.#ended) throw this.#ended;
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(
        () => fail(new Error(`the server was silent for ${this.#timeoutMs} ms`)),
        this.#timeoutMs,
      );
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        done();
      };
    });
  }
}
