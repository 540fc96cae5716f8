/** Opens the index of an archive, and brings its rows up to what the archive holds. */
import { JOURNAL_START, comparePositions, type JournalPosition } from '../archive/records.ts';
import type { Catalog, Applied } from '../archive/catalog.ts';
import { lineCrcBefore, openCatalogForReading, type CatalogHome } from '../archive/catalog-open.ts';
import { journalEnd } from '../archive/journal-reader.ts';
import { takeLock } from '../archive/lock.ts';
import { isEngineError } from '../errors.ts';
import { IndexDb } from './index-db.ts';
import { createIndex, openIndex, type IndexPlace } from './index-schema.ts';
import { syncEntries } from './index-sync.ts';

const WAIT_MS = 100;
/** Another process makes the rows of a new index: that takes it a few seconds. */
const MAX_WAIT_MS = 20_000;

/**
 * @param home closed by the caller
 * @throws EngineError 'archive-locked' while another process has been building a new index for long
 */
export async function openFreshIndex(home: CatalogHome, place: IndexPlace): Promise<IndexDb> {
  const { archive } = home.manifest;
  for (let waited = 0; ; waited += WAIT_MS) {
    const found = openIndex(place.file, archive);
    const index = found && new IndexDb(found);
    if (index && isCurrent(home, index)) return index;
    const lock = tryLock(place.lock);
    if (lock) {
      try {
        return bringUp(home, place, index);
      } finally {
        lock.release();
      }
    }
    // Rows of a moment ago are better than none.
    if (index && waited > WAIT_MS * 20) return index;
    index?.close();
    if (waited > MAX_WAIT_MS) takeLock(place.lock, new Date()).release();
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** For one process at a time. @returns null when another has it */
export function tryLock(file: string): { release: () => void } | null {
  try {
    return takeLock(file, new Date());
  } catch (error) {
    if (isEngineError(error, 'archive-locked')) return null;
    throw error;
  }
}

/** Do the rows say what the journal says up to its end? */
export function isCurrent(home: CatalogHome, index: IndexDb): boolean {
  const text = index.info('applied');
  if (text === null) return false;
  const { position, crc } = JSON.parse(text) as Applied;
  const end: JournalPosition = journalEnd(home.paths.journal) ?? JOURNAL_START;
  if (comparePositions(position, end) !== 0) return false;
  return comparePositions(end, JOURNAL_START) === 0 || lineCrcBefore(home.paths.journal, end) === crc;
}

function bringUp(home: CatalogHome, place: IndexPlace, found: IndexDb | null): IndexDb {
  const catalog = openCatalogForReading(home);
  try {
    if (found) {
      try {
        sync(found, catalog, place);
        return found;
      } catch (error) {
        found.close();
        if (!isEngineError(error, 'archive-damaged', 'internal')) throw error;
        home.log.debug('search-index-unusable', { reason: String(error) });
      }
    }
    const index = new IndexDb(createIndex(place.file, home.manifest.archive));
    try {
      sync(index, catalog, place);
    } catch (error) {
      index.close();
      throw error;
    }
    return index;
  } finally {
    catalog.close();
  }
}

function sync(index: IndexDb, catalog: Catalog, place: IndexPlace): void {
  if (!catalog.inMemory) {
    index.db.withAttached(catalog.file, 'catalog', () => syncEntries(index.db, catalog));
    return;
  }
  // What it has just taken from the journal is in a transaction of its own.
  catalog.commit();
  catalog.db.prepare('ATTACH ? AS search').run(place.file);
  try {
    syncEntries(catalog.db, catalog);
  } finally {
    catalog.db.exec('DETACH search');
  }
}
