import fs from 'node:fs';
import path from 'node:path';

/** Name, size, time of change and inode of every file: equal before and after means that nothing was written. */
export function listing(root: string): string[] {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs} ${fs.statSync(file).ino}`);
}
