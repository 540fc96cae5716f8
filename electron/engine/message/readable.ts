/** A message as a person reads it in a terminal: the header lines that matter, text, and the names of attachments. */
import { convert } from 'html-to-text';
import PostalMime, { type Address } from 'postal-mime';

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
  const mail = await PostalMime.parse(raw).catch(() => null);
  if (!mail) return { from: '', to: '', cc: '', date: '', subject: '', text: raw.toString('latin1'), attachments: [] };
  return {
    from: mail.from ? addressText(mail.from) : '',
    to: (mail.to ?? []).map(addressText).join(', '),
    cc: (mail.cc ?? []).map(addressText).join(', '),
    date: mail.date ?? '',
    subject: mail.subject ?? '',
    text: mail.text ?? (mail.html ? convert(mail.html, { wordwrap: 100 }) : ''),
    attachments: mail.attachments.map((a) => ({
      name: a.filename ?? '(no name)',
      mimeType: a.mimeType,
      sizeBytes: typeof a.content === 'string' ? a.content.length : a.content.byteLength,
    })),
  };
}

function addressText(address: Address): string {
  if (address.group) return `${address.name}: ${address.group.map(addressText).join(', ')};`;
  return address.name ? `${address.name} <${address.address ?? ''}>` : (address.address ?? '');
}
