/** One record, one line of JSON whose last member is a CRC over the octets before `,"crc"`. */
import { crc32 } from 'node:zlib';
import type { FlagSet } from '../flags.ts';
import type { JournalRecord, MessageRecord } from './records.ts';

/** `,"crc":"xxxxxxxx"}` */
const TAIL_BYTES = 18;
const TAIL_START = ',"crc":"';

export function sealLine(record: JournalRecord): string {
  if (record.type === 'message') return sealMessage(record);
  return seal(JSON.stringify(record).slice(0, -1));
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
  if (r.salvaged) line += ',"salvaged":true';
  return seal(line);
}

function seal(body: string): string {
  return `${body}${TAIL_START}${crc32(body).toString(16).padStart(8, '0')}"}\n`;
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
  const at = line.length - TAIL_BYTES;
  if (at < 1 || line[0] !== 0x7b) return null;
  const tail = line.toString('latin1', at);
  if (!tail.startsWith(TAIL_START) || !tail.endsWith('"}')) return null;
  const body = line.subarray(0, at);
  if (crc32(body).toString(16).padStart(8, '0') !== tail.slice(8, 16)) return null;
  return parseRecord(`${body.toString('utf8')}}`);
}

function parseRecord(text: string): JournalRecord | null {
  try {
    const value = JSON.parse(text) as { type?: unknown };
    return typeof value.type === 'string' ? (value as JournalRecord) : null;
  } catch {
    return null;
  }
}
