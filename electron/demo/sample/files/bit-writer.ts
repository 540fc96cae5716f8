/** Bits into octets, highest first; an octet 255 is followed by 0, as JPEG wants it (ITU-T T.81 §F.1.2.3). */
export class BitWriter {
  #octets: Buffer;
  #length = 0;
  #pending = 0;
  #count = 0;

  /** @param expectedBytes a guess; more room is made when needed */
  constructor(expectedBytes: number) {
    this.#octets = Buffer.allocUnsafe(Math.max(1024, expectedBytes));
  }

  /** @param count at most 24 */
  write(value: number, count: number): void {
    this.#pending = (this.#pending << count) | value;
    this.#count += count;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#push((this.#pending >>> this.#count) & 255);
    }
    this.#pending &= (1 << this.#count) - 1;
  }

  /** The last octet is filled up with ones. */
  finish(): Buffer {
    if (this.#count > 0) this.write((1 << (8 - this.#count)) - 1, 8 - this.#count);
    return this.#octets.subarray(0, this.#length);
  }

  #push(octet: number): void {
    if (this.#length + 2 > this.#octets.length) {
      const larger = Buffer.allocUnsafe(this.#octets.length * 2);
      this.#octets.copy(larger, 0, 0, this.#length);
      this.#octets = larger;
    }
    this.#octets[this.#length++] = octet;
    if (octet === 255) this.#octets[this.#length++] = 0;
  }
}
