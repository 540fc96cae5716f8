/** Texts in an mbox file that no intact record owns. */
import fs from 'node:fs';
import { FROM_LINE_BYTES, isFromLine } from './mbox.ts';

const READ_BYTES = 1024 * 1024;
const LF = 0x0a;
const CR = 0x0d;
const SEPARATOR = Buffer.from('\nFrom ');

export interface Range {
  offset: number;
  length: number;
}

/** What is left of a file when the owned ranges are taken away. @param owned in any order, may touch or overlap */
export function unownedRanges(sizeBytes: number, owned: Range[]): Range[] {
  const ranges: Range[] = [];
  let at = 0;
  for (const { offset, length } of [...owned].sort((a, b) => a.offset - b.offset)) {
    if (offset > at) ranges.push({ offset: at, length: offset - at });
    at = Math.max(at, offset + length);
  }
  if (at < sizeBytes) ranges.push({ offset: at, length: sizeBytes - at });
  return ranges;
}

export interface FoundText extends Range {
  /** From the From_ line, RFC 3339 in UTC; null when it holds no date. */
  internalDate: string | null;
  /** Very likely: its lines end with CR LF, and only the last one with a LF alone. */
  newlineAdded: boolean;
}

/** Whole mbox texts in a range: each begins with a From_ line of ours and ends with the LF before the next, or the end. */
export function findTexts(fd: number, range: Range): FoundText[] {
  const starts = [range.offset, ...separators(fd, range)];
  const texts: FoundText[] = [];
  for (const [i, offset] of starts.entries()) {
    const end = starts[i + 1] ?? range.offset + range.length;
    const line = read(fd, offset, FROM_LINE_BYTES);
    if (!isFromLine(line) || end - offset <= FROM_LINE_BYTES || read(fd, end - 1, 1)[0] !== LF) continue;
    texts.push({
      offset,
      length: end - offset,
      internalDate: dateOf(line),
      newlineAdded: endsOtherwise(fd, offset, end),
    });
  }
  return texts;
}

/** Offsets of lines that begin with `From `: quoting makes sure that they are no part of a message. */
function separators(fd: number, range: Range): number[] {
  const found: number[] = [];
  const end = range.offset + range.length;
  for (let at = range.offset; at < end; at += READ_BYTES) {
    const octets = read(fd, at, Math.min(READ_BYTES + SEPARATOR.length - 1, end - at));
    for (let hit = octets.indexOf(SEPARATOR); hit >= 0; hit = octets.indexOf(SEPARATOR, hit + 1)) {
      if (hit < READ_BYTES) found.push(at + hit + 1);
    }
  }
  return found;
}

/** Octets in which the first line's end is looked for. */
const FIRST_LINE_BYTES = 1024;

function endsOtherwise(fd: number, offset: number, end: number): boolean {
  const first = read(fd, offset + FROM_LINE_BYTES, Math.min(FIRST_LINE_BYTES, end - offset - FROM_LINE_BYTES));
  const [before, last] = read(fd, end - 3, 2);
  return first[first.indexOf(LF) - 1] === CR && last === LF && before !== CR;
}

function read(fd: number, offset: number, length: number): Buffer {
  const octets = Buffer.alloc(length);
  return octets.subarray(0, fs.readSync(fd, octets, 0, length, offset));
}

function dateOf(line: Buffer): string | null {
  const ms = Date.parse(`${line.toString('latin1', 7, FROM_LINE_BYTES - 1)} UTC`);
  return Number.isNaN(ms) || ms === 0 ? null : `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}
