import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** In memory where the system has such a disk: the copies of a replay need not survive anything. */
const PARENT = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();

const made = new Set<string>();

/** A new, empty folder. */
export function workFolder(): string {
  const folder = fs.mkdtempSync(path.join(PARENT, 'mailferry-crash-'));
  made.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  made.delete(folder);
}

/** What a failed test left. */
export function removeWorkFolders(): void {
  for (const folder of made) removeFolder(folder);
}
