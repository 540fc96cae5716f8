import type { SectionItem } from './fetch-items.ts';
import { bodyOffset, readHeader } from './mime/header.ts';
import { findPart, readStructure } from './mime/structure.ts';
import type { MimePart } from './mime/structure.ts';

/** The octets of a section without copying where it is a stretch of the message; null where there is no such part. */
export function sectionOctets(raw: Buffer, item: SectionItem): Buffer | null {
  const octets = item.part.length === 0 ? ofMessage(raw, 0, raw.length, item) : ofPart(raw, item);
  if (!octets || !item.partial) return octets;
  return octets.subarray(item.partial.start, item.partial.start + item.partial.length);
}

function ofMessage(raw: Buffer, start: number, end: number, item: SectionItem): Buffer {
  if (item.what === '') return raw.subarray(start, end);
  const body = bodyOffset(raw, start, end);
  if (item.what === 'HEADER') return raw.subarray(start, body);
  if (item.what === 'TEXT') return raw.subarray(body, end);
  const wanted = (name: string): boolean =>
    item.fields.includes(name.toLowerCase()) === (item.what === 'HEADER.FIELDS');
  const lines = readHeader(raw, start, end).filter((field) => wanted(field.name));
  return Buffer.from(`${lines.map((field) => field.raw).join('')}\r\n`, 'latin1');
}

function ofPart(raw: Buffer, item: SectionItem): Buffer | null {
  const root = readStructure(raw);
  const part = findPart(root, item.part);
  if (!part) return null;
  if (item.what === '') return raw.subarray(part.bodyStart, part.end);
  if (item.what === 'MIME') return part === root ? null : raw.subarray(part.start, part.bodyStart);
  // HEADER and TEXT of a part exist for a message within the message only (RFC 3501 §6.4.5).
  const inner: MimePart | undefined = part.type === 'message/rfc822' ? part.children[0] : undefined;
  return inner ? ofMessage(raw, inner.start, inner.end, item) : null;
}
