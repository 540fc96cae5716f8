import { createHash } from 'node:crypto';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { EngineError } from '../errors.ts';
import type { FlagSet } from '../flags.ts';
import type { Envelope } from '../message/header.ts';
import { ArchiveSink } from './archive-sink.ts';
import { ArchiveSource, type ArchiveSourceOptions } from './archive-source.ts';
import { archiveStatuses, OLDER_UIDS, type ArchivedState } from './archive-status.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import {
  findListed,
  findMessage,
  knownMessages,
  liveMessages,
  mailboxTotals,
  type ListedMessage,
  type StoredMessage,
} from './catalog-read.ts';
import type { ArchivePaths } from './layout.ts';
import type { MailReader } from './mail-reader.ts';
import type { Manifest } from './manifest.ts';
import type { WriteCore } from './write-core.ts';

/** A mailbox of the archive, as a list of folders shows it. */
export interface ArchivedMailbox extends MailboxStatus {
  /** Below mail/. */
  file: string;
  /** Of `messages`, how many have left the server. */
  missing: number;
}

/** A message of the archive, as a list of messages shows it. */
export interface ArchivedMessage extends Envelope {
  uidValidity: number;
  uid: number;
  flags: FlagSet;
  internalDate: string | null;
  sizeBytes: number;
  fingerprint: string;
  missingOnSource: boolean;
}

export interface ArchiveParts {
  paths: ArchivePaths;
  manifest: Manifest;
  reader: MailReader;
  catalog: Catalog;
  /** null: opened for reading. */
  core: WriteCore | null;
  unlock: () => void;
}

/** An opened archive. Close it. */
export class Archive {
  readonly manifest: Manifest;
  readonly paths: ArchivePaths;
  readonly #catalog: Catalog;
  readonly #reader: MailReader;
  readonly #core: WriteCore | null;
  readonly #unlock: () => void;
  #closing: Promise<void> | null = null;

  constructor(parts: ArchiveParts) {
    this.manifest = parts.manifest;
    this.paths = parts.paths;
    this.#catalog = parts.catalog;
    this.#reader = parts.reader;
    this.#core = parts.core;
    this.#unlock = parts.unlock;
  }

  mailboxes(): ArchivedMailbox[] {
    return archiveStatuses(this.#catalog).map((status) => {
      const { record } = this.#mailbox(status.path);
      return { ...status, file: record.file, missing: mailboxTotals(this.#catalog, record.id).missing };
    });
  }

  /** By UID; after them what only older generations of the mailbox hold. @throws EngineError 'mailbox-missing' */
  *messages(path: string): IterableIterator<ArchivedMessage> {
    for (const row of liveMessages(this.#catalog, this.#mailbox(path).record.id, 'listed')) yield toArchived(row);
  }

  /** uidValidity of the messages a mailbox got last. */
  currentUidValidity(path: string): number {
    return this.#mailbox(path).generation ?? 1;
  }

  /** Of the oldest and the newest message, by arrival; null: none has a date. */
  years(): { first: number; last: number } | null {
    const sql = 'SELECT min(internalDate), max(internalDate) FROM message WHERE internalDate >= ?';
    const [first, last] = this.#catalog
      .statement(sql)
      .get('1980')!
      .map((date) => Number(String(date ?? '').slice(0, 4)));
    return first && last ? { first, last } : null;
  }

  /** What each mailbox had at the last backup, to tell what is new on a server. */
  states(): Map<string, ArchivedState> {
    return new Map(
      archiveStatuses(this.#catalog).map(({ path, messages, uidValidity, uidNext }) => {
        const { record } = this.#mailbox(path);
        const uids = () => knownMessages(this.#catalog, record.id, uidValidity).uids;
        return [path, { messages, uidValidity, uidNext, uids }];
      }),
    );
  }

  /** The UID by which `source()` lists a message. @throws EngineError 'mailbox-missing', 'message-vanished' */
  listedUid(path: string, uidValidity: number, uid: number): number {
    const message = this.#message(path, uidValidity, uid);
    return uidValidity === this.currentUidValidity(path) ? uid : OLDER_UIDS + message.id;
  }

  /** One message as lists have it. @throws EngineError 'mailbox-missing', 'message-vanished' */
  message(path: string, uidValidity: number, uid: number): ArchivedMessage {
    return toArchived(findListed(this.#catalog, this.#message(path, uidValidity, uid).id));
  }

  /** @throws EngineError 'mailbox-missing', 'message-vanished' (not in the archive), 'message-unreadable' (damaged) */
  readRaw(path: string, uidValidity: number, uid: number): Buffer {
    const chunks: Buffer[] = [];
    for (const chunk of this.streamRaw(path, uidValidity, uid)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  }

  /**
   * The octets in pieces, each valid until the next is asked for.
   *
   * @throws EngineError as readRaw does; when the fingerprint turns out wrong, after the last piece
   */
  *streamRaw(path: string, uidValidity: number, uid: number): Generator<Buffer> {
    const mailbox = this.#mailbox(path);
    const message = this.#message(path, uidValidity, uid);
    const sum = createHash('sha256');
    for (const chunk of this.#reader.chunks(mailbox, message)) {
      sum.update(chunk);
      yield chunk;
    }
    if (sum.digest('hex') !== message.fingerprint) throw altered(path, message);
  }

  /** @throws EngineError 'internal' when the archive was opened for reading */
  sink(): ArchiveSink {
    if (!this.#core) throw new EngineError('internal', 'The archive was opened for reading only.');
    return new ArchiveSink(this.#core, () => this.close());
  }

  source(options?: ArchiveSourceOptions): ArchiveSource {
    const home = { id: this.manifest.archive, catalog: this.#catalog, reader: this.#reader, close: () => this.close() };
    return new ArchiveSource(home, options);
  }

  /** Everything given to the sink is durable, derived files are up to date, the lock is free. May be called again. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      await this.#core?.close();
    } finally {
      this.#reader.close();
      try {
        this.#catalog.close();
      } finally {
        this.#unlock();
      }
    }
  }

  #message(path: string, uidValidity: number, uid: number): StoredMessage {
    const message = findMessage(this.#catalog, this.#mailbox(path).record.id, uidValidity, uid);
    if (message) return message;
    throw new EngineError('message-vanished', `${path} has no message ${uid} (UIDVALIDITY ${uidValidity}).`, {
      scope: 'message',
    });
  }

  #mailbox(path: string): CatalogMailbox {
    const found = this.#catalog.byPath.get(path);
    if (!found) {
      throw new EngineError(
        'mailbox-missing',
        `The archive has no folder ${path}. "mailferry list" shows those it has.`,
        {
          scope: 'mailbox',
        },
      );
    }
    return found;
  }
}

function toArchived(row: ListedMessage): ArchivedMessage {
  const { uidValidity, uid, flags, internalDate, sizeBytes, fingerprint } = row;
  const { sentDate, from, to, subject, messageId, attachments } = row;
  return {
    ...{ uidValidity, uid, flags, internalDate, sizeBytes, fingerprint, missingOnSource: row.missing },
    ...{ sentDate, from, to, subject, messageId, attachments },
  };
}

function altered(path: string, message: StoredMessage): EngineError {
  return new EngineError(
    'message-unreadable',
    `Message ${message.uid} of ${path} is damaged: its octets are not the ones that were stored. Run mailferry verify.`,
    { scope: 'message' },
  );
}
