import { parseRecord } from './journal-line.ts';
import type { JournalRecord } from './records.ts';
import { parseUidSet } from './uid-set.ts';

/**
 * A journal line whose CRC is wrong and whose JSON is whole: the damage may be in the CRC. What it says of octets is
 * compared with them later, so it may be believed; a `pass` may not: it would keep mail from being fetched.
 *
 * @returns null when it cannot be used
 */
export function rescueLine(octets: Buffer): JournalRecord | null {
  const text = octets.toString('utf8');
  const cut = text.lastIndexOf(',"crc":');
  const record = parseRecord(cut < 0 ? text : `${text.slice(0, cut)}}`);
  return record && isPlausible(record) ? record : null;
}

function isPlausible(record: JournalRecord): boolean {
  switch (record.type) {
    case 'message':
      return (
        [record.mailbox, record.uidValidity, record.uid, record.sizeBytes].every(isCount) &&
        isDigest(record.fingerprint) &&
        isDigest(record.headerDigest) &&
        isFlags(record.flags) &&
        (record.internalDate === null || typeof record.internalDate === 'string') &&
        isPlace(record.place)
      );
    case 'mailbox':
      return (
        isCount(record.id) &&
        [record.path, record.file].every((text) => typeof text === 'string' && text !== '') &&
        !record.file.split('/').some((part) => part === '' || part === '.' || part === '..')
      );
    case 'flags':
      return isTarget(record) && isFlags(record.flags);
    case 'missing':
    case 'forget':
    case 'dropped':
      return isTarget(record);
    case 'renumbered':
      return [record.mailbox, record.uidValidity, record.uid, record.was?.uidValidity, record.was?.uid].every(isCount);
    case 'gap':
      return [record.mailbox, record.offset, record.length].every(isCount);
    case 'session':
      return true;
    case 'segment':
    case 'pass':
      return false;
    default:
      return false;
  }
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function isFlags(value: unknown): boolean {
  return Array.isArray(value) && value.every((flag) => typeof flag === 'string');
}

function isPlace(place: unknown): boolean {
  const { offset, length, file } = (place ?? {}) as { offset?: unknown; length?: unknown; file?: unknown };
  return typeof file === 'string' ? /^\d+\/\d+-\d+\.eml$/.test(file) : isCount(offset) && isCount(length);
}

function isTarget(record: { mailbox: number; uidValidity: number; uids: string }): boolean {
  if (!isCount(record.mailbox) || !isCount(record.uidValidity) || typeof record.uids !== 'string') return false;
  try {
    parseUidSet(record.uids);
    return true;
  } catch {
    return false;
  }
}
