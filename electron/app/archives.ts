/** Archives that the user has opened or made: where they are, what is in them. */
import fs from 'node:fs';
import path from 'node:path';
import type { KnownArchive } from '../../shared/app.ts';
import { ArchiveBrowser, type Archive, type Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import type { Book, StoredArchive } from './document.ts';
import { archiveIdOf } from './names.ts';

export interface ArchivesParts {
  engine: Engine;
  book: Book;
  /** Where the index of an archive goes that may not be written to. */
  indexFolder: string;
}

export class Archives {
  readonly #parts: ArchivesParts;
  /** Open readers; dropped when a job has changed the archive. */
  readonly #browsers = new Map<string, Promise<ArchiveBrowser>>();

  constructor(parts: ArchivesParts) {
    this.#parts = parts;
  }

  list(): KnownArchive[] {
    return this.#parts.book.document.archives.map((stored) => ({ ...stored, state: stateOf(stored.folder) }));
  }

  /** @throws EngineError 'usage' */
  get(id: string): StoredArchive {
    const stored = this.#parts.book.archive(id);
    if (!stored) throw new EngineError('usage', 'This archive is no longer on the list. Open it again.');
    return stored;
  }

  /** @throws EngineError what is wrong with the folder, as openArchive says it */
  async open(folder: string, demo = false): Promise<string> {
    const place = path.resolve(folder);
    const archive = await this.#parts.engine.openArchive(place);
    try {
      return this.#note(place, archive, demo);
    } finally {
      await archive.close();
    }
  }

  /** After a job wrote into it. A job that stored nothing may have left no archive. */
  async refresh(folder: string, demo: boolean): Promise<string | null> {
    await this.release(archiveIdOf(folder));
    try {
      return await this.open(folder, demo);
    } catch (error) {
      if (isEngineError(error, 'archive-missing')) return null;
      throw error;
    }
  }

  verified(id: string, at: string): void {
    const stored = this.get(id);
    this.#parts.book.change(() => {
      stored.verifiedAt = at;
    });
  }

  async forget(id: string): Promise<void> {
    await this.release(id);
    this.#parts.book.change((d) => {
      d.archives = d.archives.filter((a) => a.id !== id);
      for (const account of d.accounts) if (account.archiveId === id) account.archiveId = null;
    });
  }

  async openReader(id: string): Promise<Archive> {
    return this.#parts.engine.openArchive(this.get(id).folder);
  }

  browser(id: string): Promise<ArchiveBrowser> {
    const { folder } = this.get(id);
    const open = this.#browsers.get(id) ?? this.#parts.engine.browse(folder, path.join(this.#parts.indexFolder, id));
    this.#browsers.set(id, open);
    open.catch(() => this.#browsers.delete(id));
    return open;
  }

  /** Nothing of it stays open: its disk can be unplugged, its folder moved. */
  async release(id: string): Promise<void> {
    const open = this.#browsers.get(id);
    this.#browsers.delete(id);
    await open?.then((browser) => browser.close()).catch(() => undefined);
  }

  async close(): Promise<void> {
    for (const id of [...this.#browsers.keys()]) await this.release(id);
  }

  #note(folder: string, archive: Archive, demo: boolean): string {
    const id = archiveIdOf(folder);
    const mailboxes = archive.mailboxes();
    const years = archive.years();
    const facts = {
      account: archive.manifest.account,
      layout: archive.manifest.layout,
      messages: mailboxes.reduce((sum, m) => sum + m.messages, 0),
      sizeBytes: mailboxes.reduce((sum, m) => sum + (m.sizeBytes ?? 0), 0),
      firstYear: years?.first ?? null,
      lastYear: years?.last ?? null,
    };
    this.#parts.book.change((d) => {
      const known = d.archives.find((a) => a.id === id);
      if (known) Object.assign(known, facts);
      else d.archives.push({ id, folder, name: path.basename(folder), ...facts, verifiedAt: null, demo });
    });
    return id;
  }
}

function stateOf(folder: string): KnownArchive['state'] {
  try {
    fs.accessSync(path.join(folder, 'mailferry.json'), fs.constants.R_OK);
    return 'present';
  } catch {
    return 'missing';
  }
}
