/** Files of JSON lines, each sealed with a CRC as its last member: torn and damaged lines are told from whole ones. */
import fs from 'node:fs';
import { crc32 } from 'node:zlib';
import { toEngineError } from '../errors.ts';

/** `,"crc":"xxxxxxxx"}` */
export const SEAL_BYTES = 18;
const TAIL_START = ',"crc":"';
const READ_BYTES = 1024 * 1024;
const LF = 0x0a;

/** @param body a JSON object's text without its closing brace; not empty */
export function seal(body: string): string {
  return `${body}${TAIL_START}${crc32(body).toString(16).padStart(8, '0')}"}\n`;
}

export function sealObject(value: object): string {
  return seal(JSON.stringify(value).slice(0, -1));
}

/** @param line without its LF @returns the object's text without the seal, or null for a line that is torn or damaged */
export function unseal(line: Buffer): string | null {
  const at = line.length - SEAL_BYTES;
  if (at < 1 || line[0] !== 0x7b) return null;
  const tail = line.toString('latin1', at);
  if (!tail.startsWith(TAIL_START) || !tail.endsWith('"}')) return null;
  const body = line.subarray(0, at);
  if (crc32(body).toString(16).padStart(8, '0') !== tail.slice(8, 16)) return null;
  return `${body.toString('utf8')}}`;
}

export interface SealedLine {
  offset: number;
  /** Where the next line begins. */
  end: number;
  /** null: torn (no LF at its end) or damaged. */
  text: string | null;
  /** False for octets at the end without LF. */
  isWhole: boolean;
}

/** A missing file has no lines. */
export function* readSealedLines(file: string): Generator<SealedLine> {
  let fd: number;
  try {
    fd = fs.openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw toEngineError(error, file);
  }
  try {
    let rest: Buffer = Buffer.alloc(0);
    let base = 0;
    for (;;) {
      const block = Buffer.allocUnsafe(READ_BYTES);
      const count = fs.readSync(fd, block, 0, READ_BYTES, base + rest.length);
      const whole = rest.length === 0 ? block.subarray(0, count) : Buffer.concat([rest, block.subarray(0, count)]);
      let head = 0;
      for (let lf; (lf = whole.indexOf(LF, head)) >= 0; head = lf + 1) {
        yield { offset: base + head, end: base + lf + 1, text: unseal(whole.subarray(head, lf)), isWhole: true };
      }
      rest = whole.subarray(head);
      base += head;
      if (count === 0) break;
    }
    if (rest.length > 0) yield { offset: base, end: base + rest.length, text: null, isWhole: false };
  } finally {
    fs.closeSync(fd);
  }
}
