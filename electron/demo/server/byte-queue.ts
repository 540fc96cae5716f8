/** Octets that came in and were not read yet. Each octet is looked at once, however the network cut them. */

/** Beyond this the socket is paused; below half of it, resumed. */
const FULL_BYTES = 1 << 20;

export class LineTooLong extends Error {}

export class ByteQueue {
  #chunks: Buffer[] = [];
  #head = 0;
  #offset = 0;
  #sizeBytes = 0;
  #ended = false;
  #wake: (() => void) | null = null;
  #onWait: () => void;
  #onFull: (full: boolean) => void;
  #full = false;

  /**
   * @param onWait called before waiting for more: the moment to send what is ready
   * @param onFull true when the sender should be slowed down, false when it may go on
   */
  constructor(onWait: () => void, onFull: (full: boolean) => void) {
    this.#onWait = onWait;
    this.#onFull = onFull;
  }

  push(chunk: Buffer): void {
    if (this.#ended || chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#sizeBytes += chunk.length;
    if (!this.#full && this.#sizeBytes > FULL_BYTES) this.#setFull(true);
    this.#wakeUp();
  }

  /** Nothing more will come; readers get null once the rest is used up. */
  end(): void {
    this.#ended = true;
    this.#wakeUp();
  }

  /** Forget what is buffered: needed before TLS starts, else plain text smuggled in would be taken (RFC 3501 §6.2.1). */
  clear(): void {
    this.#chunks = [];
    this.#head = this.#offset = this.#sizeBytes = 0;
    if (this.#full) this.#setFull(false);
  }

  /** One line as latin1 without its line end; null when the input ended before. @throws LineTooLong */
  async line(maxBytes: number): Promise<string | null> {
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      const chunk = this.#first() ?? (await this.#next());
      if (!chunk) return null;
      const at = chunk.indexOf(0x0a, this.#offset);
      const end = at < 0 ? chunk.length : at;
      length += end - this.#offset;
      if (length > maxBytes) throw new LineTooLong();
      pieces.push(chunk.subarray(this.#offset, end));
      this.#advance((at < 0 ? end : end + 1) - this.#offset);
      if (at < 0) continue;
      const whole = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
      return whole.toString('latin1', 0, whole.at(-1) === 0x0d ? whole.length - 1 : whole.length);
    }
  }

  /** Exactly so many octets in a buffer of their own; null when the input ended before. */
  async octets(count: number): Promise<Buffer | null> {
    const target = Buffer.allocUnsafeSlow(count);
    for (let filled = 0; filled < count;) {
      const chunk = this.#first() ?? (await this.#next());
      if (!chunk) return null;
      const take = Math.min(chunk.length - this.#offset, count - filled);
      chunk.copy(target, filled, this.#offset, this.#offset + take);
      filled += take;
      this.#advance(take);
    }
    return target;
  }

  /** Read and forget. False when the input ended before. */
  async skip(count: number): Promise<boolean> {
    for (let left = count; left > 0;) {
      const chunk = this.#first() ?? (await this.#next());
      if (!chunk) return false;
      const take = Math.min(chunk.length - this.#offset, left);
      left -= take;
      this.#advance(take);
    }
    return true;
  }

  #first(): Buffer | undefined {
    return this.#chunks[this.#head];
  }

  async #next(): Promise<Buffer | undefined> {
    while (!this.#first() && !this.#ended) {
      this.#onWait();
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#first();
  }

  #advance(count: number): void {
    this.#offset += count;
    this.#sizeBytes -= count;
    if (this.#offset === this.#first()?.length) {
      this.#head++;
      this.#offset = 0;
    }
    if (this.#head > 1024 || this.#head === this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#head);
      this.#head = 0;
    }
    if (this.#full && this.#sizeBytes < FULL_BYTES / 2) this.#setFull(false);
  }

  #setFull(full: boolean): void {
    this.#full = full;
    this.#onFull(full);
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }
}
