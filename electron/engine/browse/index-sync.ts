/** Makes the index's rows those of the catalog: what a reader sees of the archive, each message once. */
import type { Catalog } from '../archive/catalog.ts';
import type { Database } from '../archive/catalog-driver.ts';

/**
 * In one transaction: afterwards the index has exactly the messages of the catalog, with their flags and places; words of
 * messages that are gone, or are others now, are removed. Words of new ones are added later, by index-build.ts.
 *
 * @param db a connection that sees the tables of both
 */
export function syncEntries(db: Database, catalog: Catalog): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    findLive(db, catalog);
    db.exec(SYNC);
    db.prepare("INSERT OR REPLACE INTO info VALUES ('applied', ?)").run(JSON.stringify(catalog.applied));
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/**
 * A mailbox's current generation, and what only older ones hold: the newest of each (docs/archive-format.md, "Bytes of
 * the journal").
 */
function findLive(db: Database, catalog: Catalog): void {
  db.exec('DROP TABLE IF EXISTS temp.live; CREATE TEMP TABLE live (id INTEGER PRIMARY KEY)');
  const current = db.prepare('INSERT INTO live SELECT id FROM message WHERE mailbox = ? AND uidValidity = ?');
  const hasOlder = db.prepare(
    'SELECT 1 FROM message WHERE mailbox = ? AND (uidValidity < ? OR uidValidity > ?) LIMIT 1',
  );
  const older = db.prepare(`INSERT INTO live SELECT max(id) FROM message
    WHERE mailbox = ?1 AND uidValidity <> ?2 AND fingerprint NOT IN
      (SELECT fingerprint FROM message WHERE mailbox = ?1 AND uidValidity = ?2)
    GROUP BY fingerprint`);
  for (const { record, generation } of catalog.mailboxes.values()) {
    current.run(record.id, generation ?? 0);
    if (hasOlder.get(record.id, generation ?? 0, generation ?? 0)) older.run(record.id, generation ?? 0);
  }
}

const has = (flag: string, bit: number): string => `(instr(' ' || m.flags || ' ', ' \\${flag} ') > 0) * ${bit}`;
const MARKS = `${has('Seen', 1)} + ${has('Flagged', 2)} + ${has('Answered', 4)} + m.missing * 8 + m.attachments * 16`;

const SYNC = `
DELETE FROM folder;
INSERT INTO folder SELECT id, path, delimiter, specialUse, selectable, subscribed, file, rewrites FROM mailbox;
DROP TABLE IF EXISTS temp.gone;
CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY);
INSERT INTO gone SELECT e.id FROM entry e LEFT JOIN message m ON m.id = e.id
  WHERE m.id IS NULL OR m.fingerprint <> e.fingerprint OR m.mailbox <> e.mailbox OR m.uid <> e.uid
    OR m.uidValidity <> e.uidValidity OR e.id NOT IN (SELECT id FROM live);
DELETE FROM words WHERE rowid IN (SELECT id FROM gone) AND rowid IN (SELECT id FROM body);
DELETE FROM head WHERE rowid IN (SELECT id FROM gone) AND rowid IN (SELECT id FROM sortKey);
DELETE FROM body WHERE id IN (SELECT id FROM gone);
DELETE FROM sortKey WHERE id IN (SELECT id FROM gone);
DELETE FROM entry WHERE id IN (SELECT id FROM gone);
UPDATE entry SET flags = m.flags, marks = ${MARKS}, offset = m.offset, file = m.file FROM message m
  WHERE m.id = entry.id AND (m.flags <> entry.flags OR (entry.marks & 8) <> m.missing * 8
    OR m.offset IS NOT entry.offset OR m.file IS NOT entry.file);
INSERT INTO entry SELECT m.id, m.mailbox, m.uidValidity, m.uid, ${MARKS},
    coalesce(unixepoch(nullif(m.sentDate, '')), unixepoch(m.internalDate)), m.sizeBytes, m.flags, m.internalDate,
    m.sentDate, m.fingerprint, m.offset, m.length, m.file, m.newlineAdded, m.sender, m.recipients, m.subject
  FROM live JOIN message m ON m.id = live.id WHERE live.id NOT IN (SELECT id FROM entry) ORDER BY m.id;
DROP TABLE temp.gone;
DROP TABLE temp.live;
`;
