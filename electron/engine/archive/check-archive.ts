/** check: does the structure hold together? Reads headers and no bodies, writes nothing, needs no lock. */
import fs from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { isEngineError, toEngineError } from '../errors.ts';
import { silentLog, type Log } from '../ports.ts';
import { describeMessages, freshCatalog, isSound, openCatalogForReading, type CatalogHome } from './catalog-open.ts';
import { listedMessages, type StoredMessage } from './catalog-read.ts';
import { openDatabase } from './catalog-driver.ts';
import type { Catalog } from './catalog.ts';
import { checkPlaces } from './check-places.ts';
import { scanJournal } from './journal-scan.ts';
import { archivePaths, type Layout } from './layout.ts';
import { MailReader } from './mail-reader.ts';
import { archiveError, readManifest } from './manifest.ts';

/** damage: something is lost or wrong. note: worth knowing; the next backup or `repair` puts it right. */
export interface Finding {
  severity: 'damage' | 'note';
  /** One sentence. */
  message: string;
}

export interface CheckReport {
  /** Nothing is lost or wrong. */
  healthy: boolean;
  account: string;
  layout: Layout;
  mailboxes: number;
  messages: number;
  bytes: number;
  findings: Finding[];
}

/** @throws EngineError 'archive-missing', 'archive-foreign', 'archive-newer', 'path-is-file'; 'archive-damaged' for the manifest only */
export async function checkArchive(dir: string, options: { log?: Log } = {}): Promise<CheckReport> {
  const paths = archivePaths(dir);
  const manifest = readManifest(paths);
  const reader = new MailReader(paths);
  const home: CatalogHome = { paths, manifest, reader, log: options.log ?? silentLog };
  const findings: Finding[] = [];
  const catalog = freshCatalog(home, ':memory:');
  try {
    scanJournal(home, catalog, findings);
    checkPlaces(paths, catalog, findings);
    if (!findings.some(({ severity }) => severity === 'damage')) checkCatalog(home, catalog, findings);
    checkIndex(home, findings);
    if (fs.existsSync(paths.repairing))
      findings.push({ severity: 'damage', message: 'A repair was stopped before its end. Run it again.' });
    if (fs.existsSync(paths.lock))
      findings.push({ severity: 'note', message: 'A writer holds the archive, or was stopped.' });
    const { messages, bytes } = totals(catalog);
    return {
      healthy: findings.every(({ severity }) => severity === 'note'),
      account: manifest.account,
      layout: manifest.layout,
      mailboxes: catalog.mailboxes.size,
      messages,
      bytes,
      findings,
    };
  } finally {
    catalog.close();
    reader.close();
  }
}

function totals(catalog: Catalog): { messages: number; bytes: number } {
  const [messages, bytes] = catalog.statement('SELECT count(*), coalesce(sum(sizeBytes), 0) FROM message').get()!;
  return { messages: messages as number, bytes: bytes as number };
}

/** The catalog on disk must say what the journal says. */
function checkCatalog(home: CatalogHome, truth: Catalog, findings: Finding[]): void {
  if (!fs.existsSync(home.paths.catalog)) {
    findings.push({ severity: 'note', message: 'The catalog is missing; the next backup builds it again.' });
    return;
  }
  try {
    const stored = openCatalogForReading(home);
    try {
      if (!isSound(stored)) throw damagedCatalog();
      const difference = firstDifference(home, truth, stored);
      if (stored.inMemory && !stored.foundCurrent) {
        findings.push({
          severity: 'note',
          message: 'The catalog does not fit the journal; the next backup brings it up to date.',
        });
      } else if (difference)
        findings.push({
          severity: 'damage',
          message: `The catalog says otherwise than the journal: ${difference}. Run repair.`,
        });
    } finally {
      stored.close();
    }
  } catch (error) {
    findings.push({ severity: 'damage', message: `The catalog cannot be read: ${toEngineError(error).message}` });
  }
}

/** What SQLite finds out of order; a wrong letter inside a word it cannot see. */
function checkIndex({ paths, log }: CatalogHome, findings: Finding[]): void {
  if (!fs.existsSync(paths.searchIndex)) return;
  try {
    const db = openDatabase(paths.searchIndex, { readOnly: true });
    try {
      if (db.prepare('PRAGMA integrity_check(1)').get()?.[0] === 'ok') return;
    } finally {
      db.close();
    }
  } catch (error) {
    // Somebody is adding words to it.
    if (isEngineError(error, 'archive-locked')) return;
    log.debug('search-index-unusable', { reason: String(error) });
  }
  const message = 'The index for searching is damaged; repair removes it, and opening the archive builds it anew.';
  findings.push({ severity: 'note', message });
}

const damagedCatalog = () =>
  archiveError('archive-damaged', 'it is damaged. Run mailferry repair; it is built anew from the journal.');

/** Subjects and the like come from the messages' headers: these are read again. */
function firstDifference(home: CatalogHome, truth: Catalog, stored: Catalog): string | null {
  describeMessages(home, truth);
  const given = listedMessages(stored);
  for (const expected of listedMessages(truth)) {
    const next = given.next();
    if (next.done || JSON.stringify(next.value) !== JSON.stringify(expected)) return name(truth, expected);
  }
  const more = given.next();
  if (!more.done) return name(stored, more.value);
  return isDeepStrictEqual(truth.mailboxes, stored.mailboxes) ? null : 'its list of mailboxes';
}

function name(catalog: Catalog, message: StoredMessage): string {
  return `message ${message.uid} of ${catalog.mailboxes.get(message.mailbox)?.record.path ?? message.mailbox}`;
}
