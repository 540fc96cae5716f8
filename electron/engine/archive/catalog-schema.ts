import type { Database } from './catalog-driver.ts';

/** Raised with every change of the tables or of what goes into them: an older catalog is rebuilt. */
export const CATALOG_VERSION = 1;

/**
 * salvaged: 1 by a repair, 2 by a repair and damaged. `id` counts message and renumbered records of the journal, so that a
 * rebuilt catalog equals one built on the go.
 */
const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE mailbox (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  delimiter TEXT,
  specialUse TEXT,
  selectable INTEGER NOT NULL,
  subscribed INTEGER NOT NULL,
  file TEXT NOT NULL,
  endBytes INTEGER NOT NULL,
  gapEndBytes INTEGER NOT NULL,
  rewrites INTEGER NOT NULL,
  generation INTEGER,
  passUidValidity INTEGER,
  passUidNext INTEGER,
  passMessages INTEGER,
  passHighestModSeq TEXT
) STRICT;
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  mailbox INTEGER NOT NULL,
  uidValidity INTEGER NOT NULL,
  uid INTEGER NOT NULL,
  flags TEXT NOT NULL,
  missing INTEGER NOT NULL,
  internalDate TEXT,
  sizeBytes INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  headerDigest BLOB NOT NULL,
  offset INTEGER,
  length INTEGER,
  file TEXT,
  newlineAdded INTEGER NOT NULL,
  salvaged INTEGER NOT NULL,
  described INTEGER NOT NULL,
  sentDate TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  messageId TEXT NOT NULL,
  attachments INTEGER NOT NULL,
  UNIQUE (mailbox, uidValidity, uid)
) STRICT;
CREATE INDEX undescribed ON message (id) WHERE described = 0;
`;

/** Only EML archives look for exact copies; in mbox the index would cost time and space for nothing. */
const EML_INDEX = 'CREATE INDEX copies ON message (fingerprint) WHERE file IS NOT NULL;';

export function createSchema(db: Database, layout: 'mbox' | 'eml'): void {
  db.exec(SCHEMA);
  if (layout === 'eml') db.exec(EML_INDEX);
}

/** A rollback journal lives only as long as a transaction: a run without changes leaves no file behind. */
export function tune(db: Database): void {
  db.exec(
    'PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096;',
  );
}
