/** verify: every body is read again and compared with its fingerprint. Writes nothing, needs no lock. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EngineError } from '../errors.ts';
import type { Log } from '../ports.ts';
import { isSound, openCatalogForReading, type CatalogHome } from './catalog-open.ts';
import { allMessages, findMessage, type StoredMessage } from './catalog-read.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import { archivePaths } from './layout.ts';
import { catalogOfJournal } from './journal-scan.ts';
import { MailReader } from './mail-reader.ts';
import { readManifest } from './manifest.ts';
import { describeDamage } from './message-check.ts';
import { silentLog } from '../ports.ts';

export interface VerifyOptions {
  signal?: AbortSignal;
  log?: Log;
  /** Told of every mailbox before the first message. */
  onMailbox?: (mailbox: { path: string; messages: number; bytes: number }) => void;
  onMessage?: (message: VerifiedMessage) => void;
}

export interface VerifiedMessage {
  path: string;
  uidValidity: number;
  uid: number;
  sizeBytes: number;
  /** One sentence with the file and the place; null: intact. */
  damage: string | null;
}

export interface VerifyReport {
  messages: number;
  bytes: number;
  problems: VerifyProblem[];
}

export interface VerifyProblem extends VerifiedMessage {
  /** Below mail/. */
  file: string;
  /** Of the From_ line in an mbox file; null in an EML archive. */
  offset: number | null;
}

/** Octets after which others get a turn. */
const TURN_BYTES = 4 * 1024 * 1024;

/**
 * Octets that have several names (a renumbered mailbox) are read once and told under the newest.
 *
 * @throws EngineError as openArchive does; 'cancelled' when the signal says so
 */
export async function verifyArchive(dir: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const paths = archivePaths(dir);
  const manifest = readManifest(paths);
  const reader = new MailReader(paths);
  const home: CatalogHome = { paths, manifest, reader, log: options.log ?? silentLog };
  const catalog = soundCatalog(home);
  const journal = new JournalWord(home);
  try {
    return await verifyAll(catalog, journal, options, reader);
  } finally {
    journal.close();
    reader.close();
    catalog.close();
  }
}

/** The catalog is derived, and may itself be what is damaged: then it is built from the journal in memory. */
function soundCatalog(home: CatalogHome): Catalog {
  const catalog = openCatalogForReading(home);
  if (isSound(catalog)) return catalog;
  catalog.close();
  return catalogOfJournal(home);
}

/** What the journal says of a message, asked for when the catalog's word does not fit the octets. */
class JournalWord {
  readonly #home: CatalogHome;
  #catalog: Catalog | null = null;

  constructor(home: CatalogHome) {
    this.#home = home;
  }

  damageOf(message: StoredMessage, byCatalog: string): string | null {
    this.#catalog ??= catalogOfJournal(this.#home);
    const { mailbox, uidValidity, uid } = message;
    const recorded = findMessage(this.#catalog, mailbox, uidValidity, uid);
    return recorded ? describeDamage(this.#catalog, this.#home.reader, recorded) : byCatalog;
  }

  close(): void {
    this.#catalog?.close();
  }
}

async function verifyAll(
  catalog: Catalog,
  journal: JournalWord,
  options: VerifyOptions,
  reader: MailReader,
): Promise<VerifyReport> {
  announce(catalog, options);
  const report: VerifyReport = { messages: 0, bytes: 0, problems: [] };
  let sinceTurn = 0;
  for (const message of distinctPlaces(catalog)) {
    if (options.signal?.aborted) throw new EngineError('cancelled', 'Verifying was stopped.');
    const mailbox = catalog.mailboxes.get(message.mailbox)!;
    const byCatalog = describeDamage(catalog, reader, message);
    const damage = byCatalog === null ? null : journal.damageOf(message, byCatalog);
    const { uidValidity, uid, sizeBytes } = message;
    const told = { path: mailbox.record.path, uidValidity, uid, sizeBytes, damage };
    options.onMessage?.(told);
    report.messages++;
    report.bytes += sizeBytes;
    if (damage !== null) report.problems.push({ ...told, ...whereIs(mailbox, message) });
    sinceTurn += sizeBytes;
    if (sinceTurn < TURN_BYTES) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  return report;
}

function announce(catalog: Catalog, options: VerifyOptions): void {
  if (!options.onMailbox) return;
  const totals = new Map<number, { messages: number; bytes: number }>();
  for (const { mailbox, sizeBytes } of distinctPlaces(catalog)) {
    const total = totals.get(mailbox) ?? { messages: 0, bytes: 0 };
    total.messages++;
    total.bytes += sizeBytes;
    totals.set(mailbox, total);
  }
  for (const { record } of catalog.mailboxes.values()) {
    options.onMailbox({ path: record.path, ...(totals.get(record.id) ?? { messages: 0, bytes: 0 }) });
  }
}

/** In the order of the files, so that a disk reads straight on; of several names of one place the newest. */
function* distinctPlaces(catalog: Catalog): Generator<StoredMessage> {
  let last: StoredMessage | null = null;
  for (const message of allMessages(catalog)) {
    if (last && !samePlace(last, message)) yield last;
    last = message;
  }
  if (last) yield last;
}

function samePlace(a: StoredMessage, b: StoredMessage): boolean {
  if (a.mailbox !== b.mailbox) return false;
  if ('file' in a.place) return 'file' in b.place && a.place.file === b.place.file;
  return 'offset' in b.place && a.place.offset === b.place.offset;
}

function whereIs(mailbox: CatalogMailbox, { place }: StoredMessage): { file: string; offset: number | null } {
  const { file } = mailbox.record;
  return 'file' in place ? { file: `${file}/${place.file}`, offset: null } : { file, offset: place.offset };
}
