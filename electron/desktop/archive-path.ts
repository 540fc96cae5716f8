/** Which archive a path belongs to that the system handed over: a folder, its mailferry.json, or a mail file inside. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** @returns the archive's folder, or null when the path lies in none */
export function archiveOf(path: string): string | null {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'mailferry.json'))) return folder;
    if (dirname(folder) === folder) return null;
  }
}

/**
 * The paths among a program's arguments: no switches, and not the program or the app's own folder.
 *
 * @param folder what relative paths are relative to
 */
export function pathsIn(argv: string[], folder: string, appFolder: string): string[] {
  const plain = argv.slice(1).filter((arg) => arg !== '' && !arg.startsWith('-'));
  const paths = plain.map((arg) => resolve(folder, arg));
  return paths.filter((path) => path !== resolve(appFolder) && existsSync(path));
}
