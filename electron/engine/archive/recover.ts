/**
 * What opening for writing does after a stop in the middle. Each step may be cut short and done again:
 * torn journal end cut → catalog caught up → rewrites finished → mail journalled since the checkpoint re-read →
 * unlisted mail cut off or removed → checkpoint.
 */
import fs from 'node:fs';
import { statOrNull, syncFileNow, truncateFile } from '../fs/durable.ts';
import type { Catalog } from './catalog.ts';
import { findMessage } from './catalog-read.ts';
import { journalDamaged, readCheckpoint, type Checkpoint } from './checkpoint.ts';
import { journalEnd, journalLines, listSegments, segmentFile } from './journal-reader.ts';
import type { ArchivePaths } from './layout.ts';
import type { MailReader } from './mail-reader.ts';
import { namesIn } from './mail-tidy.ts';
import { isIntact } from './message-check.ts';
import type { Manifest } from './manifest.ts';
import { rescueLine } from './rescue-line.ts';
import {
  comparePositions,
  JOURNAL_START,
  type DroppedRecord,
  type JournalPosition,
  type MessageRecord,
} from './records.ts';
import { formatUidSets } from './uid-set.ts';

export interface JournalState {
  checkpoint: Checkpoint | null;
  /** Stopped in the middle: what follows the checkpoint has to be looked at. */
  unclean: boolean;
}

/** @throws EngineError 'archive-damaged' when the journal is shorter than the checkpoint promises */
export function journalState(paths: ArchivePaths, manifest: Manifest): JournalState {
  if (statOrNull(paths.repairing)) throw journalDamaged('a repair of it was stopped before its end');
  const checkpoint = readCheckpoint(paths.checkpoint, manifest.archive);
  const end = journalEnd(paths.journal);
  if (!end && hasMail(paths)) throw journalDamaged('it is gone, and there is mail');
  if (!checkpoint) return { checkpoint, unclean: end !== null };
  if (!end || comparePositions(end, checkpoint.journal) < 0) {
    throw journalDamaged('its end is missing');
  }
  return { checkpoint, unclean: !checkpoint.clean || comparePositions(end, checkpoint.journal) > 0 };
}

/** Mail is written only after the journal speaks of its mailbox: with mail there must be a journal. */
export function hasMail(paths: ArchivePaths): boolean {
  return namesIn(paths.mail).some((name) => !name.startsWith('.'));
}

/**
 * Cut what a crash left at the end of the journal: a group of lines is written at once and counts only after its
 * fsync, so the first line that is not whole ends what was ever promised.
 *
 * @returns whether there was anything to cut
 * @throws EngineError 'archive-damaged' for a bad line that was durable once: that is no torn tail
 */
export function cutTornTail(paths: ArchivePaths, checkpoint: Checkpoint | null): boolean {
  const from = checkpoint?.journal ?? JOURNAL_START;
  let torn: JournalPosition | null = null;
  for (const line of journalLines(paths.journal, from)) {
    if (line.record && torn && !checkpoint) throw journalDamaged(describe(torn));
    if (!line.record) torn ??= line.at;
    if (torn && checkpoint) break;
  }
  if (!torn) return false;
  if (torn.segment !== listSegments(paths.journal).at(-1)) throw journalDamaged(describe(torn));
  cutJournal(paths, torn);
  return true;
}

/** Where the lines at the very end of the journal begin that say nothing any more; null when its last line does. */
export function tornEnd(paths: ArchivePaths): JournalPosition | null {
  let torn: JournalPosition | null = null;
  for (const line of journalLines(paths.journal, JOURNAL_START)) {
    torn = (line.record ?? rescueLine(line.octets)) ? null : (torn ?? line.at);
  }
  return torn;
}

export function cutJournal(paths: ArchivePaths, at: JournalPosition): void {
  const file = segmentFile(paths.journal, at.segment);
  const fd = fs.openSync(file, 'r+');
  try {
    truncateFile(fd, file, at.offset);
    syncFileNow(fd, file);
  } finally {
    fs.closeSync(fd);
  }
}

function describe(at: JournalPosition): string {
  return `line at offset ${at.offset} of segment ${at.segment} cannot be read`;
}

/** Messages journalled after the checkpoint whose octets are not what the journal says, as records that drop them. */
export function findUnkept(
  paths: ArchivePaths,
  checkpoint: Checkpoint | null,
  catalog: Catalog,
  reader: MailReader,
): DroppedRecord[] {
  const bad = new Map<string, { mailbox: number; uidValidity: number; uids: number[] }>();
  for (const { record } of journalLines(paths.journal, checkpoint?.journal ?? JOURNAL_START)) {
    if (record?.type !== 'message' || isKept(catalog, reader, record)) continue;
    const { mailbox, uidValidity, uid } = record;
    const key = `${mailbox} ${uidValidity}`;
    const group = bad.get(key) ?? { mailbox, uidValidity, uids: [] };
    group.uids.push(uid);
    bad.set(key, group);
  }
  return [...bad.values()].flatMap(({ mailbox, uidValidity, uids }) =>
    formatUidSets(Uint32Array.from(uids).sort()).map((set): DroppedRecord => ({
      type: 'dropped',
      mailbox,
      uidValidity,
      uids: set,
      reason: 'found incomplete after a crash',
    })),
  );
}

/** True as well for a message that was forgotten or replaced since. */
function isKept(catalog: Catalog, reader: MailReader, record: MessageRecord): boolean {
  const message = findMessage(catalog, record.mailbox, record.uidValidity, record.uid);
  if (!message) return true;
  return isIntact(catalog, reader, message);
}
