/** Reading archives for a window: lists, search, one message, and saving what is in it. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { ArchiveFolder, ArchiveHit, ArchiveHits, IndexState } from '../../shared/browse.ts';
import type { MessagePage, MessageQuery, MessageSource, MessageView } from '../../shared/browse.ts';
import type { MessageRef } from '../../shared/job-request.ts';
import { emlFileName, readAttachment, viewMessage, type ArchiveBrowser } from '../engine/engine.ts';
import { EngineError, isEngineError, toEngineError } from '../engine/errors.ts';
import type { Clock } from '../engine/ports.ts';
import type { AppPorts } from './app.ts';
import type { Archives } from './archives.ts';
import type { ContentShelf } from './content.ts';
import type { Book } from './document.ts';
import { follow, Signal } from './follow.ts';
import type { Host } from './host.ts';
import { languageOf } from './notices.ts';

export interface Saved {
  /** Where it is; null: not saved by us. */
  saved: string | null;
  /** Where the browser can download it. */
  url: string | null;
}

export interface MessageWish {
  id: string;
  ref: MessageRef;
  search: string;
  remotePictures: boolean;
  dark: boolean;
}

export interface MailDeskParts {
  archives: Archives;
  book: Book;
  host: Host;
  shelf: ContentShelf;
  clock: Clock;
  /** Attachments that were opened; emptied at the start and at the end. */
  openedFolder: string;
  ports: AppPorts;
}

const MAX_SOURCE_BYTES = 1024 * 1024;

interface Indexing {
  state: IndexState;
  signal: Signal;
  abort: AbortController;
}

export class MailDesk {
  readonly #parts: MailDeskParts;
  readonly #indexing = new Map<string, Indexing>();

  constructor(parts: MailDeskParts) {
    this.#parts = parts;
    fs.rmSync(parts.openedFolder, { recursive: true, force: true });
  }

  async folders(id: string): Promise<ArchiveFolder[]> {
    return (await this.#browser(id)).folders();
  }

  async messages(input: { id: string; query: MessageQuery; offset: number; limit: number }): Promise<MessagePage> {
    return (await this.#browser(input.id)).messages(input.query, input.offset, input.limit);
  }

  async message({ id, ref, ...options }: MessageWish): Promise<MessageView> {
    const browser = await this.#browser(id);
    const stored = await browser.stored(ref);
    const language = languageOf(this.#parts.book.document.settings, this.#parts.ports.systemLanguage);
    const { linkBase } = this.#parts.host;
    const { view, page } = await viewMessage(await browser.readRaw(ref), { ...options, language, linkBase });
    const { flags, internalDate, sizeBytes, fingerprint, missingOnSource } = stored;
    const has = (flag: string) => flags.includes(flag);
    const htmlUrl = page
      ? this.#parts.shelf.offer(() => ({ status: 200, headers: page.headers, body: Buffer.from(page.html, 'utf8') }))
      : null;
    return {
      ...view,
      ...ref,
      internalDate,
      sizeBytes,
      unread: !has('\\Seen'),
      flagged: has('\\Flagged'),
      answered: has('\\Answered'),
      keywords: flags.filter((flag) => !flag.startsWith('\\')),
      fingerprint,
      missingOnSource,
      htmlUrl,
    };
  }

  async source(id: string, ref: MessageRef): Promise<MessageSource> {
    const raw = await (await this.#browser(id)).readRaw(ref);
    const shown = raw.subarray(0, MAX_SOURCE_BYTES);
    return { text: asText(shown), sizeBytes: raw.length, truncated: shown.length < raw.length };
  }

  async saveMessage(id: string, ref: MessageRef): Promise<Saved> {
    const browser = await this.#browser(id);
    const { subject, sentDate, internalDate } = await browser.stored(ref);
    const name = emlFileName({ subject, date: sentDate || internalDate });
    return this.save(name, 'message/rfc822', async () => browser.readRaw(ref));
  }

  async saveAttachment(id: string, ref: MessageRef, index: number): Promise<Saved> {
    const { name, mimeType, content } = await readAttachment(await (await this.#browser(id)).readRaw(ref), index);
    return this.save(name, mimeType, async () => content);
  }

  async openAttachment(id: string, ref: MessageRef, index: number): Promise<void> {
    const { host, openedFolder } = this.#parts;
    const { name, content } = await readAttachment(await (await this.#browser(id)).readRaw(ref), index);
    // A folder of its own: the name is the one the user saw, and never meets another.
    const folder = path.join(openedFolder, randomUUID());
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, name);
    fs.writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
    await host.openPath(file);
  }

  /** With the host's dialog, or as a download. */
  async save(fileName: string, mimeType: string, read: () => Promise<Uint8Array>): Promise<Saved> {
    const { host, shelf } = this.#parts;
    if (!host.hasDialogs) return { saved: null, url: shelf.download(fileName, mimeType, read) };
    const file = await host.chooseSave(fileName);
    if (file === null) return { saved: null, url: null };
    try {
      fs.writeFileSync(file, await read(), { mode: 0o600 });
    } catch (error) {
      throw toEngineError(error, file);
    }
    return { saved: file, url: null };
  }

  async *index(id: string, signal?: AbortSignal): AsyncGenerator<IndexState, void, void> {
    const indexing = this.#indexing.get(id) ?? this.#startIndexing(id);
    yield* follow(
      {
        read: () => indexing.state,
        subscribe: (listener) => indexing.signal.subscribe(listener),
        ended: () => indexing.state.state !== 'building',
      },
      this.#parts.clock,
      250,
      signal,
    );
  }

  /** What cannot be searched is named and does not keep the rest from being found. */
  async searchAll(text: string, limit: number): Promise<ArchiveHits> {
    const startMs = this.#parts.clock.now();
    const query: MessageQuery = {
      ...{ mailbox: null, text, field: 'everywhere', unread: false, flagged: false, attachment: false },
      ...{ after: null, before: null, sort: 'newest' },
    };
    const hits: ArchiveHit[] = [];
    const notSearched: string[] = [];
    let total = 0;
    for (const { id, name } of this.#parts.archives.list()) {
      try {
        const browser = await this.#browser(id);
        const page = await browser.messages(query, 0, limit);
        total += page.total;
        if (page.rows.length === 0) continue;
        const folders = new Map((await browser.folders()).map((folder) => [folder.path, folder.delimiter]));
        for (const row of page.rows) {
          hits.push({ ...row, archiveId: id, archiveName: name, delimiter: folders.get(row.mailbox) ?? null });
        }
      } catch (error) {
        if (!isEngineError(error)) throw error;
        notSearched.push(name);
      }
    }
    hits.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
    return { hits: hits.slice(0, limit), total, elapsedMs: this.#parts.clock.now() - startMs, notSearched };
  }

  /** A job has written into it: what is open is of yesterday, and new messages are to be indexed. */
  async archiveChanged(id: string): Promise<void> {
    this.#indexing.get(id)?.abort.abort();
    this.#indexing.delete(id);
    await this.#parts.archives.release(id);
  }

  async close(): Promise<void> {
    for (const { abort } of this.#indexing.values()) abort.abort();
    this.#indexing.clear();
    fs.rmSync(this.#parts.openedFolder, { recursive: true, force: true });
  }

  #browser(id: string): Promise<ArchiveBrowser> {
    return this.#parts.archives.browser(id);
  }

  #startIndexing(id: string): Indexing {
    const indexing: Indexing = {
      state: { state: 'building', indexed: 0, total: 0 },
      signal: new Signal(),
      abort: new AbortController(),
    };
    this.#indexing.set(id, indexing);
    const set = (state: IndexState) => {
      indexing.state = state;
      indexing.signal.emit();
    };
    const run = async () => {
      const browser = await this.#browser(id);
      await browser.buildIndex((indexed, total) => set({ state: 'building', indexed, total }), indexing.abort.signal);
      set({ ...indexing.state, state: 'ready' });
    };
    run().catch((error: unknown) => {
      this.#indexing.delete(id);
      if (!indexing.abort.signal.aborted) {
        this.#parts.ports.log.warn('index-failed', {
          error: error instanceof EngineError ? error.code : String(error),
        });
      }
      set({ ...indexing.state, state: 'failed' });
    });
    return indexing;
  }
}

/** Header and body as they are; octets that are not UTF-8 are shown as Latin-1. */
function asText(octets: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return octets.toString('latin1');
  }
}
