import fs from 'node:fs';
import path from 'node:path';
import { AppendFile } from '../fs/append-file.ts';
import type { CatalogMailbox } from './catalog.ts';
import { archiveError } from './manifest.ts';
import type { WriteCore } from './write-core.ts';

const LF = 0x0a;

/**
 * One mailbox's mbox file, open for appending. Several writers take turns: for a batch of whole messages, or for as
 * long as one large message takes to arrive.
 */
export class MboxFile {
  readonly file: AppendFile;
  #taken = false;
  #closed = false;
  /** Under way in other threads: until they end the file must stay open. */
  #syncs = 0;
  readonly #queue: (() => void)[] = [];
  #changed: Promise<void> | null = null;
  #tellChanged: (() => void) | null = null;

  constructor(target: string, mailbox: CatalogMailbox, core: WriteCore) {
    this.file = new AppendFile(target);
    if (this.file.made) core.commit.touchedFolder(path.dirname(target));
    try {
      this.#keepForeignTail(mailbox, core);
    } catch (error) {
      this.file.close();
      throw error;
    }
  }

  get idle(): boolean {
    return !this.#taken && this.#queue.length === 0 && !this.file.unsynced && this.#syncs === 0;
  }

  async sync(): Promise<void> {
    // Closed means replaced or given up; neither has anything left to sync.
    if (this.#closed) return;
    this.#syncs++;
    try {
      await this.file.sync();
    } finally {
      this.#syncs--;
    }
  }

  /** Run `turn` when the file is free, at once if it is now; it owns the file until it calls `release`. */
  acquire(turn: () => void): void {
    if (this.#taken) {
      this.#queue.push(turn);
      return;
    }
    this.#taken = true;
    turn();
  }

  /**
   * Whoever waits looks again at every change of hands, not only when nobody has the file: the one that waits may be the
   * very one that has it next, and would otherwise wait for itself.
   */
  release(): void {
    const tell = this.#tellChanged;
    this.#changed = null;
    this.#tellChanged = null;
    const next = this.#queue.shift();
    if (next) next();
    else this.#taken = false;
    tell?.();
  }

  /** Resolves when the file changes hands; null when nobody has it. */
  whenReleased(): Promise<void> | null {
    if (!this.#taken) return null;
    this.#changed ??= new Promise((resolve) => {
      this.#tellChanged = resolve;
    });
    return this.#changed;
  }

  close(): void {
    if (!this.#closed) this.file.close();
    this.#closed = true;
  }

  /**
   * Octets after our last message that are not ours (another program wrote to the file): they stay, and the journal
   * says so before anything follows them, so that recovery never takes them for a torn tail.
   *
   * @throws EngineError 'archive-damaged' when octets of ours are missing at the end
   */
  #keepForeignTail(mailbox: CatalogMailbox, core: WriteCore): void {
    const { endBytes, record } = mailbox;
    const sizeBytes = this.file.end;
    if (sizeBytes < endBytes) {
      throw archiveError(
        'archive-damaged',
        `${this.file.path} is ${endBytes - sizeBytes} octets shorter than recorded. Run mailferry repair on the archive.`,
      );
    }
    if (sizeBytes === endBytes) return;
    core.recordNow({ type: 'gap', mailbox: record.id, offset: endBytes, length: sizeBytes - endBytes });
    if (lastOctet(this.file.path, sizeBytes) === LF) return;
    this.file.write(Buffer.from('\n\n'));
    this.file.syncNow();
    core.recordNow({ type: 'gap', mailbox: record.id, offset: sizeBytes, length: 2 });
  }
}

function lastOctet(file: string, sizeBytes: number): number {
  const fd = fs.openSync(file, 'r');
  try {
    const octet = Buffer.alloc(1);
    fs.readSync(fd, octet, 0, 1, sizeBytes - 1);
    return octet[0]!;
  } finally {
    fs.closeSync(fd);
  }
}
