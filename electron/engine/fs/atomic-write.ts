import fs from 'node:fs';
import path from 'node:path';
import { createFile, renameFile, syncFileNow, syncFolder, unlinkFile, writeFully } from './durable.ts';

/** What a half-done atomic write leaves behind; safe to delete at any time. */
export const NEW_SUFFIX = '.new';

/**
 * Replace a small file whole: after a crash it holds either the old octets or the new ones.
 *
 * @throws EngineError 'disk-full', 'path-not-writable'; the old file is then untouched
 */
export function writeAtomically(file: string, content: string | Buffer): void {
  const fresh = file + NEW_SUFFIX;
  unlinkIfThere(fresh);
  const fd = createFile(fresh);
  try {
    writeFully(fd, fresh, typeof content === 'string' ? Buffer.from(content) : content, 0);
    syncFileNow(fd, fresh);
  } finally {
    fs.closeSync(fd);
  }
  renameFile(fresh, file);
  syncFolder(path.dirname(file));
}

function unlinkIfThere(file: string): void {
  if (fs.existsSync(file)) unlinkFile(file);
}
