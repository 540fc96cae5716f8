/** What an archive knows of one message besides its octets. */
import { parseFlags, type FlagSet } from '../flags.ts';
import type { IndexDb } from './index-db.ts';
import { MARK } from './index-schema.ts';

export interface StoredEntry {
  flags: FlagSet;
  internalDate: string | null;
  /** '' when the message has none. */
  sentDate: string;
  sizeBytes: number;
  fingerprint: string;
  missingOnSource: boolean;
  from: string;
  to: string;
  subject: string;
}

export function readStored(index: IndexDb, id: number): StoredEntry {
  const row = index
    .statement(
      `SELECT flags, internalDate, sentDate, sizeBytes, fingerprint, marks, sender, recipients, subject
       FROM entry WHERE id = ?`,
    )
    .get(id)!;
  const [flags, internalDate, sentDate, sizeBytes, fingerprint, marks, from, to, subject] = row;
  return {
    flags: parseFlags(flags as string),
    internalDate: internalDate as string | null,
    sentDate: sentDate as string,
    sizeBytes: sizeBytes as number,
    fingerprint: Buffer.from(fingerprint as Uint8Array).toString('hex'),
    missingOnSource: ((marks as number) & MARK.missing) !== 0,
    from: from as string,
    to: to as string,
    subject: subject as string,
  };
}
