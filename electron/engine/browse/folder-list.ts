import type { ArchiveFolder } from '../../../shared/browse.ts';
import type { SpecialUse } from '../../../shared/mailbox.ts';
import type { Columns } from './columns.ts';
import type { IndexDb } from './index-db.ts';
import { MARK } from './index-schema.ts';

/** The folders of an archive with what they hold, in the order in which the archive learned of them. */
export function folderList(index: IndexDb, columns: Columns): ArchiveFolder[] {
  const folders = new Map<number, ArchiveFolder>();
  const sql = 'SELECT id, path, delimiter, specialUse, selectable, subscribed FROM folder ORDER BY id';
  for (const [id, path, delimiter, specialUse, selectable, subscribed] of index.statement(sql).all()) {
    folders.set(id as number, {
      path: path as string,
      delimiter: delimiter as string | null,
      specialUse: specialUse as SpecialUse | null,
      selectable: selectable === 1,
      subscribed: subscribed === 1,
      ...{ messages: 0, unread: 0, sizeBytes: 0, missing: 0 },
    });
  }
  for (let i = 0; i < columns.size; i++) {
    const folder = folders.get(columns.mailboxes[i]!);
    if (!folder) continue;
    const marks = columns.marks[i]!;
    folder.messages++;
    folder.sizeBytes += columns.sizes[i]!;
    if (!(marks & MARK.seen)) folder.unread++;
    if (marks & MARK.missing) folder.missing++;
    // What was a mailbox once may hold messages still, whatever the server says of it now.
    folder.selectable = true;
  }
  return [...folders.values()];
}
