import fs from 'node:fs';
import { toEngineError } from '../errors.ts';
import { openForWrite, syncFile, syncFileNow, truncateFile, writeFully } from './durable.ts';

const BUFFER_BYTES = 64 * 1024;
/** From here on a copy costs more than the system call that it saves. */
const DIRECT_BYTES = 32 * 1024;

/**
 * A file that only grows. Small pieces are collected in a buffer of 64 KiB; nothing is durable before `sync`.
 * When a write fails (a full disk, say) the file is cut back to where it ended before.
 */
export class AppendFile {
  readonly path: string;
  /** True when opening made the file: its folder has to be synced too. */
  readonly made: boolean;
  readonly #fd: number;
  /** Octets in the file, the buffer not counted. */
  #written: number;
  #buffer: Buffer | null = null;
  #buffered = 0;
  #unsynced = false;

  constructor(path: string) {
    this.path = path;
    const { fd, made } = openForWrite(path);
    this.#fd = fd;
    this.made = made;
    try {
      this.#written = fs.fstatSync(fd).size;
    } catch (error) {
      fs.closeSync(fd);
      throw toEngineError(error, path);
    }
  }

  /** Where the next octet goes, buffered octets counted. */
  get end(): number {
    return this.#written + this.#buffered;
  }

  get unsynced(): boolean {
    return this.#unsynced;
  }

  /** Collect small pieces (they are copied); large ones go to the operating system as they are. */
  write(octets: Buffer): void {
    if (octets.length >= DIRECT_BYTES) {
      this.drain();
      this.#append(octets);
      return;
    }
    if (this.#buffered + octets.length > BUFFER_BYTES) this.drain();
    this.#buffer ??= Buffer.allocUnsafeSlow(BUFFER_BYTES);
    octets.copy(this.#buffer, this.#buffered);
    this.#buffered += octets.length;
  }

  /** Hand what is collected to the operating system. */
  drain(): void {
    if (this.#buffered === 0 || !this.#buffer) return;
    const piece = this.#buffer.subarray(0, this.#buffered);
    this.#buffered = 0;
    this.#append(piece);
  }

  /** Let go of the buffer until it is needed again: idle files must not keep a mebibyte each. */
  shrink(): void {
    if (this.#buffered === 0) this.#buffer = null;
  }

  #append(octets: Buffer): void {
    const before = this.#written;
    this.#unsynced = true;
    try {
      writeFully(this.#fd, this.path, octets, before);
    } catch (error) {
      this.#cutBack(before);
      throw error;
    }
    this.#written += octets.length;
  }

  /** Best effort: the caller reports the first error, and recovery cuts what stays behind. */
  #cutBack(sizeBytes: number): void {
    try {
      fs.ftruncateSync(this.#fd, sizeBytes);
    } catch {
      // The disk is in trouble already; the unlisted tail is cut when the archive is opened again.
    }
  }

  async sync(): Promise<void> {
    this.drain();
    if (!this.#unsynced) return;
    this.#unsynced = false;
    try {
      await syncFile(this.#fd, this.path);
    } catch (error) {
      this.#unsynced = true;
      throw error;
    }
  }

  syncNow(): void {
    this.drain();
    if (this.#unsynced) syncFileNow(this.#fd, this.path);
    this.#unsynced = false;
  }

  /** Forget octets from `sizeBytes` on, buffered ones too. */
  truncate(sizeBytes: number): void {
    if (sizeBytes >= this.#written) {
      this.#buffered = Math.min(this.#buffered, sizeBytes - this.#written);
      return;
    }
    this.#buffered = 0;
    truncateFile(this.#fd, this.path, sizeBytes);
    this.#written = sizeBytes;
    this.#unsynced = true;
  }

  close(): void {
    fs.closeSync(this.#fd);
  }
}
