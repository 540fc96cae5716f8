/** Which file a mailbox gets: Thunderbird's shape, `A`, `A.sbd/B`, with a safe, distinct name for each segment. */
import fs from 'node:fs';
import path from 'node:path';
import type { SpecialUse } from '../../../shared/mailbox.ts';
import { toEngineError } from '../errors.ts';
import { distinctName, nameKey } from '../fs/safe-name.ts';
import type { Catalog } from './catalog.ts';
import type { MailboxRecord } from './records.ts';

export interface MailboxWish {
  path: string;
  source: string;
  delimiter: string | null;
  specialUse: SpecialUse | null;
  selectable: boolean;
  subscribed: boolean;
}

/**
 * Records for a mailbox the archive does not know yet, and before it for the parents it does not know.
 *
 * @param mailRoot the mail/ folder: names of files that are there already, whoever made them, are not used again
 */
export function newMailboxRecords(catalog: Catalog, mailRoot: string, wish: MailboxWish): MailboxRecord[] {
  const records: MailboxRecord[] = [];
  const known = new Map<string, string>();
  for (const [name, mailbox] of catalog.byPath) known.set(name, mailbox.record.file);
  let nextId = Math.max(0, ...catalog.mailboxes.keys()) + 1;
  const taken = new TakenNames(catalog, mailRoot);
  let folder = '';
  for (const { full, segment, last } of ancestry(wish.path, wish.delimiter)) {
    let file = known.get(full);
    if (file === undefined) {
      file = folder + taken.choose(folder, segment);
      records.push({ type: 'mailbox', id: nextId++, ...(last ? attributes(wish) : parentOf(wish, full)), file });
    }
    folder = `${file}.sbd/`;
  }
  return records;
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

  constructor(catalog: Catalog, mailRoot: string) {
    this.#mailRoot = mailRoot;
    for (const { record } of catalog.mailboxes.values()) {
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
