import type { WireConnection } from './wire/connection.ts';

/** Buffers of one size for what is sent, used again once the socket has taken them. */
export class SendBuffers {
  #sizeBytes: number;
  readonly #wire: WireConnection;
  readonly #most: number;
  readonly #free: { buffer: Buffer; writtenAt: number }[] = [];

  /** @param most as many are kept */
  constructor(wire: WireConnection, sizeBytes: number, most: number) {
    this.#wire = wire;
    this.#sizeBytes = sizeBytes;
    this.#most = most;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** From now on buffers of this size are made and kept. */
  resize(sizeBytes: number): void {
    if (sizeBytes === this.#sizeBytes) return;
    this.#sizeBytes = sizeBytes;
    this.#free.length = 0;
  }

  take(): Buffer {
    const { queuedBytes, unsentBytes } = this.#wire;
    const at = this.#free.findIndex(({ writtenAt }) => queuedBytes - unsentBytes >= writtenAt);
    return at >= 0 ? this.#free.splice(at, 1)[0]!.buffer : Buffer.allocUnsafeSlow(this.sizeBytes);
  }

  /**
   * A buffer of another size is let go.
   * @param writtenAt the connection's queuedBytes when the last of it was written
   */
  give(buffer: Buffer, writtenAt: number): void {
    if (buffer.length === this.sizeBytes && this.#free.length < this.#most) this.#free.push({ buffer, writtenAt });
  }
}
