/** All fields of a header in order (RFC 5322 §2.2). Takes what is there, never throws. */
import { trimOctets } from './header-text.ts';

export interface HeaderField {
  name: string;
  /** Unfolded, each octet a char (latin1); decode with decodeHeaderText. */
  value: string;
}

export interface Header {
  fields: HeaderField[];
  /** Offset of the body's first octet. */
  bodyAt: number;
  /** There was more than is kept. */
  truncated: boolean;
}

const MAX_FIELDS = 2000;
const MAX_BYTES = 512 * 1024;
const MAX_VALUE = 64 * 1024;
/** RFC 5322 §2.2, and §4.5 still allows blanks before the colon. */
const FIELD = /^([!-9;-~]{1,200})[ \t]*:/;

/** @param from where the header begins, @param to where its part of the message ends */
export function readHeader(raw: Buffer, from: number, to: number): Header {
  const fields: HeaderField[] = [];
  let truncated = false;
  let at = from;
  let bytes = 0;
  while (at < to) {
    const end = lineEnd(raw, at, to);
    if (isEmptyLine(raw, at, end)) return { fields, bodyAt: fields.length === 0 && at > from ? from : end, truncated };
    const next = foldedEnd(raw, end, to);
    bytes += next - at;
    if (fields.length >= MAX_FIELDS || bytes > MAX_BYTES) truncated = true;
    else addField(fields, raw.toString('latin1', at, Math.min(next, at + MAX_VALUE)));
    if (next - at > MAX_VALUE) truncated = true;
    at = next;
  }
  // Neither a field nor an empty line: the text of somebody who knew no headers.
  return { fields, bodyAt: fields.length === 0 ? from : to, truncated };
}

/** Decoded later, and only where it is looked at. '' when absent. */
export function fieldValue(fields: readonly HeaderField[], name: string): string {
  const lower = name.toLowerCase();
  return fields.find((f) => f.name.length === lower.length && f.name.toLowerCase() === lower)?.value ?? '';
}

export function lineEnd(raw: Buffer, at: number, to: number): number {
  const lf = raw.indexOf(10, at);
  return lf < 0 || lf >= to ? to : lf + 1;
}

function foldedEnd(raw: Buffer, end: number, to: number): number {
  while (end < to && (raw[end] === 0x20 || raw[end] === 0x09)) {
    const next = lineEnd(raw, end, to);
    // A line of blanks only is meant as the empty line by mailers that trim nothing.
    if (isEmptyLine(raw, end, next)) break;
    end = next;
  }
  return end;
}

function isEmptyLine(raw: Buffer, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const octet = raw[i]!;
    if (octet === 10) return true;
    if (octet !== 13 && octet !== 0x20 && octet !== 0x09) return false;
  }
  return end > at;
}

function addField(fields: HeaderField[], line: string): void {
  const name = FIELD.exec(line);
  // `From alice@… Tue Mar 18` of an mbox and other lines without a name are nobody's field.
  if (!name) return;
  const value = line.slice(name[0].length);
  fields.push({ name: name[1]!, value: trimOctets(value.replace(/\r?\n/g, '')) });
}
