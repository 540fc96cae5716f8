/** Which parts of a message are its text, which its page, and which are attachments. */
import { bodyOf, type MimePart, type MimeTree } from './mime-tree.ts';

/** One stretch of what the sender wrote, in up to two forms (RFC 2046 §5.1.4). A message may have several. */
export interface Block {
  plain: MimePart | null;
  html: MimePart | null;
}

export interface MessageContent {
  blocks: Block[];
  /** In the order of the message: the index is the key for saving. */
  attachments: MimePart[];
}

export function selectContent(raw: Buffer, { root, problems }: MimeTree): MessageContent {
  const content: MessageContent = { blocks: [], attachments: [] };
  collect(root, content);
  if (content.attachments.some((part) => isEncrypted(raw, part)) || root.type === 'multipart/encrypted') {
    problems.add('encrypted');
  }
  if (content.attachments.some((part) => part.type === 'application/ms-tnef')) problems.add('winmail');
  return content;
}

function collect(part: MimePart, content: MessageContent): void {
  if (part.type === 'multipart/alternative' && part.parts.length > 0) collectAlternative(part, content);
  else if (part.parts.length > 0) for (const child of part.parts) collect(child, content);
  else if (isText(part)) {
    content.blocks.push(part.type === 'text/html' ? { plain: null, html: part } : { plain: part, html: null });
  } else if (part.bodyEnd > part.bodyAt || part.fileName !== '') content.attachments.push(part);
}

/** Its texts are one block; the last of each kind is the best (RFC 2046 §5.1.4). */
function collectAlternative(part: MimePart, content: MessageContent): void {
  const inner: MessageContent = { blocks: [], attachments: content.attachments };
  for (const child of part.parts) collect(child, inner);
  const block: Block = { plain: null, html: null };
  for (const { plain, html } of inner.blocks) {
    block.plain = plain ?? block.plain;
    block.html = html ?? block.html;
  }
  if (inner.blocks.length > 0) content.blocks.push(block);
}

function isText(part: MimePart): boolean {
  if (part.type !== 'text/plain' && part.type !== 'text/html') return false;
  if (part.disposition === 'attachment') return false;
  return part.fileName === '';
}

/** S/MIME says so in a parameter (RFC 8551 §3.2.2), or not at all when it is old. */
function isEncrypted(raw: Buffer, part: MimePart): boolean {
  if (part.type === 'application/pgp-encrypted') return true;
  if (!/^application\/(x-)?pkcs7-mime$/.test(part.type)) return false;
  const type = part.fields.find((f) => f.name.toLowerCase() === 'content-type')?.value ?? '';
  return !/smime-type\s*=\s*"?(signed-data|certs-only|compressed-data)/i.test(type) && bodyOf(raw, part).length > 0;
}
