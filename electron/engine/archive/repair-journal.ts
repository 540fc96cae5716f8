/** Makes a damaged journal readable again. Every segment that is changed is first copied to state/damaged/. */
import fs from 'node:fs';
import path from 'node:path';
import { writeAtomically } from '../fs/atomic-write.ts';
import { makeFolder, unlinkFile } from '../fs/durable.ts';
import type { CatalogHome } from './catalog-open.ts';
import { readCheckpoint } from './checkpoint.ts';
import { sealLine } from './journal-line.ts';
import { journalEnd, journalLines, listSegments, segmentFile } from './journal-reader.ts';
import { resolveMailboxes, type Unresolved } from './lost-mailboxes.ts';
import { hasMail } from './recover.ts';
import { rescueLine } from './rescue-line.ts';
import { comparePositions, JOURNAL_START, type JournalRecord, type MailboxRecord } from './records.ts';

export interface RepairNotes {
  done: string[];
  notPossible: string[];
}

/**
 * @param remembered mailboxes that the catalog knows
 * @returns true when records were lost: then mail may be there that no record names
 * @throws EngineError 'disk-full' and the like; what is repaired so far stays repaired
 */
export function repairJournal(home: CatalogHome, remembered: MailboxRecord[], notes: RepairNotes): boolean {
  const { paths, manifest } = home;
  const checkpoint = readCheckpoint(paths.checkpoint, manifest.archive);
  const end = journalEnd(paths.journal) ?? JOURNAL_START;
  const shortened = checkpoint !== null && comparePositions(end, checkpoint.journal) < 0;
  if (shortened) notes.notPossible.push('The end of the journal is missing; what it said is lost.');
  const survey = surveyJournal(home);
  if (end === JOURNAL_START && hasMail(paths)) survey.lost++;
  const lost = survey.lost > 0 || shortened;
  // Before the first segment is rewritten: the new one no longer shows that a record was lost, and a repair begun again
  // after a stop would take the lost record's mail for the leavings of a crash.
  if (lost) writeAtomically(paths.repairing, 'records were lost\n');
  const found = resolveMailboxes(home, survey.unresolved, lost, survey.mailboxes, remembered, notes);
  const last = Math.max(listSegments(paths.journal).at(-1) ?? 0, found.length > 0 ? 1 : 0);
  const known = new Set([...survey.mailboxes.values(), ...found].map(({ id }) => id));
  let previousBytes = 0;
  let changed = false;
  for (let number = 1; number <= last; number++) {
    const rewritten = rebuildSegment(home, number, previousBytes, number === 1 ? found : [], known, notes);
    changed = replaceSegment(home, number, rewritten, notes) || changed;
    previousBytes = rewritten.length;
  }
  // It may promise more than there is, or speak of positions that have moved.
  if (changed || shortened) unlinkFile(paths.checkpoint);
  return lost;
}

interface Survey {
  mailboxes: Map<number, MailboxRecord>;
  /** Mailboxes that have messages and no record, with a few of their messages. */
  unresolved: Unresolved;
  /** Lines that cannot be read and are not the torn end of the last segment. */
  lost: number;
}

function surveyJournal(home: CatalogHome): Survey {
  const survey: Survey = { mailboxes: new Map(), unresolved: new Map(), lost: 0 };
  const segments = listSegments(home.paths.journal);
  survey.lost = (segments.at(-1) ?? 0) - segments.length;
  let torn = 0;
  for (const line of journalLines(home.paths.journal, JOURNAL_START)) {
    const record = line.record ?? rescueLine(line.octets);
    if (record?.type === 'mailbox') survey.mailboxes.set(record.id, record);
    if (record?.type === 'message' && !survey.mailboxes.has(record.mailbox)) {
      const samples = survey.unresolved.get(record.mailbox) ?? [];
      if (samples.length < 5) samples.push(record);
      survey.unresolved.set(record.mailbox, samples);
    }
    if (record) {
      survey.lost += torn;
      torn = 0;
    } else torn++;
  }
  // A torn end beyond the checkpoint is an ordinary crash; before it, the end was durable once.
  const checkpoint = readCheckpoint(home.paths.checkpoint, home.manifest.archive);
  if (torn > 0 && checkpoint && tornBefore(home, checkpoint.journal)) survey.lost += torn;
  for (const id of survey.mailboxes.keys()) survey.unresolved.delete(id);
  return survey;
}

function tornBefore(home: CatalogHome, durable: { segment: number; offset: number }): boolean {
  for (const line of journalLines(home.paths.journal, JOURNAL_START)) {
    if (!line.record && !rescueLine(line.octets)) return comparePositions(line.at, durable) < 0;
  }
  return false;
}

function rebuildSegment(
  home: CatalogHome,
  number: number,
  previousBytes: number,
  extra: MailboxRecord[],
  known: Set<number>,
  notes: RepairNotes,
): Buffer {
  const head = { type: 'segment', number, archive: home.manifest.archive, previousBytes } as const;
  const lines: Buffer[] = [Buffer.from(sealLine(head)), ...extra.map((record) => Buffer.from(sealLine(record)))];
  for (const line of journalLines(home.paths.journal, { segment: number, offset: 0 })) {
    if (line.at.segment !== number) break;
    const record = line.record ?? rescueLine(line.octets);
    const where = `line at offset ${line.at.offset} of journal segment ${number}`;
    if (!record) notes.notPossible.push(`The ${where} cannot be read and was taken out.`);
    else if (refersToUnknown(record, known))
      notes.notPossible.push(`The ${where} speaks of a mailbox that nobody knows.`);
    else if (record.type !== 'segment') {
      if (!line.record) notes.done.push(`The ${where} had one wrong octet and was put right.`);
      lines.push(line.record ? Buffer.concat([line.octets, NEWLINE]) : Buffer.from(sealLine(record)));
    }
  }
  return Buffer.concat(lines);
}

const NEWLINE = Buffer.from('\n');

function refersToUnknown(record: JournalRecord, known: Set<number>): boolean {
  return 'mailbox' in record && !known.has(record.mailbox);
}

function replaceSegment(home: CatalogHome, number: number, content: Buffer, notes: RepairNotes): boolean {
  const file = segmentFile(home.paths.journal, number);
  const before = fs.existsSync(file) ? fs.readFileSync(file) : null;
  if (before?.equals(content)) return false;
  if (before) keepDamaged(home, path.basename(file), before);
  else notes.notPossible.push(`Segment ${number} of the journal is gone; an empty one takes its place.`);
  writeAtomically(file, content);
  notes.done.push(`Segment ${number} of the journal was put right; the old one is in state/damaged.`);
  return true;
}

/** Nothing is thrown away by a repair. */
export function keepDamaged(home: CatalogHome, name: string, content: Buffer): void {
  const folder = path.join(home.paths.state, 'damaged');
  makeFolder(folder);
  let n = 1;
  while (fs.existsSync(path.join(folder, `${name}.${n}`))) n++;
  writeAtomically(path.join(folder, `${name}.${n}`), content);
}
