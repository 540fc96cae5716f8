/** A small tolerant reader of message headers (RFC 5322 §2.2): takes what is there, never throws. */
import { headerEnd } from './digest.ts';
import { decodeHeaderText, isSpace } from './header-text.ts';

/** Headers are looked at up to here; what comes later in a header of this size is nobody's subject line. */
export const ENVELOPE_BYTES = 64 * 1024;
/** A field value is kept up to this many characters. */
const MAX_VALUE = 1000;

/** What a list of messages shows. Decoded (RFC 2047), unfolded, bounded; '' when absent. */
export interface Envelope {
  /** Date as RFC 3339 in UTC (`2026-11-24T02:40:45Z`); '' when absent or not a date. */
  sentDate: string;
  from: string;
  to: string;
  subject: string;
  /** As written, with its angle brackets. */
  messageId: string;
  /** The message says it is multipart/mixed: a good guess for "has attachments". */
  attachments: boolean;
}

const COLON = 0x3a;
const LF = 0x0a;
const HYPHEN = 0x2d;

/** No two with the same first letter. */
const NAMES = ['date', 'from', 'to', 'subject', 'message-id', 'content-type'];
type Fields = [date: string, from: string, to: string, subject: string, messageId: string, contentType: string];

/** @param octets a message, or its beginning of at least ENVELOPE_BYTES */
export function readEnvelope(octets: Buffer): Envelope {
  const head = octets.length > ENVELOPE_BYTES ? octets.subarray(0, ENVELOPE_BYTES) : octets;
  return envelopeOf(head.subarray(0, headerEnd(head)));
}

/** For who has the header already. @param header without the empty line after it */
export function envelopeOf(header: Buffer): Envelope {
  const bounded = header.length > ENVELOPE_BYTES ? header.subarray(0, ENVELOPE_BYTES) : header;
  const [date, from, to, subject, messageId, contentType] = readFields(bounded);
  return {
    sentDate: readDate(date),
    from: decodeHeaderText(from).slice(0, MAX_VALUE),
    to: decodeHeaderText(to).slice(0, MAX_VALUE),
    subject: decodeHeaderText(subject).slice(0, MAX_VALUE),
    messageId: messageId.slice(0, MAX_VALUE),
    attachments: /^multipart\/mixed/i.test(contentType),
  };
}

/** The first of each field we know, unfolded, octets as latin1. */
function readFields(header: Buffer): Fields {
  const fields: Fields = ['', '', '', '', '', ''];
  // Octet by octet: a string of each header would be garbage of its size for each message.
  for (let at = 0; at < header.length;) {
    const field = fieldAt(header, at);
    let end = lineEnd(header, at);
    while (isBlank(header[end])) end = lineEnd(header, end);
    if (field >= 0 && fields[field] === '') fields[field] = valueOf(header, colonAt(header, at, field) + 1, end);
    at = end;
  }
  return fields;
}

function lineEnd(header: Buffer, at: number): number {
  while (at < header.length) if (header[at++] === LF) return at;
  return at;
}

function isBlank(c: number | undefined): boolean {
  return c === 0x20 || c === 0x09;
}

/** By first letter, so that most lines cost one look. @returns its place in NAMES; -1 for any other */
function fieldAt(header: Buffer, at: number): number {
  const letter = header[at]! | 0x20;
  if (letter < 0x63 || letter > 0x74) return -1;
  for (let field = 0; field < NAMES.length; field++) {
    if (NAMES[field]!.charCodeAt(0) === letter) return colonAt(header, at, field) < 0 ? -1 : field;
  }
  return -1;
}

/** @returns where the colon of this field is; -1 when the line at `at` is another */
function colonAt(header: Buffer, at: number, field: number): number {
  const name = NAMES[field]!;
  for (let i = 1; i < name.length; i++) {
    const wanted = name.charCodeAt(i);
    const c = header[at + i]!;
    if (c !== wanted && (wanted === HYPHEN || (c | 0x20) !== wanted)) return -1;
  }
  let colon = at + name.length;
  // RFC 5322 §4.5 still allows blanks before the colon.
  while (isBlank(header[colon])) colon++;
  return header[colon] === COLON ? colon : -1;
}

/** Longer than what is kept, for values that shrink when decoded. */
const MAX_RAW_VALUE = 8 * MAX_VALUE;

function valueOf(header: Buffer, start: number, end: number): string {
  let stop = Math.min(end, start + MAX_RAW_VALUE);
  // As trimOctets() does, without a string of it.
  while (start < stop && isSpace(header[start]!)) start++;
  while (stop > start && isSpace(header[stop - 1]!)) stop--;
  const value = header.toString('latin1', start, stop);
  return value.includes('\n') ? value.replace(/\r?\n/g, '') : value;
}

/** Comments (RFC 5322 §3.2.2), as in `+0100 (CET)`, are not for Date to read. */
function readDate(text: string): string {
  if (text === '') return '';
  const ms = Date.parse(text.includes('(') ? text.replace(/\([^()]*\)/g, ' ') : text);
  if (Number.isNaN(ms)) return '';
  const iso = new Date(ms).toISOString();
  // Years beyond 9999 are written `+010000-…`: nobody's date.
  return iso.length === 24 ? `${iso.slice(0, 19)}Z` : '';
}
