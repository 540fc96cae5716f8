import { bodyOffset, fieldValue, parseParameters, readHeader } from './header.ts';
import type { HeaderField } from './header.ts';

/** One MIME entity as a range of the message's octets. */
export interface MimePart {
  start: number;
  bodyStart: number;
  end: number;
  header: HeaderField[];
  /** Lower case, such as `text/plain`. */
  type: string;
  parameters: Map<string, string>;
  /** Of a multipart; for message/rfc822 the one message inside. */
  children: MimePart[];
}

/** Deeper nesting than any mail has is not followed. */
const MAX_DEPTH = 30;

export function readStructure(raw: Buffer, start = 0, end = raw.length, fallback = 'text/plain', depth = 0): MimePart {
  const header = readHeader(raw, start, end);
  const bodyStart = bodyOffset(raw, start, end);
  const { head, parameters } = parseParameters(fieldValue(header, 'content-type') ?? fallback);
  const type = /^[^\s/]+\/[^\s/]+$/.test(head) ? head.toLowerCase() : fallback;
  const part: MimePart = { start, bodyStart, end, header, type, parameters, children: [] };
  if (depth >= MAX_DEPTH) return part;
  if (type === 'message/rfc822') part.children.push(readStructure(raw, bodyStart, end, 'text/plain', depth + 1));
  const boundary = parameters.get('boundary');
  if (!type.startsWith('multipart/') || !boundary) return part;
  const childType = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  for (const [from, to] of childRanges(raw, bodyStart, end, boundary)) {
    part.children.push(readStructure(raw, from, to, childType, depth + 1));
  }
  return part;
}

/** A part by its number, such as [1, 2] (RFC 3501 §6.4.5); null when there is none. */
export function findPart(root: MimePart, path: readonly number[]): MimePart | null {
  let part: MimePart | undefined = root;
  for (const number of path) {
    const inner: MimePart | undefined = part?.type === 'message/rfc822' ? part.children[0] : part;
    if (inner && inner.children.length > 0 && inner.type.startsWith('multipart/')) part = inner.children[number - 1];
    else part = number === 1 ? inner : undefined;
  }
  return part ?? null;
}

/** The octets between boundary lines; the line end before a boundary belongs to it (RFC 2046 §5.1.1). */
function childRanges(raw: Buffer, start: number, end: number, boundary: string): [number, number][] {
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const ranges: [number, number][] = [];
  let open = -1;
  for (let at = raw.indexOf(mark, start); at >= 0 && at < end; at = raw.indexOf(mark, at + mark.length)) {
    if (at > start && raw[at - 1] !== 0x0a) continue;
    const lineEnd = raw.indexOf(0x0a, at);
    const tail = raw.toString('latin1', at + mark.length, lineEnd < 0 ? end : Math.min(lineEnd, end)).trimEnd();
    if (tail !== '' && tail !== '--') continue;
    if (open >= 0) ranges.push([open, Math.max(open, beforeLineEnd(raw, at))]);
    if (tail === '--') return ranges;
    open = lineEnd < 0 ? end : lineEnd + 1;
  }
  if (open >= 0 && open < end) ranges.push([open, end]);
  return ranges;
}

const beforeLineEnd = (raw: Buffer, at: number): number => at - (raw[at - 2] === 0x0d ? 2 : 1);
