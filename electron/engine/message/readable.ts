/** A message as a person reads it in a terminal: the header lines that matter, text, and the names of attachments. */
import type { Address } from 'postal-mime';

export interface ReadableMessage {
  from: string;
  to: string;
  cc: string;
  date: string;
  subject: string;
  /** Plain text; made from HTML where there is no plain part. */
  text: string;
  attachments: { name: string; mimeType: string; sizeBytes: number }[];
}

/** Never throws on broken mail: whatever cannot be read is shown as it is. */
export async function readMessage(raw: Buffer): Promise<ReadableMessage> {
  // Loaded on demand: backups and restores never read a body.
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(raw).catch(() => null);
  if (!mail) return { from: '', to: '', cc: '', date: '', subject: '', text: raw.toString('latin1'), attachments: [] };
  return {
    from: mail.from ? addressText(mail.from) : '',
    to: (mail.to ?? []).map(addressText).join(', '),
    cc: (mail.cc ?? []).map(addressText).join(', '),
    date: mail.date ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? (mail.html ? await htmlToText(mail.html) : ''),
    attachments: mail.attachments.map((a) => ({
      name: a.filename ?? '(no name)',
      mimeType: a.mimeType,
      sizeBytes: typeof a.content === 'string' ? a.content.length : a.content.byteLength,
    })),
  };
}

async function htmlToText(html: string): Promise<string> {
  const { convert } = await import('html-to-text');
  return convert(html, { wordwrap: 100 });
}

function addressText(address: Address): string {
  if (address.group) return `${address.name}: ${address.group.map(addressText).join(', ')};`;
  return address.name ? `${address.name} <${address.address ?? ''}>` : (address.address ?? '');
}
