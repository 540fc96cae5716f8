import fs from 'node:fs';
import { filesBelow } from './files-below.ts';

/** Name, size, time of change and inode of every file: equal before and after means that nothing was written. */
export function listing(root: string): string[] {
  return filesBelow(root)
    .sort()
    .map((file) => `${file} ${fs.statSync(file).size} ${fs.statSync(file).mtimeMs} ${fs.statSync(file).ino}`);
}
