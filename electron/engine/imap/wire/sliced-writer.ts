import { Writable } from 'node:stream';

/** What TLS is given at once: a few records of 16 KiB. */
const SLICE_BYTES = 64 * 1024;

type Done = (error?: Error | null) => void;

/**
 * Stands before a TLS socket and gives it one slice after another, each when the one before is taken. Node encrypts
 * whatever it is given at once, and copies it before that when it comes in pieces: two more mebibytes for each batch,
 * in new buffers. This way it is always the same one. Ending it ends the socket, destroying it does not.
 */
export class SlicedWriter extends Writable {
  readonly #socket: Writable;
  readonly #slice = Buffer.allocUnsafeSlow(SLICE_BYTES);

  constructor(socket: Writable) {
    super({ autoDestroy: false });
    this.#socket = socket;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#send([chunk], done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: Done): void {
    this.#send(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  override _final(done: Done): void {
    this.#socket.end(done);
  }

  #send(chunks: readonly Buffer[], done: Done): void {
    let index = 0;
    let at = 0;
    const next = (error?: Error | null): void => {
      let used = 0;
      while (!error && used < SLICE_BYTES && index < chunks.length) {
        const chunk = chunks[index] as Buffer;
        const copied = chunk.copy(this.#slice, used, at);
        used += copied;
        at += copied;
        if (at < chunk.length) continue;
        index++;
        at = 0;
      }
      if (error || used === 0) done(error);
      else this.#socket.write(this.#slice.subarray(0, used), next);
    };
    next();
  }
}
