/** What the nasty messages are made with. Every address is in a domain reserved for examples (RFC 2606). */

export interface NastyMessage {
  /** Unique; reads as what is wrong with it. */
  name: string;
  raw: Buffer;
  flags: string[];
  /** The date-time of APPEND as sent on the wire, day padded with a blank; null: none given. */
  internalDate: string | null;
}

export const DEFAULT_DATE = ' 4-Mar-2024 09:15:00 +0100';

export function message(name: string, raw: Buffer | string, extra: Partial<NastyMessage> = {}): NastyMessage {
  const octets = typeof raw === 'string' ? Buffer.from(raw, 'utf8') : raw;
  return { name, raw: octets, flags: [], internalDate: DEFAULT_DATE, ...extra };
}

/** Lines with CR LF at the end of each. */
export function crlf(...lines: string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A header that no server can object to; ends without the empty line. */
export function header(subject: string, ...more: string[]): string {
  const id = subject.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return crlf(
    'From: Ada Fischer <ada@example.org>',
    'To: Ben Okafor <ben@example.com>',
    `Subject: ${subject}`,
    'Date: Mon, 4 Mar 2024 09:15:00 +0100',
    `Message-ID: <${id}@nasty.example.org>`,
    'MIME-Version: 1.0',
    ...more,
  );
}

/** A plain message; body lines end in CR LF. */
export function plain(subject: string, ...body: string[]): string {
  return `${header(subject, 'Content-Type: text/plain; charset=utf-8')}\r\n${crlf(...body)}`;
}

/** As latin1 text, so that `\x80` to `\xff` are octets and not UTF-8. */
export function octets(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A message of exactly this many octets, in lines of 76 characters, CR LF at the end. */
export function ofSize(subject: string, sizeBytes: number): string {
  const head = `${header(subject, 'Content-Type: text/plain; charset=us-ascii')}\r\n`;
  const line = `${'0123456789abcdefghijklmnopqrstuvwxyz'.repeat(3).slice(0, 76)}\r\n`;
  const rest = sizeBytes - head.length;
  const whole = Math.floor((rest - 2) / line.length);
  const tail = rest - whole * line.length - 2;
  return `${head}${line.repeat(whole)}${'x'.repeat(tail)}\r\n`;
}
