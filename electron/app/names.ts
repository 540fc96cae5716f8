/** Identifiers and folder names that the app gives. */
import { createHash } from 'node:crypto';
import path from 'node:path';

/** The same folder has the same id on every start. */
export function archiveIdOf(folder: string): string {
  return createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16);
}

/** A folder for the archive of this account: readable, and safe on every system. */
export function archiveFolderName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[\p{C}\\/:*?"<>|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim()
    .slice(0, 80);
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) ? `Mail ${safe}`.trim() : safe;
}
