/** Reads a whole journal that may be damaged, applies what can be read and tells what cannot. */
import { toEngineError } from '../errors.ts';
import { freshCatalog, type CatalogHome } from './catalog-open.ts';
import type { Catalog } from './catalog.ts';
import { applyRecord } from './catalog-apply.ts';
import type { Finding } from './check-archive.ts';
import { readCheckpoint } from './checkpoint.ts';
import { journalEnd, journalLines } from './journal-reader.ts';
import { archiveError } from './manifest.ts';
import { hasMail } from './recover.ts';
import { comparePositions, JOURNAL_START, type JournalPosition, type SegmentRecord } from './records.ts';

/**
 * What the whole journal says, in memory.
 *
 * @throws EngineError 'archive-damaged' when part of it cannot be read
 */
export function catalogOfJournal(home: CatalogHome): Catalog {
  const catalog = freshCatalog(home, ':memory:');
  const findings: Finding[] = [];
  scanJournal(home, catalog, findings);
  const damage = findings.find(({ severity }) => severity === 'damage');
  if (!damage) return catalog;
  catalog.close();
  throw archiveError('archive-damaged', `The archive's journal is damaged: ${damage.message}`);
}

export function scanJournal(home: CatalogHome, catalog: Catalog, findings: Finding[]): void {
  const { paths, manifest } = home;
  const checkpoint = readCheckpoint(paths.checkpoint, manifest.archive);
  const damage = (message: string) => void findings.push({ severity: 'damage', message });
  if (!journalEnd(paths.journal) && hasMail(paths)) damage('The journal is gone. Run repair.');
  let end = JOURNAL_START;
  let torn: { at: JournalPosition; lines: number } | null = null;
  for (const line of journalLines(paths.journal, JOURNAL_START)) {
    const { record, at } = line;
    if (record && torn) damage(unreadable(torn));
    torn = record ? null : (torn ?? { at, lines: 0 });
    if (torn) torn.lines++;
    if (record?.type === 'segment') {
      const problem = segmentProblem(record, manifest.archive, at, end);
      if (problem) damage(problem);
    } else if (at.offset === 0) damage(`Segment ${at.segment} of the journal does not begin with its head.`);
    if (record) {
      try {
        applyRecord(catalog, record);
      } catch (error) {
        damage(toEngineError(error).message);
      }
    }
    end = line.end;
  }
  if (torn && checkpoint && comparePositions(torn.at, checkpoint.journal) < 0) damage(unreadable(torn));
  else if (torn)
    findings.push({ severity: 'note', message: 'The journal has a torn end; the next backup cuts it off.' });
  if (checkpoint && comparePositions(end, checkpoint.journal) < 0) damage('The end of the journal is missing.');
  catalog.commit();
}

function unreadable({ at, lines }: { at: JournalPosition; lines: number }): string {
  const what = lines === 1 ? 'A line' : `${lines} lines`;
  return `${what} at offset ${at.offset} of journal segment ${at.segment} cannot be read. Run repair.`;
}

function segmentProblem(
  record: SegmentRecord,
  archive: string,
  at: JournalPosition,
  before: JournalPosition,
): string | null {
  if (record.archive !== archive) return `Segment ${at.segment} of the journal belongs to another archive.`;
  const expected = at.segment === 1 ? 0 : before.offset;
  const follows =
    at.segment === before.segment ? at.offset === 0 && at.segment === 1 : at.segment === before.segment + 1;
  if (!follows || record.number !== at.segment || record.previousBytes !== expected) {
    return `Part of the journal is missing before segment ${at.segment}.`;
  }
  return null;
}
