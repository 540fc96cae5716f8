/** What the catalog still knows where the journal has lost records: a copy of them, believed as far as the octets bear it out. */
import fs from 'node:fs';
import { Catalog } from './catalog.ts';
import { openDatabase } from './catalog-driver.ts';
import { isSound, type CatalogHome } from './catalog-open.ts';
import { allMessages, type StoredMessage } from './catalog-read.ts';
import type { MailboxRecord } from './records.ts';

export interface Remembered {
  mailboxes: MailboxRecord[];
  /** By mailbox id, in the order in which they were recorded. */
  messages: Map<number, StoredMessage[]>;
}

/** Nothing from one that is gone, damaged or of another archive. A repair that was stopped has left it under another name. */
export function readRemembered(home: CatalogHome): Remembered {
  const nothing: Remembered = { mailboxes: [], messages: new Map() };
  const { catalog: now, catalogBefore } = home.paths;
  const file = [catalogBefore, now].find((name) => fs.existsSync(name));
  if (file === undefined) return nothing;
  try {
    const db = openDatabase(file, { readOnly: true });
    try {
      const catalog = new Catalog(db, file);
      if (catalog.meta('archive') !== home.manifest.archive || !isSound(catalog)) return nothing;
      const mailboxes = [...catalog.mailboxes.values()].map(({ record }) => record);
      const messages = [...allMessages(catalog)].sort((a, b) => a.id - b.id);
      return { mailboxes, messages: Map.groupBy(messages, ({ mailbox }) => mailbox) };
    } finally {
      db.close();
    }
  } catch (error) {
    home.log.debug('catalog-unusable', { reason: String(error) });
    return nothing;
  }
}
