/** Folders of this computer, for hosts that have no dialog to choose one. */
import fs from 'node:fs';
import path from 'node:path';
import { toEngineError } from '../engine/errors.ts';

export interface FolderListing {
  folder: string;
  parent: string | null;
  folders: { name: string; isArchive: boolean }[];
}

const MAX_FOLDERS = 5000;

/** @throws EngineError 'path-is-file', 'path-not-writable', 'io-error' */
export function listFolders(folder: string): FolderListing {
  const place = path.resolve(folder);
  try {
    const folders = fs
      .readdirSync(place, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort((a, b) => a.localeCompare(b))
      .slice(0, MAX_FOLDERS)
      .map((name) => ({ name, isArchive: fs.existsSync(path.join(place, name, 'mailferry.json')) }));
    const parent = path.dirname(place);
    return { folder: place, parent: parent === place ? null : parent, folders };
  } catch (error) {
    throw toEngineError(error, place);
  }
}
