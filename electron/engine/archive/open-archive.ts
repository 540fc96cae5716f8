import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { makeFolder, statOrNull } from '../fs/durable.ts';
import { writeAtomically } from '../fs/atomic-write.ts';
import { isEngineError } from '../errors.ts';
import { silentLog, type Clock, type Log } from '../ports.ts';
import { Archive } from './archive.ts';
import type { Catalog } from './catalog.ts';
import { openCatalogForReading, openCatalogForWriting, type CatalogHome } from './catalog-open.ts';
import { listSegments } from './journal-reader.ts';
import { archivePaths, FORMAT_VERSION, type ArchivePaths, type Layout } from './layout.ts';
import { takeLock } from './lock.ts';
import { MailReader } from './mail-reader.ts';
import { cutMailTails, finishRewrites, removeUnlistedFiles } from './mail-tidy.ts';
import { archiveError, foreignNames, readManifest, writeManifest, type Manifest } from './manifest.ts';
import { readmeText } from './readme-text.ts';
import { cutTornTail, findUnkept, journalState, type JournalState } from './recover.ts';
import { WriteCore } from './write-core.ts';

export interface CreateOptions {
  layout: Layout;
  /** `alice@imap.example.org`; '' for an archive of no single account. */
  account: string;
  clock: Clock;
  log?: Log;
}

export type OpenOptions = { mode: 'read'; clock?: Clock; log?: Log } | { mode: 'write'; clock: Clock; log?: Log };

/**
 * Make an archive in a folder that is missing or empty, and open it for writing.
 *
 * @throws EngineError 'path-not-empty', 'path-is-file', 'path-not-writable', 'disk-full'
 */
export async function createArchive(dir: string, options: CreateOptions): Promise<Archive> {
  const { layout, account, clock } = options;
  const paths = archivePaths(dir);
  if (statOrNull(dir)?.isDirectory() && foreignNames(dir).length > 0) {
    throw archiveError('path-not-empty', `${dir} is not empty. Choose an empty folder, or one that is not there yet.`);
  }
  makeFolder(dir);
  writeManifest(paths, {
    format: 'mailferry-archive',
    version: FORMAT_VERSION,
    archive: randomUUID(),
    account,
    layout,
    created: clock.date().toISOString(),
  });
  return openArchive(dir, { mode: 'write', clock, log: options.log ?? silentLog });
}

/**
 * Open an archive. Readers need no lock, write nothing and see what was durable when they opened it; a writer holds
 * the lock until `close` and first puts right what a stop in the middle left.
 *
 * @throws EngineError 'archive-missing', 'archive-foreign', 'archive-newer', 'archive-damaged', 'archive-locked',
 *   'path-is-file', 'path-not-writable', 'disk-full'
 */
export async function openArchive(dir: string, options: OpenOptions): Promise<Archive> {
  const paths = archivePaths(dir);
  const manifest = readManifest(paths);
  const reader = new MailReader(paths);
  const home: CatalogHome = { paths, manifest, reader, log: options.log ?? silentLog };
  if (options.mode === 'read') {
    journalState(paths, manifest);
    return new Archive({
      paths,
      manifest,
      reader,
      catalog: openCatalogForReading(home),
      core: null,
      unlock: () => undefined,
    });
  }
  makeParts(paths, manifest);
  const lock = takeLock(paths.lock, options.clock.date());
  try {
    const core = openForWriting(home, options.clock);
    return new Archive({ paths, manifest, reader, catalog: core.catalog, core, unlock: lock.release });
  } catch (error) {
    reader.close();
    lock.release();
    throw error;
  }
}

/** Open for writing; make the archive when there is none. @throws as createArchive and openArchive do */
export async function openOrCreateArchive(dir: string, options: CreateOptions): Promise<Archive> {
  try {
    return await openArchive(dir, { mode: 'write', clock: options.clock, log: options.log ?? silentLog });
  } catch (error) {
    if (!isEngineError(error, 'archive-missing')) throw error;
    return createArchive(dir, options);
  }
}

/** Whatever a creation that was cut short did not get to. */
export function makeParts(paths: ArchivePaths, manifest: Manifest): void {
  makeFolder(paths.mail);
  makeFolder(paths.journal);
  if (!fs.existsSync(paths.readme)) writeAtomically(paths.readme, readmeText(manifest.account, manifest.layout));
}

function openForWriting(home: CatalogHome, clock: Clock): WriteCore {
  const { paths, manifest, reader, log } = home;
  const state = journalState(paths, manifest);
  if (state.unclean) cutTornTail(paths, state.checkpoint);
  const catalog = openCatalogForWriting(home);
  try {
    const lastSegment = listSegments(paths.journal).at(-1) ?? 0;
    const core = new WriteCore({ paths, manifest, catalog, reader, clock, log, lastSegment });
    if (state.unclean) putRight(home, core, catalog, state);
    return core;
  } catch (error) {
    catalog.close();
    throw error;
  }
}

function putRight(home: CatalogHome, core: WriteCore, catalog: Catalog, state: JournalState): void {
  const { paths, manifest, reader, log } = home;
  finishRewrites(paths, catalog);
  const dropped = findUnkept(paths, state.checkpoint, catalog, reader);
  for (const record of dropped) core.recordNow(record);
  reader.close();
  if (manifest.layout === 'mbox') cutMailTails(paths, catalog);
  else removeUnlistedFiles(paths, catalog);
  core.checkpointAfterRecovery();
  log.warn('archive-recovered', { dropped: dropped.length });
}
