/** The parts of a message (RFC 2045, RFC 2046) as offsets into its octets: nothing is copied, nothing is decoded. */
import { lineEnd, fieldValue, readHeader, type HeaderField } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { parseParams } from './mime-params.ts';
import type { ProblemCode } from './problems.ts';

export interface MimePart {
  fields: HeaderField[];
  /** `text/plain`, lower case. */
  type: string;
  charset: string;
  /** format=flowed and delsp=yes (RFC 3676). */
  flowed: boolean;
  delSp: boolean;
  /** 'inline', 'attachment', something else, or '' when not said. */
  disposition: string;
  /** As the message has it, decoded; '' when it has none. */
  fileName: string;
  encoding: string;
  /** Without angle brackets; '' when absent. */
  contentId: string;
  contentLocation: string;
  bodyAt: number;
  bodyEnd: number;
  /** Empty for a leaf. */
  parts: MimePart[];
}

export interface MimeTree {
  root: MimePart;
  problems: Set<ProblemCode>;
}

const MAX_DEPTH = 20;
const MAX_PARTS = 1000;
/** Octets looked through for boundaries, over all levels: bounds the time that a hostile message can take. */
const MAX_SCAN = 1024 * 1024 * 1024;

interface Walk {
  raw: Buffer;
  parts: number;
  scanned: number;
  problems: Set<ProblemCode>;
}

export function readMimeTree(raw: Buffer): MimeTree {
  const walk: Walk = { raw, parts: 0, scanned: 0, problems: new Set() };
  return { root: readPart(walk, 0, raw.length, 0, 'text/plain'), problems: walk.problems };
}

export function bodyOf(raw: Buffer, part: MimePart): Buffer {
  return raw.subarray(part.bodyAt, part.bodyEnd);
}

function readPart(walk: Walk, from: number, to: number, depth: number, defaultType: string): MimePart {
  const { fields, bodyAt, truncated } = readHeader(walk.raw, from, to);
  if (truncated) walk.problems.add('header-cut');
  const contentType = parseParams(fieldValue(fields, 'content-type'));
  const disposition = parseParams(fieldValue(fields, 'content-disposition'));
  const { params } = contentType;
  const part: MimePart = {
    fields,
    type: /^[\w!#$&^.+-]+\/[\w!#$&^.+*-]+$/.test(contentType.value) ? contentType.value : defaultType,
    charset: params.get('charset') ?? '',
    flowed: params.get('format')?.toLowerCase() === 'flowed',
    delSp: params.get('delsp')?.toLowerCase() === 'yes',
    disposition: disposition.value,
    fileName: disposition.params.get('filename') ?? params.get('name') ?? '',
    encoding: decodeHeaderText(fieldValue(fields, 'content-transfer-encoding'))
      .replace(/\([^()]*\)|[";]/g, '')
      .trim()
      .toLowerCase(),
    contentId: fieldValue(fields, 'content-id').replace(/^<|>$/g, ''),
    contentLocation: fieldValue(fields, 'content-location'),
    bodyAt,
    bodyEnd: to,
    parts: [],
  };
  if (part.type.startsWith('multipart/')) readChildren(walk, part, params.get('boundary') ?? '', depth);
  return part;
}

function readChildren(walk: Walk, part: MimePart, named: string, depth: number): void {
  const size = part.bodyEnd - part.bodyAt;
  if (walk.parts > MAX_PARTS) return;
  if (depth >= MAX_DEPTH || walk.scanned + size > MAX_SCAN) {
    walk.problems.add('too-deep');
    return;
  }
  walk.scanned += size;
  const boundary = named === '' ? guessBoundary(walk.raw, part) : named;
  const ranges = boundary === '' ? [] : findParts(walk, part, boundary);
  if (ranges.length === 0) {
    // Nothing to divide it by: better the text with its marks than nothing.
    if (size > 0) walk.problems.add('no-boundary');
    part.type = 'text/plain';
    return;
  }
  const defaultType = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  for (const [from, to] of ranges) part.parts.push(readPart(walk, from, to, depth + 1, defaultType));
}

/** Half-open ranges between the delimiter lines (RFC 2046 §5.1.1). The line end before a delimiter belongs to it. */
function findParts(walk: Walk, part: MimePart, boundary: string): [number, number][] {
  const { raw } = walk;
  const ranges: [number, number][] = [];
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  let start = -1;
  for (let at = raw.indexOf(mark, part.bodyAt); at >= 0 && at < part.bodyEnd; at = raw.indexOf(mark, at + 1)) {
    const kind = delimiterAt(raw, part, at, mark.length);
    if (kind === 'none') continue;
    if (start >= 0) ranges.push([start, Math.max(start, beforeLineEnd(raw, at))]);
    start = kind === 'close' ? -1 : lineEnd(raw, at, part.bodyEnd);
    if (kind === 'close') break;
    if (++walk.parts > MAX_PARTS) {
      walk.problems.add('too-many-parts');
      return ranges;
    }
  }
  // No closing delimiter: the message was cut off, or its mailer forgot.
  if (start >= 0) ranges.push([start, part.bodyEnd]);
  return ranges;
}

function delimiterAt(raw: Buffer, part: MimePart, at: number, length: number): 'none' | 'open' | 'close' {
  if (at > part.bodyAt && raw[at - 1] !== 10) return 'none';
  let next = at + length;
  const close = raw[next] === 0x2d && raw[next + 1] === 0x2d;
  if (close) next += 2;
  while (raw[next] === 0x20 || raw[next] === 0x09) next++;
  const ends = next >= part.bodyEnd || raw[next] === 10 || raw[next] === 13;
  if (!ends) return 'none';
  return close ? 'close' : 'open';
}

function beforeLineEnd(raw: Buffer, at: number): number {
  if (raw[at - 1] === 10) at--;
  return raw[at - 1] === 13 ? at - 1 : at;
}

/** The first line that begins with `--`, as the multipart must begin with one but for its preamble. */
function guessBoundary(raw: Buffer, part: MimePart): string {
  const text = raw.toString('latin1', part.bodyAt, Math.min(part.bodyEnd, part.bodyAt + 8192));
  return /(?:^|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n/.exec(text)?.[1] ?? '';
}
