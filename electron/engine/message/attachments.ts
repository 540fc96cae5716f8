/** The files that come with a message: their names made safe, their content on demand. */
import type { Attachment } from '../../../shared/browse.ts';
import { attachmentName, distinctAttachmentName, isRisky } from '../fs/attachment-name.ts';
import { EngineError } from '../errors.ts';
import { selectContent } from './content.ts';
import { fieldValue, readHeader } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { bodyOf, readMimeTree, type MimePart } from './mime-tree.ts';
import { decodedSize, decodeTransfer } from './transfer-encoding.ts';

export interface AttachmentContent {
  /** Safe as a file name. */
  name: string;
  mimeType: string;
  content: Uint8Array;
}

/** @param shown parts that the page shows where they belong */
export function listAttachments(raw: Buffer, parts: readonly MimePart[], shown: ReadonlySet<MimePart>): Attachment[] {
  const taken = new Set<string>();
  return parts.map((part, index) => {
    const original = originalName(raw, part);
    const name = distinctAttachmentName(attachmentName(original, part.type), taken);
    return {
      index,
      name,
      originalName: original === '' || original === name ? null : original.slice(0, 1000),
      mimeType: part.type,
      sizeBytes: decodedSize(bodyOf(raw, part), part.encoding),
      risky: isRisky(name, part.type),
      inline: shown.has(part),
    };
  });
}

/**
 * @param index as in MessageView.attachments
 * @throws EngineError 'message-unreadable' there is no such attachment
 */
export function readAttachment(raw: Buffer, index: number): AttachmentContent {
  const { attachments } = selectContent(raw, readMimeTree(raw));
  const part = attachments[index];
  if (!part) {
    throw new EngineError(
      'message-unreadable',
      `This message has no attachment number ${index + 1}. Open the message again.`,
      { scope: 'message' },
    );
  }
  const { name } = listAttachments(raw, attachments.slice(0, index + 1), new Set())[index]!;
  return { name, mimeType: part.type, content: decodeTransfer(bodyOf(raw, part), part.encoding) };
}

/** '' when the message gives none. A forwarded message is called by its subject. */
function originalName(raw: Buffer, part: MimePart): string {
  if (part.fileName !== '' || part.type !== 'message/rfc822') return part.fileName;
  // base64 is not allowed here (RFC 2046 §5.2.1), and is found all the same.
  const octets = decodeTransfer(bodyOf(raw, part), part.encoding, 64 * 1024);
  const subject = decodeHeaderText(fieldValue(readHeader(octets, 0, octets.length).fields, 'subject')).trim();
  return subject === '' ? '' : `${subject.slice(0, 200)}.eml`;
}
