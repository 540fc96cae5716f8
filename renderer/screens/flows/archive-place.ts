/** Where the archive of an account goes. Pure. */

/** A folder name that every system takes. */
export function folderNameOf(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[\p{C}\\/:*?"<>|]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trim()
    .slice(0, 80);
  return safe === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(safe) ? `Mail ${safe}`.trim() : safe;
}

/** Below the folder for archives, beside those that are taken. */
export function newArchiveFolder(archivesFolder: string, name: string, taken: readonly string[]): string {
  const separator = archivesFolder.includes('\\') && !archivesFolder.includes('/') ? '\\' : '/';
  const base = archivesFolder.replace(/[\\/]+$/, '') + separator + folderNameOf(name);
  const isTaken = (folder: string) => taken.some((other) => other.toLowerCase() === folder.toLowerCase());
  let folder = base;
  for (let n = 2; isTaken(folder); n++) folder = `${base} ${n}`;
  return folder;
}
