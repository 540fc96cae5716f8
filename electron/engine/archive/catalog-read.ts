/** Questions to the catalog. */
import { parseFlags, type FlagSet } from '../flags.ts';
import type { Envelope } from '../message/header.ts';
import type { KnownDetail, KnownMessages } from '../sink.ts';
import type { Catalog } from './catalog.ts';
import type { Row } from './catalog-driver.ts';
import type { Place } from './records.ts';

export interface StoredMessage {
  id: number;
  mailbox: number;
  uidValidity: number;
  uid: number;
  flags: FlagSet;
  missing: boolean;
  internalDate: string | null;
  sizeBytes: number;
  fingerprint: string;
  headerDigest: string;
  place: Place;
  /** The mbox text ends with a LF that is not part of raw. */
  newlineAdded: boolean;
}

export type ListedMessage = StoredMessage & Envelope;

const STORED =
  'id, mailbox, uidValidity, uid, flags, missing, internalDate, sizeBytes, fingerprint, headerDigest, offset, length, file, newlineAdded';
const ENVELOPE = 'sentDate, sender, recipients, subject, messageId, attachments';

export function toStored(row: Row): StoredMessage {
  const [id, mailbox, uidValidity, uid, flags, missing, internalDate, sizeBytes] = row;
  const [fingerprint, headerDigest, offset, length, file, newlineAdded] = row.slice(8);
  return {
    id: id as number,
    mailbox: mailbox as number,
    uidValidity: uidValidity as number,
    uid: uid as number,
    flags: parseFlags(flags as string),
    missing: missing === 1,
    internalDate: internalDate as string | null,
    sizeBytes: sizeBytes as number,
    fingerprint: hex(fingerprint),
    headerDigest: hex(headerDigest),
    place: file === null ? { offset: offset as number, length: length as number } : { file: file as string },
    newlineAdded: newlineAdded === 1,
  };
}

export function hex(blob: unknown): string {
  return Buffer.from(blob as Uint8Array).toString('hex');
}

function toListed(row: Row): ListedMessage {
  const [sentDate, from, to, subject, messageId, attachments] = row.slice(14) as [
    string,
    string,
    string,
    string,
    string,
    number,
  ];
  return { ...toStored(row), sentDate, from, to, subject, messageId, attachments: attachments === 1 };
}

export function hasMessage(catalog: Catalog, mailbox: number, uidValidity: number, uid: number): boolean {
  const sql = 'SELECT 1 FROM message WHERE mailbox = ? AND uidValidity = ? AND uid = ?';
  return catalog.statement(sql).get(mailbox, uidValidity, uid) !== undefined;
}

/** 0: none is here. */
export function highestUid(catalog: Catalog, mailbox: number, uidValidity: number): number {
  const sql = 'SELECT max(uid) FROM message WHERE mailbox = ? AND uidValidity = ?';
  return (catalog.statement(sql).get(mailbox, uidValidity)![0] as number | null) ?? 0;
}

export function findMessage(catalog: Catalog, mailbox: number, uidValidity: number, uid: number): StoredMessage | null {
  const sql = `SELECT ${STORED} FROM message WHERE mailbox = ? AND uidValidity = ? AND uid = ?`;
  const row = catalog.statement(sql).get(mailbox, uidValidity, uid);
  return row ? toStored(row) : null;
}

/** Messages with these UIDs (ascending) by UID: one query, where one for each message costs as much as reading it. */
export function findMessages(
  catalog: Catalog,
  mailbox: number,
  uidValidity: number,
  uids: Uint32Array,
): Map<number, StoredMessage> {
  const found = new Map<number, StoredMessage>();
  const wanted = new Set(uids);
  const sql = `SELECT ${STORED} FROM message WHERE mailbox = ? AND uidValidity = ? AND uid BETWEEN ? AND ?`;
  for (const row of catalog.statement(sql).iterate(mailbox, uidValidity, uids[0] ?? 0, uids.at(-1) ?? 0)) {
    const message = toStored(row);
    if (wanted.has(message.uid)) found.set(message.uid, message);
  }
  return found;
}

export function findById(catalog: Catalog, mailbox: number, id: number): StoredMessage | null {
  const row = catalog.statement(`SELECT ${STORED} FROM message WHERE mailbox = ? AND id = ?`).get(mailbox, id);
  return row ? toStored(row) : null;
}

/** @param id of a message that is there */
export function findListed(catalog: Catalog, id: number): ListedMessage {
  const row = catalog.statement(`SELECT ${STORED}, ${ENVELOPE} FROM message WHERE id = ?`).get(id);
  return toListed(row!);
}

export function knownMessages(catalog: Catalog, mailbox: number, uidValidity: number): KnownMessages {
  const count = catalog.statement('SELECT count(*) FROM message WHERE mailbox = ? AND uidValidity = ?');
  const total = count.get(mailbox, uidValidity)![0] as number;
  const uids = new Uint32Array(total);
  const flags = new Array<FlagSet>(total);
  const missing = new Uint8Array(total);
  const sql = 'SELECT uid, flags, missing FROM message WHERE mailbox = ? AND uidValidity = ? ORDER BY uid';
  let i = 0;
  for (const [uid, text, gone] of catalog.statement(sql).iterate(mailbox, uidValidity)) {
    uids[i] = uid as number;
    flags[i] = parseFlags(text as string);
    missing[i++] = gone as number;
  }
  return { uids, flags, missing };
}

/** Without messages that are known to be damaged: they must be fetched again, not taken for what the source has. */
export function otherGenerations(catalog: Catalog, mailbox: number, uidValidity: number): KnownDetail[] {
  const sql = `SELECT uidValidity, uid, sizeBytes, internalDate, headerDigest, fingerprint
    FROM message WHERE mailbox = ? AND uidValidity <> ? AND salvaged < 2 ORDER BY id`;
  const details: KnownDetail[] = [];
  for (const row of catalog.statement(sql).iterate(mailbox, uidValidity)) {
    const [validity, uid, sizeBytes, internalDate, headerDigest, fingerprint] = row;
    details.push({
      uidValidity: validity as number,
      uid: uid as number,
      sizeBytes: sizeBytes as number,
      internalDate: internalDate as string | null,
      headerDigest: hex(headerDigest),
      fingerprint: hex(fingerprint),
    });
  }
  return details;
}

/** A message of the mailbox's current generation, or one of an older generation whose octets the current one lacks. */
const LIVE = `mailbox = ?1 AND (uidValidity = ?2 OR (fingerprint NOT IN
  (SELECT fingerprint FROM message WHERE mailbox = ?1 AND uidValidity = ?2)))`;

/**
 * The messages of a mailbox as a reader sees them: the current generation by UID, then what only older ones hold.
 * A mailbox without older generations, the usual case, is one walk along the index.
 */
export function liveMessages(catalog: Catalog, mailbox: number, columns: 'stored'): IterableIterator<StoredMessage>;
export function liveMessages(catalog: Catalog, mailbox: number, columns: 'listed'): IterableIterator<ListedMessage>;
export function* liveMessages(
  catalog: Catalog,
  mailbox: number,
  columns: 'stored' | 'listed',
): IterableIterator<StoredMessage> {
  const generation = catalog.mailboxes.get(mailbox)?.generation ?? 0;
  const names = columns === 'listed' ? `${STORED}, ${ENVELOPE}` : STORED;
  const convert = columns === 'listed' ? toListed : toStored;
  // Fresh statements: a walk may be under way elsewhere while this one is.
  const current = catalog.db.prepare(`SELECT ${names} FROM message WHERE mailbox = ? AND uidValidity = ? ORDER BY uid`);
  for (const row of current.iterate(mailbox, generation)) yield convert(row);
  if (!hasOlder(catalog, mailbox, generation)) return;
  const older = catalog.db.prepare(
    `SELECT ${names} FROM message WHERE uidValidity <> ?2 AND ${LIVE} GROUP BY fingerprint HAVING id = max(id) ORDER BY id`,
  );
  for (const row of older.iterate(mailbox, generation)) yield convert(row);
}

export function hasOlder(catalog: Catalog, mailbox: number, generation: number): boolean {
  const sql = 'SELECT 1 FROM message WHERE mailbox = ? AND (uidValidity < ? OR uidValidity > ?) LIMIT 1';
  return catalog.statement(sql).get(mailbox, generation, generation) !== undefined;
}

export interface MailboxTotals {
  messages: number;
  sizeBytes: number;
  unseen: number;
  missing: number;
  lastUid: number;
}

export function mailboxTotals(catalog: Catalog, mailbox: number): MailboxTotals {
  const generation = catalog.mailboxes.get(mailbox)?.generation ?? 0;
  const live = hasOlder(catalog, mailbox, generation)
    ? `id IN (SELECT max(id) FROM message WHERE uidValidity <> ?2 AND ${LIVE} GROUP BY fingerprint) OR (mailbox = ?1 AND uidValidity = ?2)`
    : 'mailbox = ?1 AND uidValidity = ?2';
  const sql = `SELECT count(*), coalesce(sum(sizeBytes), 0), coalesce(sum((' ' || flags || ' ') NOT LIKE '% \\Seen %'), 0),
    coalesce(sum(missing), 0), coalesce(max(uid) FILTER (WHERE uidValidity = ?2), 0) FROM message WHERE ${live}`;
  const [messages, sizeBytes, unseen, missing, lastUid] = catalog.statement(sql).get(mailbox, generation) as number[];
  return { messages: messages!, sizeBytes: sizeBytes!, unseen: unseen!, missing: missing!, lastUid: lastUid! };
}

/** eml: files that hold exactly these octets, by mailbox. */
export function findCopies(catalog: Catalog, fingerprint: string): { mailbox: number; file: string }[] {
  const sql = 'SELECT mailbox, file FROM message WHERE fingerprint = ? AND file IS NOT NULL LIMIT 4';
  const rows = catalog.statement(sql).all(Buffer.from(fingerprint, 'hex'));
  return rows.map(([mailbox, file]) => ({ mailbox: mailbox as number, file: file as string }));
}

/** Every message in every generation, in the order of the files. */
export function* allMessages(catalog: Catalog): IterableIterator<StoredMessage> {
  const sql = `SELECT ${STORED} FROM message ORDER BY mailbox, offset, file, id`;
  for (const row of catalog.db.prepare(sql).iterate()) yield toStored(row);
}

/** The same with what a list shows of them. */
export function* listedMessages(catalog: Catalog): IterableIterator<ListedMessage> {
  const sql = `SELECT ${STORED}, ${ENVELOPE} FROM message ORDER BY mailbox, offset, file, id`;
  for (const row of catalog.db.prepare(sql).iterate()) yield toListed(row);
}

/** The same of one mailbox. */
export function mailboxMessages(catalog: Catalog, mailbox: number): StoredMessage[] {
  const sql = `SELECT ${STORED} FROM message WHERE mailbox = ? ORDER BY offset, file, id`;
  return catalog.statement(sql).all(mailbox).map(toStored);
}
