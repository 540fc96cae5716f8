/** The file under a ledger: sealed lines, appended, durable in groups. Made at the first record, not before. */
import path from 'node:path';
import { takeLock } from '../../archive/lock.ts';
import { AppendFile } from '../../fs/append-file.ts';
import { makeFolder, renameFile, statOrNull, syncFolder } from '../../fs/durable.ts';
import { readSealedLines, sealObject } from '../../fs/sealed-lines.ts';
import type { LedgerRecord } from './records.ts';

export class LedgerFile {
  readonly path: string;
  /** By an earlier run; null: there was none. */
  readonly lastWritten: Date | null;
  #file: AppendFile | null = null;
  #lock: { release(): void } | null = null;
  /** Where the last whole line ends; a torn tail is cut at the first write. */
  #end = 0;
  #written = 0;
  #synced = 0;
  #running: Promise<void> | null = null;

  constructor(file: string, now: Date) {
    this.path = file;
    makeFolder(path.dirname(file));
    this.#lock = takeLock(`${file}.lock`, now);
    this.lastWritten = statOrNull(file)?.mtime ?? null;
  }

  /**
   * Records in the order written. A damaged line in the middle makes the whole file worthless, since a message it
   * named could be sent twice: it is set aside, and messages are found again at the target by their octets.
   *
   * @returns null when the file was set aside
   */
  read(): LedgerRecord[] | null {
    const records: LedgerRecord[] = [];
    let torn = false;
    for (const line of readSealedLines(this.path)) {
      if (torn) return this.#setAside();
      if (line.text === null) {
        torn = true;
        continue;
      }
      records.push(JSON.parse(line.text) as LedgerRecord);
      this.#end = line.end;
    }
    return records;
  }

  /** Written, not durable: for records that a later durable one will carry. */
  write(record: LedgerRecord): void {
    this.#open().write(Buffer.from(sealObject(record)));
    this.#written++;
  }

  /** Resolves once the record and every one before it are durable. Callers at the same time share one fsync. */
  async append(record: LedgerRecord): Promise<void> {
    this.write(record);
    const mine = this.#written;
    while (this.#synced < mine) {
      this.#running ??= this.#sync();
      await this.#running;
    }
  }

  /** However it ends, the lock is given back: another job of this process may go on with the ledger. */
  async close(): Promise<void> {
    try {
      while (this.#file && this.#synced < this.#written) {
        this.#running ??= this.#sync();
        await this.#running;
      }
    } finally {
      this.#file?.close();
      this.#file = null;
      this.#lock?.release();
      this.#lock = null;
    }
  }

  async #sync(): Promise<void> {
    const upTo = this.#written;
    try {
      await this.#open().sync();
      this.#synced = upTo;
    } finally {
      this.#running = null;
    }
  }

  #open(): AppendFile {
    if (this.#file) return this.#file;
    const file = new AppendFile(this.path);
    if (file.end > this.#end) file.truncate(this.#end);
    if (file.made) syncFolder(path.dirname(this.path));
    return (this.#file = file);
  }

  #setAside(): null {
    let n = 1;
    while (statOrNull(`${this.path}.damaged-${n}`)) n++;
    renameFile(this.path, `${this.path}.damaged-${n}`);
    this.#end = 0;
    return null;
  }
}
