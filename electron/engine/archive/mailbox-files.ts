/** Which file a mailbox gets: Thunderbird's shape, `A`, `A.sbd/B`, with a safe, distinct name for each segment. */
import fs from 'node:fs';
import path from 'node:path';
import type { SpecialUse } from '../../../shared/mailbox.ts';
import { toEngineError } from '../errors.ts';
import { distinctName, nameKey } from '../fs/safe-name.ts';
import type { Catalog } from './catalog.ts';
import type { MailboxRecord } from './records.ts';

/**
 * A mailbox deeper than this stands at the top again: disks know no path of more than some 4,000 octets, and a few
 * hundred levels are somebody's joke. Its true name is in the journal as ever.
 */
const MOST_FOLDER_BYTES = 1_000;

export interface MailboxWish {
  path: string;
  source: string;
  delimiter: string | null;
  specialUse: SpecialUse | null;
  selectable: boolean;
  subscribed: boolean;
}

/**
 * Records for a mailbox the archive does not know yet, and before it for the parents it does not know. The caller
 * records them.
 *
 * @param mailRoot the mail/ folder: names of files that are there already, whoever made them, are not used again
 */
export function newMailboxRecords(catalog: Catalog, mailRoot: string, wish: MailboxWish): MailboxRecord[] {
  const records: MailboxRecord[] = [];
  const taken = takenNames(catalog, mailRoot);
  let folder = '';
  for (const { full, segment, last } of ancestry(wish.path, wish.delimiter)) {
    let file = catalog.byPath.get(full)?.record.file;
    if (file === undefined) {
      if (Buffer.byteLength(folder) > MOST_FOLDER_BYTES) folder = '';
      file = folder + taken.choose(folder, segment);
      records.push({ type: 'mailbox', id: ++taken.lastId, ...(last ? attributes(wish) : parentOf(wish, full)), file });
    }
    folder = `${file}.sbd/`;
  }
  taken.mailboxes += records.length;
  return records;
}

/** Kept for as long as an archive is open: gathered anew for each mailbox, 100,000 of them would take days. */
const latest = new WeakMap<Catalog, TakenNames>();

function takenNames(catalog: Catalog, mailRoot: string): TakenNames {
  const known = latest.get(catalog);
  if (known?.mailboxes === catalog.mailboxes.size) return known;
  const gathered = new TakenNames(catalog, mailRoot);
  latest.set(catalog, gathered);
  return gathered;
}

export function attributes(wish: MailboxWish) {
  const { path: name, source, delimiter, specialUse, selectable, subscribed } = wish;
  return { path: name, ...(source === name ? {} : { source }), delimiter, specialUse, selectable, subscribed };
}

/** A parent that was not listed itself: it holds no messages until it is. */
function parentOf(wish: MailboxWish, full: string) {
  return { path: full, delimiter: wish.delimiter, specialUse: null, selectable: false, subscribed: false };
}

function ancestry(full: string, delimiter: string | null): { full: string; segment: string; last: boolean }[] {
  const segments = delimiter ? full.split(delimiter) : [full];
  return segments.map((segment, i) => ({
    full: segments.slice(0, i + 1).join(delimiter ?? ''),
    segment,
    last: i === segments.length - 1,
  }));
}

/** Names in use, by folder. */
class TakenNames {
  readonly #byFolder = new Map<string, Set<string>>();
  readonly #mailRoot: string;
  /** Records that the catalog has to have, if these names are still all. */
  mailboxes: number;
  lastId = 0;

  constructor(catalog: Catalog, mailRoot: string) {
    this.#mailRoot = mailRoot;
    this.mailboxes = catalog.mailboxes.size;
    for (const { record } of catalog.mailboxes.values()) {
      this.lastId = Math.max(this.lastId, record.id);
      const cut = record.file.lastIndexOf('/') + 1;
      this.#in(record.file.slice(0, cut)).add(nameKey(record.file.slice(cut)));
    }
  }

  choose(folder: string, segment: string): string {
    const taken = this.#in(folder);
    const name = distinctName(segment, taken);
    taken.add(nameKey(name));
    return name;
  }

  #in(folder: string): Set<string> {
    let names = this.#byFolder.get(folder);
    if (!names) {
      names = new Set(onDisk(path.join(this.#mailRoot, folder)).map(nameKey));
      this.#byFolder.set(folder, names);
    }
    return names;
  }
}

function onDisk(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw toEngineError(error, folder);
  }
}
