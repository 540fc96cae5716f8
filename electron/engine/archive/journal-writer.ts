import path from 'node:path';
import { AppendFile } from '../fs/append-file.ts';
import { statOrNull, syncFolder } from '../fs/durable.ts';
import { sealLine } from './journal-line.ts';
import { segmentFile } from './journal-reader.ts';
import type { JournalPosition } from './records.ts';

/** A segment takes no more lines once it is this long. */
const SEGMENT_BYTES = 16 * 1024 * 1024;

/** Appends sealed lines to the last segment. The caller has made sure that what a line promises is on disk. */
export class JournalWriter {
  readonly #folder: string;
  readonly #archive: string;
  readonly #segmentBytes: number;
  #segment: number;
  #file: AppendFile | null = null;
  #folderUnsynced = false;
  #lastCrc = '';

  constructor(folder: string, archive: string, last: number, segmentBytes = SEGMENT_BYTES) {
    this.#folder = folder;
    this.#archive = archive;
    this.#segment = Math.max(1, last);
    this.#segmentBytes = segmentBytes;
  }

  get position(): JournalPosition {
    return { segment: this.#segment, offset: this.#open().end };
  }

  /** Of the line written last. */
  get lastCrc(): string {
    return this.#lastCrc;
  }

  /** @param lines as `sealLine` makes them, joined */
  append(lines: string): void {
    const file = this.#open();
    if (file.end >= this.#segmentBytes) this.#rotate(file);
    this.#open().write(Buffer.from(lines));
    this.#lastCrc = lines.slice(-11, -3);
  }

  async sync(): Promise<void> {
    await this.#file?.sync();
    this.#syncFolder();
  }

  syncNow(): void {
    this.#file?.syncNow();
    this.#syncFolder();
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #open(): AppendFile {
    if (this.#file) return this.#file;
    const file = new AppendFile(segmentFile(this.#folder, this.#segment));
    this.#file = file;
    this.#folderUnsynced ||= file.made;
    // A crash may have left the file without its first line.
    if (file.end === 0) this.#writeHead(file, this.#previousBytes());
    return file;
  }

  /** The old segment is whole and durable before the new one exists: only the last can be torn. */
  #rotate(old: AppendFile): void {
    old.syncNow();
    const previousBytes = old.end;
    old.close();
    this.#segment++;
    this.#file = new AppendFile(segmentFile(this.#folder, this.#segment));
    this.#folderUnsynced = true;
    if (this.#file.end === 0) this.#writeHead(this.#file, previousBytes);
  }

  #previousBytes(): number {
    return statOrNull(segmentFile(this.#folder, this.#segment - 1))?.size ?? 0;
  }

  #writeHead(file: AppendFile, previousBytes: number): void {
    const record = { type: 'segment', number: this.#segment, archive: this.#archive, previousBytes } as const;
    file.write(Buffer.from(sealLine(record)));
  }

  #syncFolder(): void {
    if (!this.#folderUnsynced) return;
    syncFolder(path.resolve(this.#folder));
    this.#folderUnsynced = false;
  }
}
