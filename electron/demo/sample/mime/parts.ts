/** MIME parts (RFC 2045, RFC 2046) as header lines and encoded octets. */
import { encodeWords, isLatin1 } from './encoded-words.ts';
import { base64Lines, quotedPrintable } from './transfer-encodings.ts';

export interface Part {
  /** Without line ends; a line may be folded inside. */
  headers: string[];
  /** In pieces, joined only once: attachments are large. */
  body: readonly Buffer[];
}

/** How a mail program writes text. ISO-8859-1 gives way to UTF-8 where it lacks a character. */
export type TextStyle = 'utf8-8bit' | 'utf8-qp' | 'utf8-base64' | 'latin1-8bit' | 'latin1-qp';

export interface SampleFile {
  name: string;
  type: string;
  data: Buffer;
  /** Shown within the HTML part under this Content-ID. */
  contentId?: string;
}

/** @param text lines ended by `\n`; they are sent with CRLF */
export function textPart(text: string, style: TextStyle, subtype = 'plain', parameters = ''): Part {
  const lines = text.replace(/\r?\n/g, '\r\n');
  const ascii = /^[\x00-\x7f]*$/.test(lines);
  const latin = style.startsWith('latin1') && isLatin1(lines);
  const charset = latin ? 'ISO-8859-1' : ascii && style !== 'utf8-base64' ? 'us-ascii' : 'UTF-8';
  const octets = Buffer.from(lines, latin ? 'latin1' : 'utf8');
  const type = `Content-Type: text/${subtype}; charset=${charset}${parameters}`;
  if (style === 'utf8-base64') {
    return { headers: [type, 'Content-Transfer-Encoding: base64'], body: [base64Lines(octets)] };
  }
  if (style.endsWith('qp')) {
    const body = [Buffer.from(quotedPrintable(octets), 'latin1')];
    return { headers: [type, 'Content-Transfer-Encoding: quoted-printable'], body };
  }
  return { headers: [type, `Content-Transfer-Encoding: ${ascii ? '7bit' : '8bit'}`], body: [octets] };
}

/** Names beyond ASCII are given twice, as mail programs do: RFC 2231 for `filename`, RFC 2047 for `name`. */
export function filePart(file: SampleFile): Part {
  const ascii = /^[\x20-\x7e]*$/.test(file.name);
  const name = ascii ? `"${file.name}"` : `"${encodeWords(file.name, 'UTF-8', 'B')}"`;
  const filename = ascii ? `filename="${file.name}"` : `filename*=UTF-8''${encodeURIComponent(file.name)}`;
  const headers = [
    `Content-Type: ${file.type};\r\n name=${name}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: ${file.contentId ? 'inline' : 'attachment'};\r\n ${filename}`,
  ];
  if (file.contentId) headers.push(`Content-ID: <${file.contentId}>`);
  return { headers, body: [base64Lines(file.data)] };
}

export function multipart(subtype: string, boundary: string, parts: readonly Part[], preamble = ''): Part {
  const pieces: Buffer[] = [];
  if (preamble !== '') pieces.push(Buffer.from(`${preamble}\r\n`));
  for (const part of parts) {
    pieces.push(
      Buffer.from(`--${boundary}\r\n${part.headers.join('\r\n')}\r\n\r\n`),
      ...part.body,
      Buffer.from('\r\n'),
    );
  }
  pieces.push(Buffer.from(`--${boundary}--`));
  return { headers: [`Content-Type: multipart/${subtype};\r\n boundary="${boundary}"`], body: pieces };
}
