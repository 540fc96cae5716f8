/** Brings mail/ in line with the journal after a stop in the middle: nothing that the journal does not name stays. */
import fs from 'node:fs';
import path from 'node:path';
import { toEngineError } from '../errors.ts';
import { renameFile, statOrNull, syncFileNow, syncFolder, truncateFile, unlinkFile } from '../fs/durable.ts';
import type { Catalog, CatalogMailbox } from './catalog.ts';
import { mailPath, type ArchivePaths } from './layout.ts';

/** A rewrite the journal knows takes the file's place; one it does not know never happened. */
export function finishRewrites(paths: ArchivePaths, catalog: Catalog): void {
  for (const mailbox of catalog.mailboxes.values()) {
    const file = mailPath(paths, mailbox.record.file);
    const name = path.basename(file);
    for (const entry of namesIn(path.dirname(file))) {
      const ordinal = entry.startsWith(`${name}.`) ? /^(\d+)\.new$/.exec(entry.slice(name.length + 1))?.[1] : undefined;
      if (ordinal === undefined) continue;
      const fresh = path.join(path.dirname(file), entry);
      if (Number(ordinal) === mailbox.rewrites) renameFile(fresh, file);
      else unlinkFile(fresh);
      syncFolder(path.dirname(file));
    }
  }
}

/** mbox: cut octets after the last that the journal knows of. */
export function cutMailTails(paths: ArchivePaths, catalog: Catalog): void {
  for (const mailbox of catalog.mailboxes.values()) {
    const file = mailPath(paths, mailbox.record.file);
    const stat = statOrNull(file);
    if (!stat?.isFile() || stat.size <= mailbox.endBytes) continue;
    const fd = fs.openSync(file, 'r+');
    try {
      truncateFile(fd, file, mailbox.endBytes);
      syncFileNow(fd, file);
    } finally {
      fs.closeSync(fd);
    }
  }
}

/** eml: remove work files, and files named as ours that no message has. */
export function removeUnlistedFiles(paths: ArchivePaths, catalog: Catalog): void {
  for (const mailbox of catalog.mailboxes.values()) {
    for (const file of unlistedFiles(paths, catalog, mailbox)) {
      const target = mailPath(paths, `${mailbox.record.file}/${file}`);
      unlinkFile(target);
      syncFolder(path.dirname(target));
    }
  }
}

/** Paths inside the mailbox's folder, `3/77-3001.eml`. */
export function unlistedFiles(paths: ArchivePaths, catalog: Catalog, mailbox: CatalogMailbox): string[] {
  const folder = mailPath(paths, mailbox.record.file);
  const byFile = listedFiles(catalog, mailbox);
  const unlisted: string[] = [];
  for (const shard of namesIn(folder)) {
    if (!/^\d+$/.test(shard)) continue;
    for (const name of namesIn(path.join(folder, shard))) {
      const file = `${shard}/${name}`;
      if (/^\d+-\d+\.eml(\.part)?$/.test(name) && !byFile.has(file)) unlisted.push(file);
    }
  }
  return unlisted;
}

function listedFiles(catalog: Catalog, mailbox: CatalogMailbox): Set<string> {
  const rows = catalog
    .statement('SELECT file FROM message WHERE mailbox = ? AND file IS NOT NULL')
    .all(mailbox.record.id);
  return new Set(rows.map(([file]) => file as string));
}

export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw toEngineError(error, folder);
  }
}
