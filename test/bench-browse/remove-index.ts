import fs from 'node:fs';
import path from 'node:path';

/** The archive is to be indexed anew. */
export function removeIndex(archive: string): void {
  for (const name of fs.readdirSync(path.join(archive, 'state'))) {
    if (name.startsWith('search.sqlite')) fs.rmSync(path.join(archive, 'state', name), { force: true });
  }
}
