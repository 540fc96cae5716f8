/** repair: makes an archive usable again and never deletes a good message. */
import { silentLog, type Clock, type Log } from '../ports.ts';
import { describeMessages, openCatalogForWriting, type CatalogHome } from './catalog-open.ts';
import { listSegments } from './journal-reader.ts';
import { archivePaths } from './layout.ts';
import { takeLock } from './lock.ts';
import { MailReader } from './mail-reader.ts';
import { cutMailTails, finishRewrites, removeUnlistedFiles } from './mail-tidy.ts';
import { readManifest } from './manifest.ts';
import { makeParts } from './open-archive.ts';
import { readCheckpoint } from './checkpoint.ts';
import { comparePositions, type MailboxRecord } from './records.ts';
import { readRemembered } from './remembered.ts';
import { cutJournal, tornEnd } from './recover.ts';
import { repairJournal, type RepairNotes } from './repair-journal.ts';
import { salvageMailbox } from './salvage.ts';
import { renameFile, statOrNull, unlinkFile } from '../fs/durable.ts';
import { WriteCore } from './write-core.ts';

export interface RepairReport extends RepairNotes {
  /** Messages the archive holds now. */
  messages: number;
}

/**
 * Cut torn ends, rebuild the catalog from the journal, find messages whose place or record is damaged.
 * Reads every body. Damaged parts of the journal are kept in state/damaged.
 *
 * @throws EngineError 'archive-missing', 'archive-foreign', 'archive-newer', 'archive-locked', 'disk-full',
 *   'path-not-writable'; 'archive-damaged' when the manifest itself is damaged
 */
export async function repairArchive(dir: string, options: { clock: Clock; log?: Log }): Promise<RepairReport> {
  const paths = archivePaths(dir);
  const manifest = readManifest(paths);
  makeParts(paths, manifest);
  const lock = takeLock(paths.lock, options.clock.date());
  const reader = new MailReader(paths);
  try {
    const home: CatalogHome = { paths, manifest, reader, log: options.log ?? silentLog };
    return await repair(home, options.clock);
  } finally {
    reader.close();
    lock.release();
  }
}

async function repair(home: CatalogHome, clock: Clock): Promise<RepairReport> {
  const { paths, manifest, reader, log } = home;
  const notes: RepairNotes = { done: [], notPossible: [] };
  const wasStopped = statOrNull(paths.repairing) !== null;
  const remembered = readRemembered(home);
  const lost = repairOrCut(home, remembered.mailboxes, notes) || wasStopped;
  setCatalogAside(home, lost);
  removeIndex(home);
  const catalog = openCatalogForWriting(home);
  try {
    notes.done.push('The catalog was built anew from the journal.');
    const lastSegment = listSegments(paths.journal).at(-1) ?? 0;
    const core = new WriteCore({ paths, manifest, catalog, reader, clock, log, lastSegment });
    finishRewrites(paths, catalog);
    for (const mailbox of catalog.mailboxes.values()) {
      const known = remembered.messages.get(mailbox.record.id) ?? [];
      await core.record(salvageMailbox(core, mailbox, { lost, remembered: lost ? known : [] }, notes));
    }
    describeMessages(home, catalog);
    reader.close();
    // What is nameless now is a crash's leavings; where records were lost it stays all the same.
    if (!lost && manifest.layout === 'mbox') cutMailTails(paths, catalog);
    else if (!lost) removeUnlistedFiles(paths, catalog);
    await core.close();
    core.checkpointAfterRecovery();
    unlinkFile(paths.catalogBefore);
    if (lost) unlinkFile(paths.repairing);
    const [messages] = catalog.statement('SELECT count(*) FROM message').get()!;
    return { ...notes, messages: messages as number };
  } finally {
    catalog.close();
  }
}

/** Where records are lost it may be the only one to know them: it stays until they are in the journal again. */
function setCatalogAside({ paths }: CatalogHome, lost: boolean): void {
  const isMidway = statOrNull(`${paths.catalog}-journal`) !== null;
  const isNeeded = lost && !isMidway && !statOrNull(paths.catalogBefore) && statOrNull(paths.catalog);
  if (isNeeded) renameFile(paths.catalog, paths.catalogBefore);
  else unlinkFile(paths.catalog);
  unlinkFile(`${paths.catalog}-journal`);
}

/** It is derived, and whether its words are right nobody can tell. Opening the archive builds it anew. */
function removeIndex({ paths, log }: CatalogHome): void {
  try {
    unlinkFile(paths.searchIndex);
    unlinkFile(`${paths.searchIndex}-journal`);
  } catch (error) {
    // Windows: a window has it open. It goes with the next repair, and does no harm to the mail.
    log.warn('search-index-kept', { reason: String(error) });
  }
}

/** A torn end alone is cut as any opening would; anything else is damage. @returns whether records were lost */
function repairOrCut(home: CatalogHome, remembered: MailboxRecord[], notes: RepairNotes): boolean {
  const { paths, manifest } = home;
  const checkpoint = readCheckpoint(paths.checkpoint, manifest.archive);
  const torn = tornEnd(paths);
  const last = listSegments(paths.journal).at(-1);
  if (torn && torn.segment === last && !(checkpoint && comparePositions(torn, checkpoint.journal) < 0)) {
    cutJournal(paths, torn);
    notes.done.push('The torn end of the journal was cut off.');
  }
  return repairJournal(home, remembered, notes);
}
