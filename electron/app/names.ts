/** Identifiers that the app gives. */
import { createHash } from 'node:crypto';
import path from 'node:path';

/** The same folder has the same id on every start. */
export function archiveIdOf(folder: string): string {
  return createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16);
}
