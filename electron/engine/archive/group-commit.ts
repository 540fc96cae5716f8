/**
 * Makes what was written durable, in one order and many at a time:
 * mail octets → fsync → journal lines → fsync → catalog → settle → (now and then) checkpoint.
 * While a commit waits for the disk, receiving goes on.
 */
import { toEngineError, type EngineError } from '../errors.ts';
import { syncFolder } from '../fs/durable.ts';
import type { Envelope } from '../message/header.ts';
import type { Clock } from '../ports.ts';
import type { Settle } from '../sink.ts';
import type { Catalog } from './catalog.ts';
import { applyRecord } from './catalog-apply.ts';
import { sealLine } from './journal-line.ts';
import type { JournalWriter } from './journal-writer.ts';
import type { JournalRecord } from './records.ts';

/** Octets, messages or time after which a commit begins. */
const COMMIT_BYTES = 32 * 1024 * 1024;
const COMMIT_ENTRIES = 2048;
const COMMIT_MS = 1000;
/** Files kept open for one commit: an EML archive has one for each message. */
const COMMIT_FILES = 256;
/** Beyond this many times that, receiving waits. */
const PRESSURE = 3;
/** Octets or time after which recovery is spared re-reading what came before. */
const CHECKPOINT_BYTES = 512 * 1024 * 1024;
const CHECKPOINT_MS = 30_000;

/** Something whose octets have to reach the disk before the journal speaks of them. */
export interface Syncable {
  sync(): Promise<void>;
  /** After a failure: let go of it without syncing. */
  abandon?(): void;
}

/** A record to journal, and whom to tell. record null: only to tell, once all before it is durable. */
export interface Entry {
  record: JournalRecord | null;
  envelope: Envelope | null;
  settle: Settle | null;
  uid: number;
  outcome: 'stored' | 'duplicate';
}

export interface CommitHome {
  journal: JournalWriter;
  catalog: Catalog;
  clock: Clock;
  /** Commit the catalog and write the checkpoint. */
  checkpoint(clean: boolean): void;
  /** In the journal and in the catalog now. */
  recorded(record: JournalRecord): void;
}

export class GroupCommit {
  readonly #home: CommitHome;
  #entries: Entry[] = [];
  #bytes = 0;
  #since = 0;
  readonly #files = new Set<Syncable>();
  readonly #folders = new Set<string>();
  #running: Promise<void> | null = null;
  #failure: EngineError | null = null;
  readonly #tellFailed = new Set<() => void>();
  #sinceCheckpointBytes = 0;
  #checkpointAt: number;

  constructor(home: CommitHome) {
    this.#home = home;
    this.#checkpointAt = home.clock.now();
  }

  /** Set once something could not be written: nothing more is accepted. */
  get failure(): EngineError | null {
    return this.#failure;
  }

  fail(error: unknown): void {
    this.#failure ??= toEngineError(error);
    for (const tell of this.#tellFailed) tell();
    this.#tellFailed.clear();
  }

  /** Wait for something that a failure may keep from ever happening. @throws EngineError that failure */
  async orFailure(wait: Promise<void>): Promise<void> {
    let tell: () => void = () => undefined;
    const failed = new Promise<void>((resolve) => {
      tell = resolve;
      this.#tellFailed.add(resolve);
    });
    if (!this.#failure) await Promise.race([wait, failed]);
    this.#tellFailed.delete(tell);
    if (this.#failure) throw this.#failure;
  }

  /** These octets are written, in a file told of by `touched`. */
  add(entry: Entry, bytes: number): void {
    if (this.#entries.length === 0) this.#since = this.#home.clock.now();
    this.#entries.push(entry);
    this.#bytes += bytes;
  }

  touched(file: Syncable): void {
    this.#files.add(file);
  }

  /** A name in this folder is new or gone. */
  touchedFolder(folder: string): void {
    this.#folders.add(folder);
  }

  /** Begin a commit when one is due. Called after each message. */
  poll(): void {
    if (!this.#running && !this.#failure && this.#due()) void this.#start();
  }

  pressure(): Promise<void> | null {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#load() < PRESSURE) return null;
    return this.orFailure(this.#running ?? this.#start());
  }

  /** Everything added so far is durable and told. @throws EngineError what kept it from being so */
  async flush(): Promise<void> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      if (this.#running) await this.#running;
      else if (this.#entries.length === 0 && this.#files.size === 0 && this.#folders.size === 0) return;
      else await this.#start();
    }
  }

  /** Let go of what will not be written any more. */
  abandon(): void {
    for (const file of this.#files) file.abandon?.();
    this.#files.clear();
  }

  #load(): number {
    return Math.max(this.#bytes / COMMIT_BYTES, this.#entries.length / COMMIT_ENTRIES, this.#files.size / COMMIT_FILES);
  }

  #due(): boolean {
    if (this.#load() >= 1) return true;
    return this.#entries.length > 0 && this.#home.clock.now() - this.#since >= COMMIT_MS;
  }

  /** Never rejects: a failure is kept and told by whoever waits. */
  #start(): Promise<void> {
    this.#running = this.#commit()
      .catch((error: unknown) => {
        this.fail(error);
      })
      .finally(() => {
        this.#running = null;
        this.poll();
      });
    return this.#running;
  }

  async #commit(): Promise<void> {
    const entries = this.#entries;
    const files = [...this.#files];
    const folders = [...this.#folders];
    this.#sinceCheckpointBytes += this.#bytes;
    this.#entries = [];
    this.#bytes = 0;
    this.#files.clear();
    this.#folders.clear();
    await Promise.all(files.map((file) => file.sync()));
    for (const folder of folders) syncFolder(folder);
    await this.#journal(entries);
    for (const { settle, uid, outcome } of entries) settle?.(uid, outcome);
    this.#checkpointWhenDue();
  }

  async #journal(entries: Entry[]): Promise<void> {
    const { journal, catalog } = this.#home;
    let lines = '';
    for (const { record } of entries) {
      if (!record) continue;
      lines += sealLine(record);
    }
    if (lines === '') return;
    journal.append(lines);
    await journal.sync();
    for (const { record, envelope } of entries) {
      if (!record) continue;
      applyRecord(catalog, record, envelope);
      this.#home.recorded(record);
    }
  }

  #checkpointWhenDue(): void {
    const now = this.#home.clock.now();
    if (this.#sinceCheckpointBytes < CHECKPOINT_BYTES && now - this.#checkpointAt < CHECKPOINT_MS) return;
    if (this.#sinceCheckpointBytes === 0) return;
    this.#home.checkpoint(false);
    this.#sinceCheckpointBytes = 0;
    this.#checkpointAt = now;
  }
}
