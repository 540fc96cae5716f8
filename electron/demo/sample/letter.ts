import { mailDate } from './calendar.ts';
import { formatAddress, formatAddresses } from './mime/addresses.ts';
import type { Address } from './mime/addresses.ts';
import { encodeWords, headerLine } from './mime/encoded-words.ts';
import { filePart, multipart, textPart } from './mime/parts.ts';
import type { Part, SampleFile } from './mime/parts.ts';
import type { Mailer } from './people.ts';
import type { Random } from './random.ts';

export interface Letter {
  from: Address;
  to: readonly Address[];
  cc?: readonly Address[];
  subject: string;
  sentMs: number;
  /** Lines ended by `\n`. */
  text: string;
  html?: string;
  files?: readonly SampleFile[];
  /** Without angle brackets, as are the references, oldest first. */
  messageId: string;
  references?: readonly string[];
  mailer: Mailer;
  /** Put before everything else, as servers on the way do. */
  trace?: readonly string[];
  extra?: readonly string[];
}

/** The raw message (RFC 5322). It ends with CRLF. */
export function composeLetter(letter: Letter, random: Random): Buffer {
  const content = contentOf(letter, random);
  const lines = [...(letter.trace ?? []), ...envelope(letter), 'MIME-Version: 1.0', ...content.headers];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  return Buffer.concat([head, ...content.body, Buffer.from('\r\n')]);
}

function envelope(letter: Letter): string[] {
  const { mailer } = letter;
  const charset = mailer.style.startsWith('latin1') ? 'ISO-8859-1' : 'UTF-8';
  const subject = encodeWords(letter.subject, charset, mailer.style === 'utf8-base64' ? 'B' : 'Q');
  const references = letter.references ?? [];
  const last = references.at(-1);
  const lines = [
    `Message-ID: <${letter.messageId}>`,
    `Date: ${mailDate(letter.sentMs)}`,
    `From: ${formatAddress(letter.from, charset)}`,
    headerLine('To', formatAddresses(letter.to, charset)),
    ...(letter.cc?.length ? [headerLine('Cc', formatAddresses(letter.cc, charset))] : []),
    headerLine('Subject', subject),
    ...(last === undefined ? [] : [`In-Reply-To: <${last}>`]),
    ...(last === undefined ? [] : [`References: ${references.map((id) => `<${id}>`).join('\r\n ')}`]),
    ...(mailer.agent === null ? [] : [mailer.agent]),
    ...(letter.extra ?? []),
  ];
  return mailer.style === 'utf8-8bit' ? lines : [...lines.slice(1, 6), lines[0] ?? '', ...lines.slice(6)];
}

function contentOf(letter: Letter, random: Random): Part {
  const text = textPart(letter.text, letter.mailer.style);
  const pictures = letter.files?.filter((file) => file.contentId !== undefined) ?? [];
  const files = letter.files?.filter((file) => file.contentId === undefined) ?? [];
  let content = text;
  if (letter.html !== undefined) {
    let html = textPart(letter.html, letter.mailer.style, 'html');
    if (pictures.length > 0) html = multipart('related', boundary(random), [html, ...pictures.map(filePart)]);
    content = multipart('alternative', boundary(random), [text, html]);
  }
  if (files.length === 0) return content;
  const preamble = letter.mailer.agent === null ? '' : 'This is a multi-part message in MIME format.';
  return multipart('mixed', boundary(random), [content, ...files.map(filePart)], preamble);
}

const boundary = (random: Random): string => `----=_${random.hex(8)}_${random.hex(16)}`;
