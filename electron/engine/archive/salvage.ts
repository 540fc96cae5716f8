/** Brings records and octets together again: finds moved messages, keeps nameless ones, drops records without octets. */
import fs from 'node:fs';
import { linkFile, statOrNull, syncFileNow, syncFolder, makeFolder } from '../fs/durable.ts';
import path from 'node:path';
import type { CatalogMailbox } from './catalog.ts';
import { mailboxMessages, type StoredMessage } from './catalog-read.ts';
import { emlFile, mailPath } from './layout.ts';
import { unlistedFiles } from './mail-tidy.ts';
import { isIntact, readDigests } from './message-check.ts';
import { NO_FLAGS } from '../flags.ts';
import type { DroppedRecord, JournalRecord, MessageRecord, Note, Place, Salvaged } from './records.ts';
import type { RepairNotes } from './repair-journal.ts';
import { findTexts, unownedRanges, type FoundText } from './salvage-mbox.ts';
import { formatUidSets } from './uid-set.ts';
import type { WriteCore } from './write-core.ts';

/** The generation of messages whose UID is lost; no server uses it for real ones. */
const NO_VALIDITY = 0;

export interface Loss {
  /** Records are known to be missing: octets without a record are messages, not leavings of a crash. */
  lost: boolean;
  /** Messages that the catalog knew before it was built anew; none unless records are missing. */
  remembered: StoredMessage[];
}

/** Records that make the journal say what the octets are. */
export function salvageMailbox(
  core: WriteCore,
  mailbox: CatalogMailbox,
  { lost, remembered }: Loss,
  notes: RepairNotes,
): JournalRecord[] {
  const rows = mailboxMessages(core.catalog, mailbox.record.id);
  const good: StoredMessage[] = [];
  const bad: StoredMessage[] = [];
  for (const row of rows) (isIntact(core.catalog, core.reader, row) ? good : bad).push(row);
  if (bad.length === 0 && !lost) return [];
  const work = new Salvage(core, mailbox, good, bad, notes);
  work.recall(remembered);
  return core.manifest.layout === 'mbox' ? work.mbox() : work.eml();
}

class Salvage {
  readonly #core: WriteCore;
  readonly #mailbox: CatalogMailbox;
  readonly #good: StoredMessage[];
  readonly #bad: StoredMessage[];
  readonly #notes: RepairNotes;
  readonly #records: JournalRecord[] = [];
  readonly #moved = new Set<StoredMessage>();
  /** Fingerprints of intact messages. */
  readonly #known: Set<string>;
  #nextUid: number;

  constructor(
    core: WriteCore,
    mailbox: CatalogMailbox,
    good: StoredMessage[],
    bad: StoredMessage[],
    notes: RepairNotes,
  ) {
    this.#core = core;
    this.#mailbox = mailbox;
    this.#good = good;
    this.#bad = bad;
    this.#notes = notes;
    this.#known = new Set(good.map((row) => row.fingerprint));
    const salvaged = [...good, ...bad].filter((row) => row.uidValidity === NO_VALIDITY);
    this.#nextUid = Math.max(0, ...salvaged.map((row) => row.uid)) + 1;
  }

  /** What the catalog knew of messages whose octets are there, the journal has lost. */
  recall(remembered: StoredMessage[]): void {
    const rows = new Map([...this.#good, ...this.#bad].map((row) => [nameOf(row), row]));
    for (const was of remembered) {
      const row = rows.get(nameOf(was));
      if (row) this.#recallMarks(row, was);
      else if (isIntact(this.#core.catalog, this.#core.reader, was)) this.#recallMessage(was);
    }
  }

  #recallMessage(was: StoredMessage): void {
    this.#good.push(was);
    this.#known.add(was.fingerprint);
    this.#record(was, was.place, was.newlineAdded);
    if (was.uidValidity === NO_VALIDITY) this.#nextUid = Math.max(this.#nextUid, was.uid + 1);
    this.#notes.done.push(`The record of message ${was.uid} of ${this.#mailbox.record.path} was found in the catalog.`);
  }

  #recallMarks(row: StoredMessage, was: StoredMessage): void {
    const { mailbox, uidValidity } = row;
    const uids = String(row.uid);
    const flags = was.flags;
    if (flags.join(' ') !== row.flags.join(' ') || (row.missing && !was.missing)) {
      this.#records.push({ type: 'flags', mailbox, uidValidity, uids, flags });
      row.missing = false;
    }
    if (was.missing && !row.missing) this.#records.push({ type: 'missing', mailbox, uidValidity, uids });
  }

  mbox(): JournalRecord[] {
    const file = mailPath(this.#core.paths, this.#mailbox.record.file);
    const sizeBytes = statOrNull(file)?.size ?? 0;
    if (sizeBytes > 0) {
      const fd = fs.openSync(file, 'r');
      try {
        const owned = this.#good.map((row) => row.place as { offset: number; length: number });
        for (const range of unownedRanges(sizeBytes, owned)) {
          for (const text of findTexts(fd, range)) this.#adoptText(text);
        }
      } finally {
        fs.closeSync(fd);
      }
    }
    return this.#finish(sizeBytes);
  }

  #adoptText(text: FoundText): void {
    const place = { offset: text.offset, length: text.length };
    const readings = [true, false].map((newlineAdded) => this.#reading(place, newlineAdded));
    for (const reading of readings) {
      const rows = this.#bad.filter((row) => row.fingerprint === reading?.fingerprint);
      for (const row of rows) this.#move(row, place, reading!.newlineAdded);
      if (rows.length > 0) return;
    }
    if (readings.some((reading) => reading && this.#known.has(reading.fingerprint))) return;
    const likely = text.newlineAdded ? readings[0] : readings[1];
    const { internalDate } = text;
    if (likely) this.#keepNameless(likely, place, { internalDate, salvaged: this.#wasBad(text) ? 'damaged' : true });
  }

  #wasBad({ offset, length }: FoundText): boolean {
    return this.#bad.some(
      ({ place }) => 'offset' in place && place.offset < offset + length && place.offset + place.length > offset,
    );
  }

  #reading(place: { offset: number; length: number }, newlineAdded: boolean) {
    const probe: StoredMessage = { ...NAMELESS, mailbox: this.#mailbox.record.id, place, newlineAdded };
    // From_ line and LF alone are an empty message, to which no newline was added.
    if (newlineAdded && place.length < 35) return null;
    return { ...readDigests(this.#core.reader, this.#mailbox, probe), newlineAdded };
  }

  #move(row: StoredMessage, place: Place, newlineAdded: boolean): void {
    this.#moved.add(row);
    this.#record(row, place, newlineAdded);
    this.#notes.done.push(`Message ${row.uid} of ${this.#mailbox.record.path} was found at another place.`);
  }

  #record(row: StoredMessage, place: Place, newlineAdded: boolean): void {
    // Of a nameless one nobody remembers why it is: it may be a damaged one.
    const salvaged = row.uidValidity === NO_VALIDITY ? { salvaged: 'damaged' as const } : {};
    this.#records.push({ ...recordOf(row), place, ...notesOf(newlineAdded), ...salvaged });
    const { mailbox, uidValidity, uid } = row;
    if (row.missing) this.#records.push({ type: 'missing', mailbox, uidValidity, uids: String(uid) });
  }

  #keepNameless(
    found: { fingerprint: string; headerDigest: string; bytes: number; newlineAdded?: boolean },
    place: Place,
    { internalDate, salvaged }: { internalDate: string | null; salvaged: Salvaged },
    name: { uidValidity: number; uid: number } = { uidValidity: NO_VALIDITY, uid: this.#nextUid++ },
  ): void {
    const { fingerprint, headerDigest, bytes: sizeBytes } = found;
    const digests = { sizeBytes, fingerprint, headerDigest };
    const mailbox = this.#mailbox.record.id;
    this.#records.push({
      type: 'message',
      mailbox,
      ...name,
      flags: NO_FLAGS,
      internalDate,
      ...digests,
      place,
      ...notesOf(found.newlineAdded ?? false),
      salvaged,
    });
    const where = 'file' in place ? place.file : `offset ${place.offset}`;
    this.#notes.done.push(
      `A message of ${this.#mailbox.record.path} that no record named (${where}) was kept; its flags and dates are lost.`,
    );
  }

  eml(): JournalRecord[] {
    const folder = this.#mailbox.record.file;
    for (const row of this.#bad) {
      const { file } = row.place as { file: string };
      if (!statOrNull(mailPath(this.#core.paths, `${folder}/${file}`))) continue;
      const uid = this.#nextUid++;
      const copy = emlFile(NO_VALIDITY, uid);
      if (this.#copyAside(file, copy)) this.#adoptFile(copy, { uidValidity: NO_VALIDITY, uid }, 'damaged');
    }
    for (const file of unlistedFiles(this.#core.paths, this.#core.catalog, this.#mailbox)) {
      const [, uidValidity, uid] = /^\d+\/(\d+)-(\d+)\.eml$/.exec(file) ?? [];
      if (uid !== undefined && !this.#isRecorded(file))
        this.#adoptFile(file, { uidValidity: Number(uidValidity), uid: Number(uid) }, true);
    }
    return this.#finish(0);
  }

  #isRecorded(file: string): boolean {
    return this.#records.some(
      (record) => record.type === 'message' && 'file' in record.place && record.place.file === file,
    );
  }

  /** The next backup writes the message anew under its old name: the damaged octets get a name of their own. */
  #copyAside(file: string, copy: string): boolean {
    const from = mailPath(this.#core.paths, `${this.#mailbox.record.file}/${file}`);
    const to = mailPath(this.#core.paths, `${this.#mailbox.record.file}/${copy}`);
    makeFolder(path.dirname(to));
    if (!linkFile(from, to)) {
      fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL);
      const fd = fs.openSync(to, 'r+');
      syncFileNow(fd, to);
      fs.closeSync(fd);
    }
    syncFolder(path.dirname(to));
    return true;
  }

  #adoptFile(file: string, name: { uidValidity: number; uid: number }, salvaged: Salvaged): void {
    const probe: StoredMessage = { ...NAMELESS, mailbox: this.#mailbox.record.id, place: { file } };
    this.#keepNameless(
      readDigests(this.#core.reader, this.#mailbox, probe),
      { file },
      { internalDate: null, salvaged },
      name,
    );
  }

  /** Records without octets go first; what was found takes their place. Octets at the end that stay nameless stay. */
  #finish(sizeBytes: number): JournalRecord[] {
    const lost = this.#bad.filter((row) => !this.#moved.has(row));
    for (const row of lost) {
      this.#notes.notPossible.push(
        `Message ${row.uid} of ${this.#mailbox.record.path} is damaged or gone; the next backup fetches it again if the server has it.`,
      );
    }
    const mailbox = this.#mailbox.record.id;
    const drops = droppedRecords(mailbox, lost);
    // Even without a message to drop: a pass that was said to be complete may have lost some of its records.
    if (drops.length === 0) drops.push({ type: 'dropped', mailbox, uidValidity: 0, uids: '', reason: 'repair' });
    const records: JournalRecord[] = [...drops, ...this.#records];
    const ends = [...this.#good, ...this.#records].map((row) => endOf(row));
    const end = Math.max(0, ...ends);
    if (sizeBytes > end) records.push({ type: 'gap', mailbox, offset: end, length: sizeBytes - end });
    return records;
  }
}

const NAMELESS: StoredMessage = {
  ...{ id: 0, mailbox: 0, uidValidity: 0, uid: 0, flags: NO_FLAGS, missing: false, internalDate: null, sizeBytes: 0 },
  ...{ fingerprint: '', headerDigest: '', place: { file: '' }, newlineAdded: false },
};

function nameOf({ uidValidity, uid }: StoredMessage): string {
  return `${uidValidity} ${uid}`;
}

function notesOf(newlineAdded: boolean): { notes?: Note[] } {
  return newlineAdded ? { notes: ['final-newline-added'] } : {};
}

function recordOf(row: StoredMessage): MessageRecord {
  const { mailbox, uidValidity, uid, flags, internalDate, sizeBytes, fingerprint, headerDigest, place } = row;
  return {
    type: 'message',
    mailbox,
    uidValidity,
    uid,
    flags,
    internalDate,
    sizeBytes,
    fingerprint,
    headerDigest,
    place,
  };
}

function endOf(row: object): number {
  const { place } = row as { place?: Place };
  return place && 'offset' in place ? place.offset + place.length : 0;
}

function droppedRecords(mailbox: number, rows: StoredMessage[]): DroppedRecord[] {
  const byGeneration = Map.groupBy(rows, (row) => row.uidValidity);
  return [...byGeneration].flatMap(([uidValidity, members]) =>
    formatUidSets(members.map((row) => row.uid).sort((a, b) => a - b)).map((uids): DroppedRecord => ({
      type: 'dropped',
      mailbox,
      uidValidity,
      uids,
      reason: 'repair',
    })),
  );
}
