/** The name under which one message is saved: `2014-03-18 Angebot Brennofen.eml`. */
import { attachmentName } from '../fs/attachment-name.ts';

/** @param date when it was sent, else when it arrived, as RFC 3339: it comes first, so that saved messages are in order */
export function emlFileName({ subject, date }: { subject: string; date: string | null }): string {
  const day = /^\d{4}-\d{2}-\d{2}/.exec(date ?? '')?.[0] ?? '';
  // A subject is no path: `Rechnung ../2014` keeps all of its words.
  const words = `${day} ${subject
    .replace(/[\\/]+/g, '_')
    .replace(/\s+/g, ' ')
    .slice(0, 100)}`.trim();
  return attachmentName(`${words === '' ? 'message' : words}.eml`, 'message/rfc822');
}
