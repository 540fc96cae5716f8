/** Octets of small messages on their way into files of their own, written by other threads while receiving goes on. */
import fs from 'node:fs';
import { isEngineError } from '../errors.ts';
import { createFileAside, unlinkFile, writeFileAside } from '../fs/durable.ts';

/** Octets not yet written, and buffers that wait for the last of theirs, from which on receiving pauses. */
const MOST_BYTES = 2 * 1024 * 1024;
const MOST_BUFFERS = 3;

/** One buffer that messages are received into, one behind the other. */
export interface WriteBuffer {
  readonly octets: Buffer;
  usedBytes: number;
  /** Messages in it that are not yet in their files. */
  pending: number;
  /** Nothing more comes into it: it is given back with the last of them. */
  sealed: boolean;
}

export class EmlWrites {
  readonly #giveBuffer: (buffer: Buffer) => void;
  readonly #running = new Set<Promise<unknown>>();
  readonly #waiting = new Set<() => void>();
  #bytes = 0;
  #sealed = 0;

  constructor(giveBuffer: (buffer: Buffer) => void) {
    this.#giveBuffer = giveBuffer;
  }

  /**
   * Run something that writes these octets of a buffer, and keep the buffer until it has ended.
   * @returns what it returns
   */
  run<T>(buffer: WriteBuffer, bytes: number, write: () => Promise<T>): Promise<T> {
    buffer.pending++;
    this.#bytes += bytes;
    const over = (): void => {
      this.#running.delete(running);
      this.#bytes -= bytes;
      if (--buffer.pending === 0 && buffer.sealed) this.#release(buffer);
      if (!this.#isFull()) this.#wake();
    };
    const running: Promise<T> = write();
    this.#running.add(running);
    running.then(over, over);
    return running;
  }

  /** No message comes into this buffer any more. */
  seal(buffer: WriteBuffer): void {
    buffer.sealed = true;
    this.#sealed++;
    if (buffer.pending === 0) this.#release(buffer);
  }

  /** null while there is room for more; else resolves when there is. */
  pressure(): Promise<void> | null {
    return this.#isFull() ? new Promise((resolve) => this.#waiting.add(resolve)) : null;
  }

  /** Nothing is being written any more, well or not. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  #isFull(): boolean {
    return this.#bytes >= MOST_BYTES || this.#sealed >= MOST_BUFFERS;
  }

  #release(buffer: WriteBuffer): void {
    this.#sealed--;
    this.#giveBuffer(buffer.octets);
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}

/** A new file with these octets. @returns its descriptor @throws EngineError; nothing is left of the file then */
export async function writeNew(file: string, raw: Buffer): Promise<number> {
  const fd = await createOver(file);
  try {
    await writeFileAside(fd, file, raw);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    unlinkFile(file);
    throw error;
  }
}

/** What a crash left under this name may be a link to another message: it goes, it is never written into. */
async function createOver(file: string): Promise<number> {
  try {
    return await createFileAside(file);
  } catch (error) {
    if (!isEngineError(error) || (error.cause as NodeJS.ErrnoException)?.code !== 'EEXIST') throw error;
  }
  unlinkFile(file);
  return createFileAside(file);
}
