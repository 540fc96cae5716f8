/** Reads the journal's segments line by line. Knows nothing of what the records mean. */
import fs from 'node:fs';
import path from 'node:path';
import { toEngineError } from '../errors.ts';
import { openLine } from './journal-line.ts';
import type { JournalPosition, JournalRecord } from './records.ts';

const READ_BYTES = 1024 * 1024;
const LF = 0x0a;

export function segmentFile(folder: string, number: number): string {
  return path.join(folder, `${String(number).padStart(6, '0')}.jsonl`);
}

/** Numbers of the segments there are, ascending. */
export function listSegments(folder: string): number[] {
  let names: string[];
  try {
    names = fs.readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw toEngineError(error, folder);
  }
  return names
    .map((name) => Number(/^(\d{6,9})\.jsonl$/.exec(name)?.[1] ?? 0))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

export interface JournalLine {
  at: JournalPosition;
  /** Where the next line begins. */
  end: JournalPosition;
  /** null: torn, damaged or not ours. */
  record: JournalRecord | null;
  /** Without LF; valid until the next line is asked for. */
  octets: Buffer;
}

/** Every line from a position on, damaged ones too. A last line without LF counts as torn: its record is null. */
export function* journalLines(folder: string, from: JournalPosition): Generator<JournalLine> {
  for (const segment of listSegments(folder)) {
    if (segment < from.segment) continue;
    yield* segmentLines(folder, segment, segment === from.segment ? from.offset : 0);
  }
}

function* segmentLines(folder: string, segment: number, start: number): Generator<JournalLine> {
  const file = segmentFile(folder, segment);
  const fd = fs.openSync(file, 'r');
  try {
    let buffer: Buffer = Buffer.alloc(0);
    let base = start;
    for (;;) {
      const more = readMore(fd, base + buffer.length);
      const whole = buffer.length === 0 ? more : Buffer.concat([buffer, more]);
      let head = 0;
      for (let lf; (lf = whole.indexOf(LF, head)) >= 0; head = lf + 1) {
        yield line(segment, base + head, whole.subarray(head, lf), true);
      }
      buffer = whole.subarray(head);
      base += head;
      if (more.length === 0) break;
    }
    if (buffer.length > 0) yield line(segment, base, buffer, false);
  } finally {
    fs.closeSync(fd);
  }
}

function line(segment: number, offset: number, octets: Buffer, whole: boolean): JournalLine {
  return {
    at: { segment, offset },
    end: { segment, offset: offset + octets.length + (whole ? 1 : 0) },
    record: whole ? openLine(octets) : null,
    octets,
  };
}

function readMore(fd: number, position: number): Buffer {
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  return buffer.subarray(0, fs.readSync(fd, buffer, 0, READ_BYTES, position));
}

/** The end of the last segment, whatever is in it; null for an archive without a journal. */
export function journalEnd(folder: string): JournalPosition | null {
  const last = listSegments(folder).at(-1);
  if (last === undefined) return null;
  return { segment: last, offset: fs.statSync(segmentFile(folder, last)).size };
}
