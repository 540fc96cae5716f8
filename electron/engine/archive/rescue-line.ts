import { mendLine } from '../fs/mend-line.ts';
import { parseRecord } from './journal-line.ts';
import type { JournalRecord } from './records.ts';

/**
 * A damaged journal line as it was written. What only looks whole is not believed: a wrong UID or path would be worse
 * than none, since octets without a record are found by `repair` anyway.
 *
 * @returns null when it cannot be known
 */
export function rescueLine(octets: Buffer): JournalRecord | null {
  const text = mendLine(octets);
  return text === null ? null : parseRecord(text);
}
