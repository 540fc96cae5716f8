import { encodeUtf7 } from './utf7.ts';

/** A string that is known to hold no CR, LF, NUL or 8-bit octet. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Any octets (latin1), quoted where that is allowed, else as a literal; null as NIL (RFC 3501 §9 nstring). */
export function nstring(text: string | null): string {
  if (text === null) return 'NIL';
  if (/[\r\n\0\x80-\xff]/.test(text)) return `{${text.length}}\r\n${text}`;
  return quoted(text);
}

export const quotedMailbox = (path: string): string => quoted(encodeUtf7(path));
