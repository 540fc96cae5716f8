/** What a window asks of an archive: folders, pages of lists, hits. Lives in a thread of its own, see browse-worker.ts. */
import { hash } from 'node:crypto';
import type { ArchiveFolder, MessagePage, MessageQuery, MessageRow } from '../../../shared/browse.ts';
import type { MessageRef } from '../../../shared/job-request.ts';
import type { CatalogHome } from '../archive/catalog-open.ts';
import { journalState } from '../archive/recover.ts';
import { archivePaths } from '../archive/layout.ts';
import { MailReader } from '../archive/mail-reader.ts';
import { readManifest } from '../archive/manifest.ts';
import { EngineError } from '../errors.ts';
import { silentLog } from '../ports.ts';
import { Columns } from './columns.ts';
import { folderList } from './folder-list.ts';
import { addBodies, addHeads, tidyWords, type BuildHooks } from './index-build.ts';
import type { IndexDb } from './index-db.ts';
import { openFreshIndex, tryLock } from './index-open.ts';
import { indexPlace, type IndexPlace } from './index-schema.ts';
import { ListOrders } from './list-orders.ts';
import { MailDoor } from './mail-door.ts';
import { RowReader } from './row-reader.ts';
import { selectPositions, type Selection } from './select-positions.ts';
import { readTerms } from './search-words.ts';
import { readStored, type StoredEntry } from './stored-entry.ts';
import { TextSearch } from './text-search.ts';

const MAX_SELECTIONS = 16;
const LOCK_WAIT_MS = 500;

export class ArchiveView {
  readonly #home: CatalogHome;
  readonly #place: IndexPlace;
  readonly #index: IndexDb;
  readonly #columns: Columns;
  readonly #orders: ListOrders;
  readonly #search: TextSearch;
  readonly #door: MailDoor;
  readonly #rows: RowReader;
  readonly #folders: Map<number, string>;
  readonly #selections = new Map<string, Selection>();
  #bodies: number;
  #isClosed = false;

  private constructor(home: CatalogHome, place: IndexPlace, index: IndexDb) {
    this.#home = home;
    this.#place = place;
    this.#index = index;
    this.#columns = Columns.load(index);
    this.#orders = new ListOrders(this.#columns, index);
    this.#search = new TextSearch(this.#columns, index);
    this.#door = new MailDoor(index, home.reader);
    this.#rows = new RowReader(this.#columns, index, this.#door);
    const folders = index.statement('SELECT id, path FROM folder').all() as [number, string][];
    this.#folders = new Map(folders);
    this.#bodies = index.count('body');
    this.#orders.get('newest');
  }

  /**
   * Takes no lock of the archive and works while a backup writes to it: it shows what was there when it was opened.
   *
   * @param indexFolder for the index of an archive that may not be written to
   * @throws EngineError as openArchive does
   */
  static async open(folder: string, indexFolder: string): Promise<ArchiveView> {
    const paths = archivePaths(folder);
    const manifest = readManifest(paths);
    journalState(paths, manifest);
    const home: CatalogHome = { paths, manifest, reader: new MailReader(paths), log: silentLog };
    const place = indexPlace(paths, indexFolder);
    try {
      return new ArchiveView(home, place, await openFreshIndex(home, place));
    } catch (error) {
      home.reader.close();
      throw error;
    }
  }

  folders(): ArchiveFolder[] {
    return folderList(this.#index, this.#columns);
  }

  messages(query: MessageQuery, offset: number, limit: number): MessagePage {
    const startMs = performance.now();
    const { positions, perFolder } = this.#select(query);
    const page = positions.subarray(offset, offset + limit);
    return {
      total: positions.length,
      offset,
      rows: this.#rows.read(page, query.text),
      perMailbox: perFolder && this.#byPath(perFolder),
      elapsedMs: Math.round((performance.now() - startMs) * 10) / 10,
      unindexed: this.#columns.size - this.#bodies,
    };
  }

  /** Those that are there, in the order asked for. */
  rows(refs: MessageRef[]): MessageRow[] {
    const positions = refs.map((ref) => this.#columns.position(this.#idOf(ref) ?? -1)).filter((at) => at >= 0);
    return this.#rows.read(positions, '');
  }

  /** @throws EngineError 'message-vanished' */
  stored(ref: MessageRef): StoredEntry {
    return readStored(this.#index, this.#require(ref));
  }

  /** @throws EngineError 'message-vanished', 'message-unreadable' (damaged) */
  readRaw(ref: MessageRef): Buffer {
    const id = this.#require(ref);
    const { fingerprint } = readStored(this.#index, id);
    const raw = Buffer.concat([...copies(this.#door.chunks(id))]);
    if (hash('sha256', raw, 'hex') === fingerprint) return raw;
    throw new EngineError(
      'message-unreadable',
      `Message ${ref.uid} of ${ref.mailbox} is damaged: its octets are not the ones that were stored. Verify the archive.`,
      { scope: 'message' },
    );
  }

  /** Index what is not indexed yet. @returns false when it was stopped */
  async buildIndex(hooks: BuildHooks): Promise<boolean> {
    const total = this.#columns.size;
    if (this.#index.count('sortKey') === total && this.#bodies === total) {
      hooks.progress(total, total);
      return true;
    }
    let lock = tryLock(this.#place.lock);
    for (; !lock; lock = tryLock(this.#place.lock)) {
      if (!(await hooks.breathe())) return false;
      await new Promise((resolve) => setTimeout(resolve, LOCK_WAIT_MS));
    }
    try {
      return await this.#build(this.#ownHooks(hooks));
    } finally {
      lock.release();
    }
  }

  async #build(hooks: BuildHooks): Promise<boolean> {
    if (!(await addHeads(this.#index, hooks))) return false;
    // What was selected while a part was missing is not kept.
    this.#forget();
    this.#bodies = this.#index.count('body');
    const done = await addBodies(this.#index, this.#door, hooks);
    this.#forget();
    if (done) await tidyWords(this.#index, hooks.breathe);
    return done;
  }

  #ownHooks(hooks: BuildHooks): BuildHooks {
    let selectionsAt = 0;
    return {
      ...hooks,
      headsAdded: () => {
        hooks.headsAdded();
        this.#forget();
      },
      bodyAdded: (id, attachments) => {
        hooks.bodyAdded(id, attachments);
        this.#bodies++;
        this.#columns.setAttachments(id, attachments);
        // Pages of one list must not contradict each other too often.
        if (performance.now() - selectionsAt < 1000) return;
        selectionsAt = performance.now();
        this.#search.forget();
        this.#selections.clear();
      },
    };
  }

  /** Something that a later question will need. @returns false when there is nothing more to prepare */
  prepareNext(): boolean {
    // Names and subjects change their order while headers are added.
    return !this.#isClosed && this.#index.count('sortKey') === this.#columns.size && this.#orders.prepareNext();
  }

  /** May be called again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#index.close();
    this.#home.reader.close();
  }

  #forget(): void {
    this.#search.forget();
    this.#selections.clear();
    this.#orders.forgetTexts();
  }

  #select(query: MessageQuery): Selection {
    const key = JSON.stringify(query);
    let found = this.#selections.get(key);
    if (found) this.#selections.delete(key);
    else found = this.#makeSelection(query);
    this.#selections.set(key, found);
    if (this.#selections.size > MAX_SELECTIONS) this.#selections.delete(this.#selections.keys().next().value!);
    return found;
  }

  #makeSelection(query: MessageQuery): Selection {
    const terms = readTerms(query.text);
    const hits = terms.length > 0 ? this.#search.find(terms, query.field) : null;
    const folder = query.mailbox === null ? null : this.#folderId(query.mailbox);
    const order = this.#orders.get(query.sort === 'relevance' ? 'newest' : query.sort);
    return selectPositions(this.#columns, order, query, folder, hits);
  }

  #folderId(path: string): number {
    for (const [id, name] of this.#folders) if (name === path) return id;
    throw new EngineError('mailbox-missing', `The archive has no folder ${path}.`, { scope: 'mailbox' });
  }

  #byPath(perFolder: Map<number, number>): Record<string, number> {
    // A path can be `__proto__`.
    const counts = Object.create(null) as Record<string, number>;
    for (const [id, count] of perFolder) counts[this.#folders.get(id) ?? ''] = count;
    return counts;
  }

  #require(ref: MessageRef): number {
    const id = this.#idOf(ref);
    if (id !== null) return id;
    throw new EngineError('message-vanished', `${ref.mailbox} has no message ${ref.uid} in this archive.`, {
      scope: 'message',
    });
  }

  #idOf({ mailbox, uidValidity, uid }: MessageRef): number | null {
    const sql = `SELECT e.id FROM folder f JOIN entry e ON e.mailbox = f.id
      WHERE f.path = ? AND e.uidValidity = ? AND e.uid = ?`;
    return (this.#index.statement(sql).get(mailbox, uidValidity, uid)?.[0] as number | undefined) ?? null;
  }
}

function* copies(chunks: Iterable<Buffer>): Generator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
