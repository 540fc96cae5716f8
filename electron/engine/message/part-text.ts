/** The text of a part: transfer encoding, charset, flowed lines, tidy line ends. */
import { decodeCharset, knowsCharset } from './charset.ts';
import { unflow } from './format-flowed.ts';
import { bodyOf, type MimePart } from './mime-tree.ts';
import type { ProblemCode } from './problems.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** Octets of one text that are shown. A book has about one million letters. */
export const MAX_TEXT_BYTES = 2 * 1024 * 1024;
export const MAX_HTML_BYTES = 4 * 1024 * 1024;

export function partText(raw: Buffer, part: MimePart, problems: Set<ProblemCode>): string {
  const isHtml = part.type === 'text/html';
  const maxBytes = isHtml ? MAX_HTML_BYTES : MAX_TEXT_BYTES;
  const decoded = decodeTransfer(bodyOf(raw, part), part.encoding, maxBytes + 1);
  if (decoded.length > maxBytes) problems.add(isHtml ? 'html-cut' : 'text-cut');
  const octets = decoded.subarray(0, maxBytes);
  const charset = part.charset === '' && isHtml ? charsetOfPage(octets) : part.charset;
  if (!knowsCharset(charset)) problems.add('charset-unknown');
  const text = decodeCharset(octets, charset).toWellFormed().replace(/\r\n?/g, '\n');
  if (isHtml) return text;
  const plain = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  return part.flowed ? unflow(plain, part.delSp) : plain;
}

/** What the page says of itself, for parts that say nothing (WHATWG HTML §13.2.3.2). */
function charsetOfPage(octets: Buffer): string {
  const head = octets.toString('latin1', 0, 2048);
  const charset = /<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w:.-]{1,40})/i.exec(head)?.[1] ?? '';
  // The octets would not have been readable as ASCII so far.
  return /^utf-?(16|32)/i.test(charset) ? '' : charset;
}
