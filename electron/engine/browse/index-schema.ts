/** state/search.sqlite: rows of lists, and words. Derived from catalog and mail; described in docs/archive-format.md. */
import fs from 'node:fs';
import path from 'node:path';
import { openDatabase, type Database } from '../archive/catalog-driver.ts';
import type { ArchivePaths } from '../archive/layout.ts';
import { isEngineError } from '../errors.ts';
import { createFile, makeFolder, unlinkFile } from '../fs/durable.ts';

/** Raised with every change of the tables or of what goes into them: another index is built anew. */
export const INDEX_VERSION = 2;

/** Bits of entry.marks. */
export const MARK = { seen: 1, flagged: 2, answered: 4, missing: 8, mixed: 16 } as const;

const WORDS = `tokenize = "unicode61 remove_diacritics 2", content = '', contentless_delete = 1`;

/**
 * `id` is the message's in the catalog, and the rowid of its words. entry: a copy of what the catalog knows, so that a
 * list needs no catalog (which a backup may be writing). …Numbers: what is read of every message when an archive is
 * opened, without the texts between. sortKey: names and subjects in order; their words are in
 * head. body: what was found there; its words are in words. No name is one of the catalog's: both may be attached to one connection.
 */
const SCHEMA = `
CREATE TABLE info (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  delimiter TEXT,
  specialUse TEXT,
  selectable INTEGER NOT NULL,
  subscribed INTEGER NOT NULL,
  file TEXT NOT NULL,
  rewrites INTEGER NOT NULL
) STRICT;
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  mailbox INTEGER NOT NULL,
  uidValidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  marks INTEGER NOT NULL,
  date INTEGER,
  sizeBytes INTEGER NOT NULL,
  flags TEXT NOT NULL,
  internalDate TEXT,
  sentDate TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  offset INTEGER,
  length INTEGER,
  file TEXT,
  newlineAdded INTEGER NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX entryByUid ON entry (mailbox, uidValidity, uid);
CREATE INDEX entryNumbers ON entry (id, mailbox, marks, date, sizeBytes);
CREATE TABLE sortKey (id INTEGER PRIMARY KEY, sender TEXT NOT NULL, subject TEXT NOT NULL, age INTEGER NOT NULL) STRICT;
CREATE INDEX sortKeyBySender ON sortKey (sender, age);
CREATE INDEX sortKeyBySubject ON sortKey (subject, age);
CREATE TABLE body (id INTEGER PRIMARY KEY, attachments INTEGER NOT NULL, preview TEXT NOT NULL) STRICT;
CREATE INDEX bodyNumbers ON body (id, attachments);
CREATE VIRTUAL TABLE head USING fts5 (sender, recipients, subject, prefix = '1 2 3', ${WORDS});
CREATE VIRTUAL TABLE words USING fts5 (body, attachments, prefix = '2 3', ${WORDS});
INSERT INTO words (words, rank) VALUES ('hashsize', 1048576);
`;

/**
 * Pages in memory. hashsize, above, is how much of new words is kept before a segment is written: nobody is answered
 * while that is done, which takes 50 ms of the processor for 1 MiB and 150 for 4.
 */
const TUNE =
  'PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;';

export interface IndexPlace {
  file: string;
  lock: string;
}

/** In the archive; @param fallback a folder for archives that may not be written to */
export function indexPlace(paths: ArchivePaths, fallback: string): IndexPlace {
  const own = isWritable(paths.state);
  if (!own) makeFolder(fallback);
  const folder = own ? paths.state : fallback;
  return { file: path.join(folder, 'search.sqlite'), lock: path.join(folder, 'search.lock') };
}

function isWritable(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns null when there is none that fits */
export function openIndex(file: string, archive: string): Database | null {
  if (!fs.existsSync(file)) return null;
  try {
    const db = openDatabase(file, { readOnly: false });
    try {
      db.exec(TUNE);
      if (readInfo(db, 'version') === String(INDEX_VERSION) && readInfo(db, 'archive') === archive) return db;
    } catch (error) {
      db.close();
      throw error;
    }
    db.close();
  } catch (error) {
    // Somebody is writing to it: it is no worse for that.
    if (isEngineError(error, 'archive-locked')) throw error;
  }
  return null;
}

/** The one there was is removed. Only for the holder of the lock. */
export function createIndex(file: string, archive: string): Database {
  for (const name of [file, `${file}-journal`]) unlinkFile(name);
  fs.closeSync(createFile(file));
  const db = openDatabase(file, { readOnly: false });
  db.exec(TUNE);
  db.exec('BEGIN');
  db.exec(SCHEMA);
  const put = db.prepare('INSERT INTO info VALUES (?, ?)');
  put.run('version', String(INDEX_VERSION));
  put.run('archive', archive);
  db.exec('COMMIT');
  return db;
}

export function readInfo(db: Database, name: string): string | undefined {
  return db.prepare('SELECT value FROM info WHERE name = ?').get(name)?.[0] as string | undefined;
}
