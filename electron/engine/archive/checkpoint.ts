import fs from 'node:fs';
import { writeAtomically } from '../fs/atomic-write.ts';
import { sealObject, unseal } from '../fs/sealed-lines.ts';
import { archiveError } from './manifest.ts';
import type { JournalPosition } from './records.ts';

/**
 * state/checkpoint.json: everything up to this place of the journal, and the mail it names, is known to be on disk.
 * clean: the writer had nothing more to say, so a journal that ends here needs no recovery.
 */
export interface Checkpoint {
  archive: string;
  journal: JournalPosition;
  clean: boolean;
}

/**
 * A wrong position would have recovery cut the journal in the middle, so it is sealed as lines of the journal are;
 * those of older versions are not.
 *
 * @returns null when there is none, or none that can be read or belongs to this archive
 */
export function readCheckpoint(file: string, archive: string): Checkpoint | null {
  try {
    const octets = fs.readFileSync(file);
    const text = octets.toString('utf8');
    const isSealed = unseal(octets.subarray(0, -1)) !== null;
    if (!isSealed && text.includes('crc')) return null;
    const value = JSON.parse(text) as Partial<Checkpoint>;
    const { segment, offset } = value.journal ?? {};
    if (value.archive !== archive || !Number.isInteger(segment) || !Number.isInteger(offset)) return null;
    return value as Checkpoint;
  } catch {
    return null;
  }
}

export function writeCheckpoint(file: string, checkpoint: Checkpoint): void {
  writeAtomically(file, sealObject(checkpoint));
}

export function journalDamaged(what: string) {
  return archiveError('archive-damaged', `The archive's journal is damaged: ${what}. Run mailferry repair on it.`);
}
