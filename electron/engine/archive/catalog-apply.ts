/** What each journal record does to the catalog: the one place, used while writing and while replaying. */
import type { Envelope } from '../message/header.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import type { Value } from './catalog-driver.ts';
import { journalDamaged } from './checkpoint.ts';
import type {
  DroppedRecord,
  FlagsRecord,
  ForgetRecord,
  JournalRecord,
  MessageRecord,
  MissingRecord,
  RenumberedRecord,
} from './records.ts';
import { parseUidSet } from './uid-set.ts';

/**
 * @param envelope known when the message has just passed by; otherwise the row waits for `describeMessages`
 * @throws EngineError 'archive-damaged' for a record that names a mailbox nobody recorded
 */
export function applyRecord(catalog: Catalog, record: JournalRecord, envelope: Envelope | null = null): void {
  switch (record.type) {
    case 'segment':
    case 'session':
      return;
    case 'mailbox':
      catalog.putMailbox(record);
      return;
    case 'message':
      applyMessage(catalog, record, envelope);
      return;
    case 'renumbered':
      applyRenumbered(catalog, record);
      return;
    case 'flags':
      applyFlags(catalog, record);
      return;
    case 'missing':
      applyMissing(catalog, record);
      return;
    case 'forget':
      applyForget(catalog, record);
      return;
    case 'dropped':
      applyDropped(catalog, record);
      return;
    case 'pass': {
      const mailbox = mailboxOf(catalog, record.mailbox);
      const { uidValidity, uidNext, messages, highestModSeq } = record;
      mailbox.lastPass = { uidValidity, uidNext, messages, highestModSeq };
      mailbox.generation = uidValidity;
      return;
    }
    case 'gap': {
      const mailbox = mailboxOf(catalog, record.mailbox);
      mailbox.gapEndBytes = Math.max(mailbox.gapEndBytes, record.offset + record.length);
      mailbox.endBytes = Math.max(mailbox.endBytes, mailbox.gapEndBytes);
      return;
    }
  }
}

function mailboxOf(catalog: Catalog, id: number): CatalogMailbox {
  const mailbox = catalog.mailboxes.get(id);
  if (!mailbox) throw journalDamaged(`mailbox ${id} has messages but no record of its own`);
  catalog.touch(mailbox);
  return mailbox;
}

/** fingerprint and headerDigest: SQLite reads hex sooner than Node makes a Buffer of it. */
const HEX_COLUMNS = [8, 9];
const VALUES = Array.from({ length: 22 }, (_, i) => (HEX_COLUMNS.includes(i) ? `coalesce(unhex(?), x'')` : '?'));
const INSERT = `INSERT OR REPLACE INTO message VALUES (${VALUES.join(', ')})`;
const NO_ENVELOPE: Envelope = { sentDate: '', from: '', to: '', subject: '', messageId: '', attachments: false };

function applyMessage(catalog: Catalog, r: MessageRecord, envelope: Envelope | null): void {
  const mailbox = mailboxOf(catalog, r.mailbox);
  if (!r.salvaged) mailbox.generation = r.uidValidity;
  let place: [Value, Value, Value];
  if ('file' in r.place) place = [null, null, r.place.file];
  else {
    place = [r.place.offset, r.place.length, null];
    mailbox.endBytes = Math.max(mailbox.endBytes, r.place.offset + r.place.length);
  }
  const e = envelope ?? NO_ENVELOPE;
  catalog
    .statement(INSERT)
    .run(
      catalog.nextId++,
      r.mailbox,
      r.uidValidity,
      r.uid,
      r.flags.join(' '),
      0,
      r.internalDate,
      r.sizeBytes,
      r.fingerprint,
      r.headerDigest,
      place[0],
      place[1],
      place[2],
      r.notes?.includes('final-newline-added') ? 1 : 0,
      r.salvaged === 'damaged' ? 2 : Number(r.salvaged ?? 0),
      envelope ? 1 : 0,
      ...([e.sentDate, e.from, e.to, e.subject, e.messageId, Number(e.attachments)] as const),
    );
}

const RENUMBER = `INSERT OR REPLACE INTO message
  SELECT ?, mailbox, ?, ?, ?, 0, internalDate, sizeBytes, fingerprint, headerDigest, offset, length, file, newlineAdded,
    salvaged, described, sentDate, sender, recipients, subject, messageId, attachments
  FROM message WHERE mailbox = ? AND uidValidity = ? AND uid = ?`;

/** When the older message was dropped or forgotten meanwhile nothing is known of the new one: it is fetched. */
function applyRenumbered(catalog: Catalog, r: RenumberedRecord): void {
  mailboxOf(catalog, r.mailbox).generation = r.uidValidity;
  catalog
    .statement(RENUMBER)
    .run(catalog.nextId++, r.uidValidity, r.uid, r.flags.join(' '), r.mailbox, r.was.uidValidity, r.was.uid);
}

function applyFlags(catalog: Catalog, r: FlagsRecord): void {
  mailboxOf(catalog, r.mailbox);
  const update = catalog.statement(
    'UPDATE message SET flags = ?, missing = 0 WHERE mailbox = ? AND uidValidity = ? AND uid BETWEEN ? AND ?',
  );
  const flags = r.flags.join(' ');
  for (const [first, last] of parseUidSet(r.uids)) update.run(flags, r.mailbox, r.uidValidity, first, last);
}

function applyMissing(catalog: Catalog, r: MissingRecord): void {
  mailboxOf(catalog, r.mailbox);
  const update = catalog.statement(
    'UPDATE message SET missing = 1 WHERE mailbox = ? AND uidValidity = ? AND uid BETWEEN ? AND ?',
  );
  for (const [first, last] of parseUidSet(r.uids)) update.run(r.mailbox, r.uidValidity, first, last);
}

function applyDropped(catalog: Catalog, r: DroppedRecord): void {
  const mailbox = mailboxOf(catalog, r.mailbox);
  const remove = catalog.statement('DELETE FROM message WHERE mailbox = ? AND uidValidity = ? AND uid BETWEEN ? AND ?');
  for (const [first, last] of parseUidSet(r.uids)) remove.run(r.mailbox, r.uidValidity, first, last);
  // Something is to be fetched again: the mailbox must not look finished.
  mailbox.lastPass = null;
  const [end] = catalog.statement('SELECT max(offset + length) FROM message WHERE mailbox = ?').get(r.mailbox)!;
  mailbox.endBytes = Math.max(mailbox.gapEndBytes, (end as number | null) ?? 0);
}

/** The octets of the messages named, each place once, ascending; every name of the same octets goes. */
export function forgottenPlaces(
  catalog: Catalog,
  r: Omit<ForgetRecord, 'rewrite'>,
): { offset: number; length: number }[] {
  const select = catalog.statement(
    'SELECT DISTINCT offset, length FROM message WHERE mailbox = ? AND uidValidity = ? AND uid BETWEEN ? AND ?',
  );
  const places = new Map<number, number>();
  for (const [first, last] of parseUidSet(r.uids)) {
    for (const [offset, length] of select.all(r.mailbox, r.uidValidity, first, last)) {
      if (typeof offset === 'number') places.set(offset, length as number);
    }
  }
  return [...places].map(([offset, length]) => ({ offset, length })).sort((a, b) => a.offset - b.offset);
}

/** eml: the files of the messages named, each once. */
export function forgottenFiles(catalog: Catalog, r: Omit<ForgetRecord, 'rewrite'>): string[] {
  const select = catalog.statement(
    'SELECT file FROM message WHERE mailbox = ? AND uidValidity = ? AND uid BETWEEN ? AND ? AND file IS NOT NULL',
  );
  const files = new Set<string>();
  for (const [first, last] of parseUidSet(r.uids)) {
    for (const [file] of select.all(r.mailbox, r.uidValidity, first, last)) files.add(file as string);
  }
  return [...files];
}

function applyForget(catalog: Catalog, r: ForgetRecord): void {
  const mailbox = mailboxOf(catalog, r.mailbox);
  const removeFile = catalog.statement('DELETE FROM message WHERE mailbox = ? AND file = ?');
  for (const file of forgottenFiles(catalog, r)) removeFile.run(r.mailbox, file);
  const places = forgottenPlaces(catalog, r);
  if (r.rewrite === undefined || places.length === 0) {
    mailbox.rewrites = r.rewrite ?? mailbox.rewrites;
    return;
  }
  movePlaces(catalog, r.mailbox, places);
  const moved = shifter(places);
  mailbox.endBytes = moved(mailbox.endBytes);
  mailbox.gapEndBytes = moved(mailbox.gapEndBytes);
  mailbox.rewrites = r.rewrite;
}

/** Every place moves down by the octets removed before it. */
function movePlaces(catalog: Catalog, mailbox: number, removed: { offset: number; length: number }[]): void {
  const starts = new Set(removed.map((place) => place.offset));
  const moved = shifter(removed);
  const update = catalog.statement('UPDATE message SET offset = ? WHERE id = ?');
  const rows = catalog.statement('SELECT id, offset FROM message WHERE mailbox = ?').all(mailbox);
  const drop = catalog.statement('DELETE FROM message WHERE id = ?');
  for (const [id, offset] of rows as [number, number][]) {
    if (starts.has(offset)) drop.run(id);
    else if (moved(offset) !== offset) update.run(moved(offset), id);
  }
}

function shifter(removed: { offset: number; length: number }[]): (offset: number) => number {
  const before: number[] = [0];
  for (const place of removed) before.push(before.at(-1)! + place.length);
  return (offset) => {
    let low = 0;
    let high = removed.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (removed[middle]!.offset < offset) low = middle + 1;
      else high = middle;
    }
    return offset - before[low]!;
  };
}
