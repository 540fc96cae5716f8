/** One record, one line of JSON whose last member is a CRC over the octets before `,"crc"`. */
import type { FlagSet } from '../flags.ts';
import { seal, sealObject, unseal } from '../fs/sealed-lines.ts';
import type { JournalRecord, MessageRecord } from './records.ts';

export function sealLine(record: JournalRecord): string {
  if (record.type === 'message') return sealMessage(record);
  return sealObject(record);
}

/** The hot line, by hand: every member but the flags is ASCII without anything to escape. */
function sealMessage(r: MessageRecord): string {
  const date = r.internalDate === null ? 'null' : JSON.stringify(r.internalDate);
  const place =
    'file' in r.place ? `"file":"${r.place.file}"` : `"offset":${r.place.offset},"length":${r.place.length}`;
  let line =
    `{"type":"message","mailbox":${r.mailbox},"uidValidity":${r.uidValidity},"uid":${r.uid},"flags":${flagsJson(r.flags)}` +
    `,"internalDate":${date},"sizeBytes":${r.sizeBytes},"fingerprint":"${r.fingerprint}"` +
    `,"headerDigest":"${r.headerDigest}","place":{${place}}`;
  if (r.notes) line += `,"notes":${JSON.stringify(r.notes)}`;
  if (r.salvaged) line += `,"salvaged":${JSON.stringify(r.salvaged)}`;
  return seal(line);
}

let lastFlags: FlagSet | null = null;
let lastJson = '[]';

/** Neighbours mostly share one interned set. */
function flagsJson(flags: FlagSet): string {
  if (flags === lastFlags) return lastJson;
  lastFlags = flags;
  lastJson = JSON.stringify(flags);
  return lastJson;
}

/** @param line without its LF @returns null for a line that is torn, damaged or not ours */
export function openLine(line: Buffer): JournalRecord | null {
  const text = unseal(line);
  return text === null ? null : parseRecord(text);
}

/** @returns null for text that is no record of any kind */
export function parseRecord(text: string): JournalRecord | null {
  try {
    const value = JSON.parse(text) as { type?: unknown } | null;
    return typeof value?.type === 'string' ? (value as JournalRecord) : null;
  } catch {
    return null;
  }
}
