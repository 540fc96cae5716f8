/** What all writers of one opened archive share: journal, catalog, group commit, open mbox files. */
import path from 'node:path';
import type { EngineError } from '../errors.ts';
import { makeFolder } from '../fs/durable.ts';
import type { Clock, Log } from '../ports.ts';
import type { Settle } from '../sink.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import { applyRecord } from './catalog-apply.ts';
import { findCopies } from './catalog-read.ts';
import { lineCrcBefore } from './catalog-open.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { GroupCommit, type Entry } from './group-commit.ts';
import { InFlight } from './in-flight.ts';
import { sealLine } from './journal-line.ts';
import { journalEnd } from './journal-reader.ts';
import { JournalWriter } from './journal-writer.ts';
import { KnownUids } from './known-uids.ts';
import { mailPath, type ArchivePaths } from './layout.ts';
import type { MailReader } from './mail-reader.ts';
import type { Manifest } from './manifest.ts';
import { MboxFile } from './mbox-file.ts';
import { JOURNAL_START, type JournalRecord, type MessageRecord } from './records.ts';

/** What a writer collects before it hands it to the file. */
export const BATCH_BYTES = 1024 * 1024;
/** A batch is handed over at the latest after this time, so that a slow line loses little in a crash. */
export const BATCH_MS = 1000;
/** Of one writer on their way into files, from which on receiving pauses. */
export const MOST_BATCHES = 2;
const MAX_OPEN_FILES = 128;
const MAX_SPARE_BUFFERS = 4;

export interface WriteHome {
  paths: ArchivePaths;
  manifest: Manifest;
  catalog: Catalog;
  reader: MailReader;
  clock: Clock;
  log: Log;
  /** Number of the journal's last segment, 0 for none. */
  lastSegment: number;
}

export class WriteCore {
  readonly paths: ArchivePaths;
  readonly manifest: Manifest;
  readonly catalog: Catalog;
  readonly reader: MailReader;
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: JournalWriter;
  readonly commit: GroupCommit;
  readonly #files = new Map<number, MboxFile>();
  /** By mailbox and UIDVALIDITY. */
  readonly #known = new Map<number, Map<number, KnownUids>>();
  /** Of all writers: messages received whole that are on their way into files. */
  readonly #appends = new InFlight();
  /** eml: files of messages on their way, by fingerprint, so that exact copies find each other at once. */
  readonly #freshFiles = new Map<string, { file: string; writing: Promise<unknown> | null }>();
  readonly #folders = new Set<string>();
  readonly #spare: Buffer[] = [];
  #session = false;
  #isTogether = false;

  constructor(home: WriteHome) {
    this.paths = home.paths;
    this.manifest = home.manifest;
    this.catalog = home.catalog;
    this.reader = home.reader;
    this.clock = home.clock;
    this.log = home.log;
    this.journal = new JournalWriter(home.paths.journal, home.manifest.archive, home.lastSegment);
    this.commit = new GroupCommit(this);
  }

  /** Before the first change of a run: from here on the end of the journal and of the mail may be torn by a crash. */
  ensureSession(): void {
    if (this.#session) return;
    this.#orFail(() => {
      this.journal.append(sealLine({ type: 'session', started: this.clock.date().toISOString() }));
      this.journal.syncNow();
    });
    this.#session = true;
  }

  /** Durable when this returns, or `recordTogether` does. For records that must be there before mail is written. */
  recordNow(record: JournalRecord): void {
    this.ensureSession();
    this.#orFail(() => {
      this.journal.append(sealLine(record));
      if (!this.#isTogether) this.journal.syncNow();
      applyRecord(this.catalog, record);
    });
  }

  /** What `act` records with `recordNow` becomes durable with one wait for the disk. It must write no mail. */
  recordTogether(act: () => void): void {
    this.#isTogether = true;
    try {
      act();
    } finally {
      this.#isTogether = false;
      this.#orFail(() => this.journal.syncNow());
    }
  }

  /** A line that may be in the journal and is not in the catalog: only recovery may go on from there. */
  #orFail(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.commit.fail(error);
      throw error;
    }
  }

  /** Durable when the promise resolves, after everything added before. */
  async record(records: JournalRecord[]): Promise<void> {
    if (records.length === 0) return;
    this.ensureSession();
    for (const record of records) {
      this.commit.add({ record, envelope: null, settle: null, uid: 0, outcome: 'stored' }, 0);
    }
    await this.commit.flush();
  }

  /** What is here or on its way of this mailbox. One object for all writers. */
  knownUids(mailbox: number, uidValidity: number): KnownUids {
    let generations = this.#known.get(mailbox);
    if (!generations) this.#known.set(mailbox, (generations = new Map<number, KnownUids>()));
    let known = generations.get(uidValidity);
    if (!known) generations.set(uidValidity, (known = new KnownUids(this.catalog, mailbox, uidValidity)));
    return known;
  }

  recorded(record: JournalRecord): void {
    if (record.type !== 'message' && record.type !== 'renumbered') return;
    this.knownUids(record.mailbox, record.uidValidity).recorded(record.uid);
    if (record.type === 'message' && this.#freshFiles.size > 0) this.#freshFiles.delete(record.fingerprint);
  }

  /** eml: where octets with this fingerprint are already; they may be compared, never trusted. */
  copiesOf(fingerprint: string): string[] {
    const fresh = this.#freshFiles.get(fingerprint);
    const found = findCopies(this.catalog, fingerprint).map(({ mailbox, file }) =>
      mailPath(this.paths, `${this.catalog.mailboxes.get(mailbox)!.record.file}/${file}`),
    );
    return fresh === undefined ? found : [fresh.file, ...found];
  }

  /** eml: the writing of a file with this fingerprint; null: none is being written. */
  writingOf(fingerprint: string): Promise<unknown> | null {
    return this.#freshFiles.get(fingerprint)?.writing ?? null;
  }

  /** @param writing absent: it is there */
  rememberFile(fingerprint: string, file: string, writing: Promise<unknown> | null = null): void {
    const fresh = { file, writing };
    this.#freshFiles.set(fingerprint, fresh);
    writing?.then(
      () => (fresh.writing = null),
      () => undefined,
    );
  }

  /** Make a folder unless this run knows that it is there. */
  needFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    makeFolder(folder);
    this.#folders.add(folder);
  }

  /** The octets of this message are written and its file is told of. */
  stored(record: MessageRecord, rest: Omit<Entry, 'record'>): void {
    this.commit.add({ record, ...rest }, record.sizeBytes);
    this.commit.poll();
  }

  /** @param append messages on their way into files; does not reject @param writer those of one writer */
  appending(append: Promise<void>, writer: InFlight): void {
    this.#appends.add(append);
    writer.add(append);
  }

  /** @param over messages received whole are in the file that another has now; a failure may keep that from happening */
  waitingForFile(over: Promise<void>, writer: InFlight): void {
    this.appending(
      this.commit.orFailure(over).catch(() => undefined),
      writer,
    );
  }

  /** This message is here already, or on its way: say so once everything that is on its way is durable. */
  tellKnown(settle: Settle, uid: number, writer: InFlight): void {
    const tell = (): void => {
      this.commit.add({ record: null, envelope: null, settle, uid, outcome: 'duplicate' }, 0);
    };
    if (this.#appends.size === 0) tell();
    else writer.add(this.#appends.current().then(tell));
  }

  checkpoint(clean: boolean): void {
    const position = this.journal.position;
    this.catalog.advance({ position, crc: this.journal.lastCrc });
    this.catalog.begin();
    this.catalog.commit();
    writeCheckpoint(this.paths.checkpoint, { archive: this.manifest.archive, journal: position, clean });
  }

  /** What is there was looked at: the next opening need not do it again. */
  checkpointAfterRecovery(): void {
    const position = journalEnd(this.paths.journal) ?? JOURNAL_START;
    this.catalog.advance({ position, crc: lineCrcBefore(this.paths.journal, position) });
    this.catalog.begin();
    this.catalog.commit();
    writeCheckpoint(this.paths.checkpoint, { archive: this.manifest.archive, journal: position, clean: true });
  }

  mboxFile(mailbox: CatalogMailbox): MboxFile {
    const { id } = mailbox.record;
    let file = this.#files.get(id);
    if (file) return file;
    if (this.#files.size >= MAX_OPEN_FILES) this.#closeIdle();
    const target = mailPath(this.paths, mailbox.record.file);
    makeFolder(path.dirname(target));
    file = new MboxFile(target, mailbox, this);
    this.#files.set(id, file);
    return file;
  }

  /** The file is about to be replaced. */
  dropMboxFile(mailbox: CatalogMailbox): void {
    this.#files.get(mailbox.record.id)?.close();
    this.#files.delete(mailbox.record.id);
  }

  #closeIdle(): void {
    for (const [id, file] of this.#files) {
      if (!file.idle) continue;
      file.close();
      this.#files.delete(id);
    }
  }

  takeBuffer(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(BATCH_BYTES);
  }

  giveBuffer(buffer: Buffer): void {
    if (buffer.length === BATCH_BYTES && this.#spare.length < MAX_SPARE_BUFFERS) this.#spare.push(buffer);
  }

  /**
   * Settle what is open, bring the derived files up to date, let go of everything.
   *
   * @throws EngineError what kept the rest from becoming durable; the archive is left for recovery then
   */
  async close(): Promise<void> {
    const before: EngineError | null = this.commit.failure;
    try {
      await this.#appends.idle();
      if (!before) await this.commit.flush();
      if (!before && this.#session) this.checkpoint(true);
    } finally {
      await this.#appends.idle();
      this.commit.abandon();
      for (const file of this.#files.values()) file.close();
      this.#files.clear();
      this.journal.close();
    }
  }
}
