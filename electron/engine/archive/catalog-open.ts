/** Finds a catalog that fits the journal, brings it up to date, or builds a new one. */
import fs from 'node:fs';
import { isEngineError, toEngineError } from '../errors.ts';
import { createFile, unlinkFile } from '../fs/durable.ts';
import { readEnvelope } from '../message/header.ts';
import type { Log } from '../ports.ts';
import { Catalog, type Applied } from './catalog.ts';
import { applyRecord } from './catalog-apply.ts';
import { openDatabase, sqliteKind, type Database } from './catalog-driver.ts';
import { toStored } from './catalog-read.ts';
import { CATALOG_VERSION, createSchema, tune } from './catalog-schema.ts';
import { journalDamaged } from './checkpoint.ts';
import { journalLines, journalEnd, segmentFile } from './journal-reader.ts';
import type { ArchivePaths } from './layout.ts';
import type { MailReader } from './mail-reader.ts';
import type { Manifest } from './manifest.ts';
import { comparePositions, JOURNAL_START, type JournalPosition } from './records.ts';

export interface CatalogHome {
  paths: ArchivePaths;
  manifest: Manifest;
  reader: MailReader;
  log: Log;
}

/** For the holder of the lock; the journal's tail has been seen to. Stored on disk, up to date, committed. */
export function openCatalogForWriting(home: CatalogHome): Catalog {
  const { paths, log } = home;
  let catalog: Catalog | null = null;
  try {
    catalog = openFitting(home, false);
  } catch (error) {
    log.warn('catalog-unusable', { reason: String(error) });
  }
  if (!catalog) {
    log.debug('catalog-rebuild');
    unlinkFile(paths.catalog);
    unlinkFile(`${paths.catalog}-journal`);
    catalog = freshCatalog(home, paths.catalog);
  }
  catchUp(home, catalog, false);
  catalog.commit();
  return catalog;
}

/** For readers: writes nothing. A catalog that is behind, or in the middle of being written, is completed in memory. */
export function openCatalogForReading(home: CatalogHome): Catalog {
  let catalog: Catalog | null = null;
  let isCurrent = false;
  try {
    catalog = openFitting(home, true);
    const end = journalEnd(home.paths.journal) ?? JOURNAL_START;
    isCurrent = catalog !== null && comparePositions(catalog.applied.position, end) === 0;
    // Without file locks a writer could begin while this one reads.
    if (catalog && isCurrent && sqliteKind() === 'native') return catalog;
  } catch (error) {
    home.log.debug('catalog-unusable', { reason: String(error) });
  }
  const copy = copyToMemory(home, catalog);
  catchUp(home, copy, true);
  copy.foundCurrent = isCurrent;
  return copy;
}

/** A new catalog that holds nothing yet. */
export function freshCatalog(home: CatalogHome, file: string): Catalog {
  if (file !== ':memory:') fs.closeSync(createFile(file));
  const db = openDatabase(file, { readOnly: false });
  tune(db);
  // One transaction: each is several waits for the disk.
  db.exec('BEGIN IMMEDIATE');
  createSchema(db, home.manifest.layout);
  const put = db.prepare('INSERT INTO meta VALUES (?, ?)');
  put.run('version', String(CATALOG_VERSION));
  put.run('archive', home.manifest.archive);
  db.exec('COMMIT');
  return new Catalog(db, file);
}

/** Does SQLite find its pages and indexes in order? It reads them all: only for who asks whether the archive is whole. */
export function isSound(catalog: Catalog): boolean {
  try {
    return catalog.statement('PRAGMA integrity_check(1)').get()?.[0] === 'ok';
  } catch (error) {
    if (isEngineError(error, 'archive-damaged')) return false;
    throw error;
  }
}

function openFitting(home: CatalogHome, readOnly: boolean): Catalog | null {
  const { paths, manifest } = home;
  if (!fs.existsSync(paths.catalog)) return null;
  const db = openDatabase(paths.catalog, { readOnly });
  try {
    if (!readOnly) tune(db);
    const catalog = new Catalog(db, paths.catalog);
    const fits = catalog.meta('version') === String(CATALOG_VERSION) && catalog.meta('archive') === manifest.archive;
    if (fits && appliedIn(paths.journal, catalog.applied)) return catalog;
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  return null;
}

/** Is the line that the catalog applied last where it says, in this journal? */
function appliedIn(folder: string, applied: Applied): boolean {
  const { segment, offset } = applied.position;
  if (comparePositions(applied.position, JOURNAL_START) === 0) return true;
  return lineCrcBefore(folder, { segment, offset }) === applied.crc;
}

const CRC_TAIL_BYTES = 11;

/** The crc of the line that ends at a position; '' when none does. */
export function lineCrcBefore(folder: string, position: JournalPosition): string {
  if (position.offset < CRC_TAIL_BYTES) return '';
  let fd: number;
  try {
    fd = fs.openSync(segmentFile(folder, position.segment), 'r');
  } catch {
    return '';
  }
  try {
    const tail = Buffer.alloc(CRC_TAIL_BYTES);
    const got = fs.readSync(fd, tail, 0, CRC_TAIL_BYTES, position.offset - CRC_TAIL_BYTES);
    return got === CRC_TAIL_BYTES && tail.toString('latin1', 8) === '"}\n' ? tail.toString('latin1', 0, 8) : '';
  } finally {
    fs.closeSync(fd);
  }
}

function copyToMemory(home: CatalogHome, from: Catalog | null): Catalog {
  const copy = freshCatalog(home, ':memory:');
  if (!from) return copy;
  from.close();
  try {
    return copyTables(copy, home.paths.catalog);
  } catch (error) {
    home.log.debug('catalog-busy', { reason: String(error) });
    copy.close();
    return freshCatalog(home, ':memory:');
  }
}

function copyTables(copy: Catalog, file: string): Catalog {
  const { db } = copy;
  db.withAttached(file, 'disk', () => {
    for (const table of ['meta', 'mailbox', 'message']) {
      db.exec(`DELETE FROM main.${table}; INSERT INTO main.${table} SELECT * FROM disk.${table}`);
    }
  });
  return new Catalog(db, copy.file);
}

/**
 * Apply what the journal has beyond the catalog.
 *
 * @param lenient a torn end is passed over; without it (the tail was cut before) anything unreadable is damage
 * @throws EngineError 'archive-damaged'
 */
export function catchUp(home: CatalogHome, catalog: Catalog, lenient: boolean): void {
  const { journal } = home.paths;
  const from = catalog.applied.position;
  let at = from;
  let torn: JournalPosition | null = null;
  let count = 0;
  for (const line of journalLines(journal, from)) {
    if (!line.record) {
      torn ??= line.at;
      continue;
    }
    if (torn && !(lenient && torn.segment === line.at.segment)) throw unreadableLine(torn);
    if (torn) continue;
    if (line.record.type === 'segment') checkSegment(home.manifest, line.record, line.at, at);
    applyRecord(catalog, line.record);
    at = line.end;
    count++;
  }
  if (torn && !lenient) throw unreadableLine(torn);
  if (count === 0) return;
  catalog.advance({ position: at, crc: lineCrcBefore(journal, at) });
  describeMessages(home, catalog);
}

function unreadableLine(at: JournalPosition) {
  return journalDamaged(`line at offset ${at.offset} of segment ${at.segment} cannot be read`);
}

function checkSegment(
  manifest: Manifest,
  head: { number: number; archive: string; previousBytes: number },
  at: JournalPosition,
  before: JournalPosition,
): void {
  if (head.archive !== manifest.archive) throw journalDamaged(`segment ${at.segment} belongs to another archive`);
  const follows = at.segment === before.segment ? at.offset === 0 : at.segment === before.segment + 1;
  if (head.number !== at.segment || !follows || head.previousBytes !== (at.segment === 1 ? 0 : before.offset)) {
    throw journalDamaged(`something is missing before segment ${at.segment}`);
  }
}

const DESCRIBE = `UPDATE message SET described = 1, sentDate = ?, sender = ?, recipients = ?, subject = ?, messageId = ?,
  attachments = ? WHERE id = ?`;
const UNDESCRIBED = `SELECT id, mailbox, uidValidity, uid, flags, missing, internalDate, sizeBytes, fingerprint, headerDigest,
  offset, length, file, newlineAdded FROM message WHERE described = 0 AND id > ? ORDER BY id LIMIT 1000`;

/** Fill in what a list shows, from the messages themselves, for rows that came from the journal. */
export function describeMessages(home: CatalogHome, catalog: Catalog): void {
  const update = catalog.statement(DESCRIBE);
  for (let last = 0; ;) {
    const rows = catalog.statement(UNDESCRIBED).all(last).map(toStored);
    if (rows.length === 0) return;
    catalog.begin();
    for (const message of rows) {
      const mailbox = catalog.mailboxes.get(message.mailbox)!;
      const e = readEnvelope(headOrNothing(home.reader, mailbox, message));
      update.run(e.sentDate, e.from, e.to, e.subject, e.messageId, Number(e.attachments), message.id);
    }
    last = rows.at(-1)!.id;
  }
}

/** A message that cannot be read has no subject; verify says why. */
function headOrNothing(...[reader, mailbox, message]: [MailReader, ...Parameters<MailReader['head']>]): Buffer {
  try {
    return reader.head(mailbox, message);
  } catch (error) {
    if (toEngineError(error).code === 'internal') throw error;
    return Buffer.alloc(0);
  }
}

export type { Database };
