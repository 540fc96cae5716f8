/** The archive as the place where messages come from: for restore, export and proof. Needs no lock, writes nothing. */
import { createHash, hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { EngineError, isEngineError, toEngineError } from '../errors.ts';
import type { FlagSet } from '../flags.ts';
import type { ListWish, MailboxListing, MessageReceiver, Source, SourceLane } from '../source.ts';
import { archiveStatuses, mailboxStatus, OLDER_UIDS } from './archive-status.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import { findById, findMessages, liveMessages, type StoredMessage } from './catalog-read.ts';
import { CHUNK_BYTES, type MailReader } from './mail-reader.ts';

/** Octets after which others get a turn: reading itself never waits. */
const TURN_BYTES = 4 * 1024 * 1024;

export interface ArchiveSourceOptions {
  /** include (default): what left the server comes back too. exclude: only what was there at the last backup. */
  missing?: 'include' | 'exclude';
}

export class ArchiveSource implements Source {
  readonly kind = 'archive';
  readonly id: string;
  readonly maxLanes = 4;
  readonly #catalog: Catalog;
  readonly #reader: MailReader;
  readonly #withMissing: boolean;
  readonly #close: () => Promise<void>;

  constructor(
    home: { id: string; catalog: Catalog; reader: MailReader; close: () => Promise<void> },
    options: ArchiveSourceOptions = {},
  ) {
    this.id = home.id;
    this.#catalog = home.catalog;
    this.#reader = home.reader;
    this.#close = home.close;
    this.#withMissing = options.missing !== 'exclude';
  }

  async scan(): Promise<MailboxStatus[]> {
    return archiveStatuses(this.#catalog);
  }

  async openLane(): Promise<SourceLane> {
    return new ArchiveLane(this.#catalog, this.#reader, this.#withMissing);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

class ArchiveLane implements SourceLane {
  readonly #catalog: Catalog;
  readonly #reader: MailReader;
  readonly #withMissing: boolean;
  /** The last piece of a large message. One for all: a receiver may look at a chunk only while it is told of it. */
  #hold: Buffer | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  #sinceTurn = 0;

  constructor(catalog: Catalog, reader: MailReader, withMissing: boolean) {
    this.#catalog = catalog;
    this.#reader = reader;
    this.#withMissing = withMissing;
  }

  /** Not behind what is being fetched: that may wait for a slow target, and other lanes for this list. */
  async list(mailbox: MailboxStatus, wish: ListWish): Promise<MailboxListing> {
    return this.#list(this.#mailbox(mailbox.path), wish);
  }

  fetch(mailbox: MailboxStatus, uidValidity: number, uids: Uint32Array, receiver: MessageReceiver): Promise<void> {
    return this.#inOrder(async () => {
      const target = this.#mailbox(mailbox.path);
      if ((target.generation ?? 1) !== uidValidity) throw renumbered(mailbox.path);
      const found = findMessages(this.#catalog, target.record.id, uidValidity, uids);
      for (const uid of uids) {
        if (this.#closed) throw new EngineError('cancelled', 'Reading the archive was stopped.');
        await this.#handOver(target, found.get(uid) ?? this.#older(target, uid), uid, receiver);
      }
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#turn.catch(() => undefined);
  }

  /** Calls may overlap; what they fetch comes one after another, whatever became of the one before. */
  #inOrder<T>(act: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(act, act);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #mailbox(path: string): CatalogMailbox {
    const found = this.#catalog.byPath.get(path);
    if (!found) {
      throw new EngineError('mailbox-missing', `The archive has no mailbox ${path}.`, { scope: 'mailbox' });
    }
    return found;
  }

  #list(mailbox: CatalogMailbox, wish: ListWish): MailboxListing {
    const status = mailboxStatus(this.#catalog, mailbox);
    const rows: StoredMessage[] = [];
    const messageIds: string[] = [];
    const keep = (row: StoredMessage) => !row.missing || this.#withMissing;
    if (wish.messageIds) {
      for (const row of liveMessages(this.#catalog, mailbox.record.id, 'listed')) {
        if (keep(row)) messageIds.push(row.messageId);
        if (keep(row)) rows.push(row);
      }
    } else for (const row of liveMessages(this.#catalog, mailbox.record.id, 'stored')) if (keep(row)) rows.push(row);
    const uids = Uint32Array.from(rows, (row) => listedUid(row, status.uidValidity));
    return {
      uidValidity: status.uidValidity,
      uidNext: status.uidNext,
      highestModSeq: null,
      uids,
      inScope: wish.since === undefined ? null : uids.filter((_, i) => isSince(rows[i]!.internalDate, wish.since!)),
      flags: wish.flags ? rows.map((row): FlagSet => row.flags) : null,
      sizes: wish.sizes ? Float64Array.from(rows, (row) => row.sizeBytes) : null,
      internalDates: wish.internalDates ? rows.map((row) => row.internalDate) : null,
      headerDigests: wish.headerDigests ? rows.map((row) => row.headerDigest) : null,
      messageIds: wish.messageIds ? messageIds : null,
    };
  }

  /** Messages that only an older generation holds have a number of their own. */
  #older(mailbox: CatalogMailbox, uid: number): StoredMessage | null {
    return uid >= OLDER_UIDS ? findById(this.#catalog, mailbox.record.id, uid - OLDER_UIDS) : null;
  }

  async #handOver(
    mailbox: CatalogMailbox,
    message: StoredMessage | null,
    uid: number,
    receiver: MessageReceiver,
  ): Promise<void> {
    if (!message) {
      receiver.missed(uid, 'vanished', 'message-vanished', 'The archive does not hold this message any more.');
      return;
    }
    const { flags, internalDate, sizeBytes, fingerprint, headerDigest } = message;
    const head = { uid, flags, internalDate, sizeBytes, digests: { fingerprint, headerDigest } };
    if (message.sizeBytes <= CHUNK_BYTES) await this.#whole(mailbox, message, head, receiver);
    else await this.#stream(mailbox, message, head, receiver);
  }

  async #whole(
    mailbox: CatalogMailbox,
    message: StoredMessage,
    head: Parameters<MessageReceiver['begin']>[0],
    receiver: MessageReceiver,
  ): Promise<void> {
    const raw = this.#readOrTell(mailbox, message, head.uid, receiver);
    if (!raw) return;
    receiver.begin(head);
    if (raw.length > 0) receiver.chunk(raw);
    receiver.end();
    await this.#breathe(raw.length, receiver);
  }

  #readOrTell(mailbox: CatalogMailbox, message: StoredMessage, uid: number, receiver: MessageReceiver): Buffer | null {
    try {
      const raw = this.#reader.glance(mailbox, message);
      if (raw.length === message.sizeBytes && hash('sha256', raw, 'hex') === message.fingerprint) return raw;
      tellAltered(uid, receiver);
    } catch (error) {
      tellUnreadable(uid, error, receiver);
    }
    return null;
  }

  /** The last piece is held back until the fingerprint of all of them is known to be right. */
  async #stream(
    mailbox: CatalogMailbox,
    message: StoredMessage,
    head: Parameters<MessageReceiver['begin']>[0],
    receiver: MessageReceiver,
  ): Promise<void> {
    const sum = createHash('sha256');
    const hold = (this.#hold ??= Buffer.allocUnsafeSlow(CHUNK_BYTES));
    let held: Buffer | null = null;
    let bytes = 0;
    receiver.begin(head);
    try {
      for (const chunk of this.#reader.chunks(mailbox, message)) {
        sum.update(chunk);
        bytes += chunk.length;
        if (held) receiver.chunk(held);
        chunk.copy(hold);
        held = hold.subarray(0, chunk.length);
        await this.#breathe(chunk.length, receiver);
        if (this.#closed) throw new EngineError('cancelled', 'Reading the archive was stopped.');
      }
    } catch (error) {
      receiver.abort();
      if (!isEngineError(error, 'message-unreadable')) throw error;
      tellUnreadable(head.uid, error, receiver);
      return;
    }
    if (bytes !== message.sizeBytes || sum.digest('hex') !== message.fingerprint) {
      receiver.abort();
      tellAltered(head.uid, receiver);
      return;
    }
    if (held) receiver.chunk(held);
    receiver.end();
    await this.#breathe(0, receiver);
  }

  async #breathe(bytes: number, receiver: MessageReceiver): Promise<void> {
    const wait = receiver.pressure();
    if (wait) await wait;
    this.#sinceTurn += bytes;
    if (this.#sinceTurn < TURN_BYTES) return;
    this.#sinceTurn = 0;
    await nextTurn();
  }
}

/** UIDs of messages that only an older generation holds: above every real one, and the same in every run. */
function listedUid(row: StoredMessage, uidValidity: number): number {
  return row.uidValidity === uidValidity ? row.uid : OLDER_UIDS + row.id;
}

/** As SEARCH SINCE does (RFC 9051 §6.4.4): the day as written, its time and zone disregarded. Without a date: in. */
function isSince(internalDate: string | null, since: string): boolean {
  return internalDate === null || internalDate.slice(0, 10) >= since;
}

function renumbered(path: string): EngineError {
  return new EngineError(
    'mailbox-renumbered',
    `${path} was backed up again meanwhile and its messages have new numbers.`,
    {
      scope: 'mailbox',
      retry: 'now',
    },
  );
}

function tellAltered(uid: number, receiver: MessageReceiver): void {
  const reason = 'The octets in the archive are not the ones that were stored. Run mailferry verify on it.';
  receiver.missed(uid, 'failed', 'message-unreadable', reason);
}

function tellUnreadable(uid: number, error: unknown, receiver: MessageReceiver): void {
  const { message } = toEngineError(error);
  receiver.missed(uid, 'failed', 'message-unreadable', message);
}
