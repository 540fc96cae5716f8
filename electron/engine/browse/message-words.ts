/** What of a message is searched and shown in a list: its text and the names of its files. Never throws. */
import { selectContent, type Block } from '../message/content.ts';
import { htmlToText } from '../message/html-text.ts';
import { readMimeTree, type MimePart } from '../message/mime-tree.ts';
import { partText } from '../message/part-text.ts';
import type { ProblemCode } from '../message/problems.ts';
import { firstWords } from './snippets.ts';

export interface MessageWords {
  text: string;
  fileNames: string;
  /** Files that a person would call attachments: pictures of the page are not counted. */
  attachments: number;
}

/** A whole message up to this size; of a larger one its beginning, and of the rest what may be the head of a part. */
const WHOLE_BYTES = 4 * 1024 * 1024;
const PART_HEAD_BYTES = 4096;
const MAX_KEPT_BYTES = 16 * 1024 * 1024;
/** Characters of text that are searched: two hundred pages. */
const MAX_TEXT = 500_000;
const MAX_NAMES = 20_000;
const NOTHING: MessageWords = { text: '', fileNames: '', attachments: 0 };
const PLAIN_IS_ENOUGH = 40;

export function readWords(raw: Buffer): MessageWords {
  try {
    const { blocks, attachments } = selectContent(raw, readMimeTree(raw));
    const files = attachments.filter(isFile);
    return {
      text: textOf(raw, blocks),
      fileNames: attachments
        .map((part) => part.fileName)
        .filter((name) => name !== '')
        .join('\n')
        .slice(0, MAX_NAMES),
      attachments: files.length,
    };
  } catch {
    // Mail can be broken in ways that nobody has thought of: it is in the index all the same.
    return NOTHING;
  }
}

function isFile(part: MimePart): boolean {
  if (part.disposition === 'attachment') return true;
  if (part.type.startsWith('image/') && (part.contentId !== '' || part.contentLocation !== '')) return false;
  return !/^(multipart\/.*|application\/(pgp-signature|(x-)?pkcs7-signature))$/.test(part.type);
}

function textOf(raw: Buffer, blocks: Block[]): string {
  const problems = new Set<ProblemCode>();
  let text = '';
  for (const { plain, html } of blocks) {
    if (text.length >= MAX_TEXT) break;
    let piece = plain ? partText(raw, plain, problems) : '';
    // "Please use a program that shows HTML" is not what the message says.
    if (html && piece.trim().length < PLAIN_IS_ENOUGH) piece += `\n${htmlToText(partText(raw, html, problems))}`;
    text += text === '' ? piece : `\n${piece}`;
  }
  return text.slice(0, MAX_TEXT).toWellFormed();
}

const LINE_AND_DASHES = Buffer.from('\n--');

/**
 * Octets that `readWords` reads in place of a message of any size. Bodies of large files are left out; where their parts
 * begin is kept, so names are found.
 *
 * @param chunks of the message, each valid until the next
 */
export function* condense(chunks: Iterable<Buffer>): Generator<null, Buffer> {
  const kept: Buffer[] = [];
  let bytes = 0;
  let seen = 0;
  for (const chunk of chunks) {
    if (bytes < MAX_KEPT_BYTES) {
      for (const piece of seen < WHOLE_BYTES ? [chunk] : partHeads(chunk)) {
        kept.push(Buffer.from(piece));
        bytes += piece.length;
      }
    }
    seen += chunk.length;
    yield null;
  }
  return kept.length === 1 ? kept[0]! : Buffer.concat(kept);
}

/** A head that begins in one chunk and ends in the next is lost beyond their border: its name is not found, no more. */
function partHeads(chunk: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let end = 0;
  for (let at = chunk.indexOf(LINE_AND_DASHES); at >= 0; at = chunk.indexOf(LINE_AND_DASHES, at + 1)) {
    const from = Math.max(at, end);
    end = Math.max(end, Math.min(chunk.length, at + PART_HEAD_BYTES));
    if (end > from) pieces.push(chunk.subarray(from, end));
  }
  return pieces;
}

/** What makes an index large and helps nobody: what follows the `?` of a link, and runs of letters that are no words. */
export function searchable(text: string): string {
  const short = text.includes('://') ? text.replace(/(https?:\/\/[^\s?#<>"]{1,300})[?#][^\s<>"]*/g, '$1 ') : text;
  return hasLongRun(short) ? short.replace(/[A-Za-z0-9+/=_-]{65,}/g, ' ') : short;
}

const LONG_RUN = 65;

/** Most texts have none, and a regular expression would look at each letter of each word again. */
function hasLongRun(text: string): boolean {
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x20) continue;
    if (i - start >= LONG_RUN) return true;
    start = i + 1;
  }
  return text.length - start >= LONG_RUN;
}

const PREVIEW = 160;

export function previewOf(text: string): string {
  const start = text.slice(0, PREVIEW * 6);
  const blanks = /(?:[\s\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\u034f)+/g;
  return firstWords(start.replace(blanks, ' '), PREVIEW);
}
