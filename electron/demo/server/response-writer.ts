import type { Socket } from 'node:net';

/** Collected before it is handed to the socket. */
const BATCH_BYTES = 1 << 16;
/** More than this unsent, and whoever writes should wait. */
const FULL_BYTES = 1 << 20;

interface Batch {
  dueMs: number;
  octets: Buffer[];
  sizeBytes: number;
}

/** Sends responses in batches, as late and as slowly as the settings say. Text is latin1: one octet a character. */
export class ResponseWriter {
  #socket: Socket;
  #latencyMs: number;
  #bytesPerSecond: number | null;
  #text = '';
  #octets: Buffer[] = [];
  #batchBytes = 0;
  #queue: Batch[] = [];
  #queuedBytes = 0;
  #timer: NodeJS.Timeout | null = null;
  #lineFreeMs = 0;
  #waiters: (() => void)[] = [];
  #closed = false;

  constructor(socket: Socket, latencyMs: number, bytesPerSecond: number | null) {
    this.#latencyMs = latencyMs;
    this.#bytesPerSecond = bytesPerSecond;
    this.#socket = socket;
    this.attach(socket);
  }

  /** Goes on with another socket, as after STARTTLS. */
  attach(socket: Socket): void {
    this.#socket = socket;
    socket.on('drain', () => this.#wake());
    socket.on('close', () => this.close());
  }

  line(text: string): void {
    this.text(`${text}\r\n`);
  }

  text(text: string): void {
    this.#text += text;
    this.#batchBytes += text.length;
    if (this.#batchBytes > BATCH_BYTES) this.flush();
  }

  /** The buffer is kept until it is sent, not copied. */
  octets(octets: Buffer): void {
    this.#endText();
    this.#octets.push(octets);
    this.#batchBytes += octets.length;
    if (this.#batchBytes > BATCH_BYTES) this.flush();
  }

  /** null: go on writing. Otherwise wait for it: the client does not keep up. */
  pressure(): Promise<void> | null {
    if (this.#closed) return null;
    const full = this.#queuedBytes > FULL_BYTES || this.#socket.writableNeedDrain;
    return full ? new Promise((resolve) => this.#waiters.push(resolve)) : null;
  }

  flush(): void {
    this.#endText();
    if (this.#octets.length === 0 || this.#closed) return;
    const octets = this.#octets;
    const sizeBytes = this.#batchBytes;
    this.#octets = [];
    this.#batchBytes = 0;
    if (this.#latencyMs <= 0 && this.#bytesPerSecond === null) return this.#send(octets);
    this.#queue.push({ dueMs: performance.now() + this.#latencyMs, octets, sizeBytes });
    this.#queuedBytes += sizeBytes;
    this.#schedule();
  }

  /** Sends the rest, then closes the line. */
  async end(): Promise<void> {
    this.flush();
    while (this.#queue.length > 0 && !this.#closed) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    if (!this.#closed) this.#socket.end();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#closed = true;
    this.#queue = [];
    this.#octets = [];
    this.#text = '';
    this.#wake();
  }

  #endText(): void {
    if (this.#text === '') return;
    this.#octets.push(Buffer.from(this.#text, 'latin1'));
    this.#text = '';
  }

  #schedule(): void {
    const next = this.#queue[0];
    if (!next || this.#timer || this.#closed) return;
    const waitMs = Math.max(next.dueMs, this.#lineFreeMs) - performance.now();
    this.#timer = setTimeout(() => this.#deliver(next), Math.max(0, waitMs));
  }

  #deliver(batch: Batch): void {
    this.#timer = null;
    this.#queue.shift();
    this.#queuedBytes -= batch.sizeBytes;
    if (this.#bytesPerSecond !== null) {
      const startMs = Math.max(performance.now(), this.#lineFreeMs);
      this.#lineFreeMs = startMs + (batch.sizeBytes / this.#bytesPerSecond) * 1000;
    }
    this.#send(batch.octets);
    this.#schedule();
    this.#wake();
  }

  #send(octets: Buffer[]): void {
    if (this.#socket.destroyed || !this.#socket.writable) return;
    this.#socket.cork();
    for (const piece of octets) this.#socket.write(piece);
    this.#socket.uncork();
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
