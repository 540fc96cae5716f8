/** Finds mailboxes whose journal record is lost: in the old catalog, by their messages, or by the files in mail/. */
import fs from 'node:fs';
import path from 'node:path';
import type { CatalogHome } from './catalog-open.ts';
import type { StoredMessage } from './catalog-read.ts';
import { mailPath } from './layout.ts';
import { MailReader } from './mail-reader.ts';
import { namesIn } from './mail-tidy.ts';
import { fingerprintAt } from './message-check.ts';
import type { MailboxRecord, MessageRecord } from './records.ts';
import type { RepairNotes } from './repair-journal.ts';

/** By mailbox id: some of its messages. */
export type Unresolved = Map<number, MessageRecord[]>;

/**
 * @param searchFiles records were lost: a file in mail/ that no mailbox has may be the only trace of one
 * @param remembered by the catalog
 * @returns records to add to the journal
 */
export function resolveMailboxes(
  home: CatalogHome,
  unresolved: Unresolved,
  searchFiles: boolean,
  known: Map<number, MailboxRecord>,
  remembered: MailboxRecord[],
  notes: RepairNotes,
): MailboxRecord[] {
  if (!searchFiles && unresolved.size === 0) return [];
  const found: MailboxRecord[] = [];
  const taken = new Set([...known.values()].map(({ file }) => file));
  const paths = new Set([...known.values()].map((record) => record.path));
  const add = (record: MailboxRecord, how: string) => {
    if (taken.has(record.file) || paths.has(record.path) || known.has(record.id)) return;
    if (found.some(({ id }) => id === record.id)) return;
    taken.add(record.file);
    paths.add(record.path);
    found.push(record);
    unresolved.delete(record.id);
    notes.done.push(`The mailbox ${record.path} (mail/${record.file}) was found again ${how}.`);
  };
  for (const record of remembered) add(record, 'in the catalog');
  const strays = strayFiles(home).filter((file) => !taken.has(file));
  for (const [id, samples] of [...unresolved]) {
    const file = strays.find((stray) => samples.some((sample) => isHere(home, stray, sample)));
    if (file !== undefined) add(fromFile(id, file), 'by its messages');
  }
  let nextId = Math.max(0, ...known.keys(), ...unresolved.keys(), ...found.map(({ id }) => id)) + 1;
  for (const file of strays) if (!taken.has(file)) add(fromFile(nextId++, file), 'by its file');
  return found;
}

/** Files of mailboxes as far as their names go: mbox files, or folders with shards of .eml files. */
function strayFiles(home: CatalogHome, folder = ''): string[] {
  const files: string[] = [];
  for (const name of namesIn(mailPath(home.paths, folder === '' ? '.' : folder)).sort()) {
    const file = folder === '' ? name : `${folder}/${name}`;
    const target = mailPath(home.paths, file);
    const isFolder = fs.statSync(target).isDirectory();
    if (isFolder && name.endsWith('.sbd')) files.push(...strayFiles(home, file));
    else if (isFolder ? home.manifest.layout === 'eml' && hasShards(target) : isMbox(home, name)) files.push(file);
  }
  return files;
}

function hasShards(folder: string): boolean {
  return namesIn(folder).some((name) => /^\d+$/.test(name));
}

function isMbox(home: CatalogHome, name: string): boolean {
  return home.manifest.layout === 'mbox' && !/\.(new|part|msf|dat)$/.test(name) && !name.startsWith('.');
}

/** The file name says most of the path; a delimiter inside a name cannot be told from one between names. */
function fromFile(id: number, file: string): MailboxRecord {
  const segments = file.split('.sbd/').map((segment) => segment.replace(/(?:%[0-9A-F]{2})+/g, unpercent));
  return {
    type: 'mailbox',
    id,
    path: segments.join('/'),
    delimiter: '/',
    specialUse: segments.length === 1 && segments[0]!.toUpperCase() === 'INBOX' ? 'inbox' : null,
    selectable: true,
    subscribed: true,
    file,
  };
}

function unpercent(text: string): string {
  return Buffer.from(text.replaceAll('%', ''), 'hex').toString('utf8');
}

function isHere(home: CatalogHome, file: string, sample: MessageRecord): boolean {
  const reader = new MailReader(home.paths);
  try {
    const record = fromFile(sample.mailbox, path.posix.normalize(file));
    const mailbox = { record, endBytes: 0, gapEndBytes: 0, rewrites: 0, generation: null, lastPass: null };
    return fingerprintAt(reader, mailbox, toStored(sample)) === sample.fingerprint;
  } finally {
    reader.close();
  }
}

export function toStored(record: MessageRecord): StoredMessage {
  const { mailbox, uidValidity, uid, flags, internalDate, sizeBytes, fingerprint, headerDigest, place } = record;
  return {
    ...{
      id: 0,
      mailbox,
      uidValidity,
      uid,
      flags,
      missing: false,
      internalDate,
      sizeBytes,
      fingerprint,
      headerDigest,
      place,
    },
    newlineAdded: record.notes?.includes('final-newline-added') ?? false,
  };
}
