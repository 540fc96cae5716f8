/** Octets to text in whatever charset a message names, misspells, or leaves out. Never throws. */
import iconv from 'iconv-lite';

/**
 * What mail calls ASCII or Latin-1 is Windows-1252 or UTF-8 more often than not (WHATWG Encoding §4.2 says the same for
 * the web): UTF-8 when it is valid UTF-8, else Windows-1252.
 */
const UNLABELLED =
  /^(|us-ascii|ascii|ansi_x3\.4-1968|iso-8859-1|iso8859-1|latin1|utf-?8|unknown-8bit|x-unknown|default|7bit|8bit)$/;

/** @param label as the message has it; '' when it has none */
export function decodeCharset(octets: Buffer, label: string): string {
  const charset = label.trim().toLowerCase();
  if (UNLABELLED.test(charset)) return guessEightBit(octets);
  if (iconv.encodingExists(charset)) return iconv.decode(octets, charset);
  // ISO-2022-JP and others that iconv-lite leaves out.
  try {
    return new TextDecoder(charset).decode(octets);
  } catch {
    return guessEightBit(octets);
  }
}

export function knowsCharset(label: string): boolean {
  const charset = label.trim().toLowerCase();
  if (UNLABELLED.test(charset) || iconv.encodingExists(charset)) return true;
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}

export function guessEightBit(octets: Buffer): string {
  const utf8 = octets.toString('utf8');
  if (!utf8.includes('\ufffd')) return utf8.startsWith('\ufeff') ? utf8.slice(1) : utf8;
  // A text cut off inside a character is still UTF-8.
  const cut = utf8.indexOf('\ufffd');
  if (cut > 0 && cut >= utf8.length - 3 && /[\u0080-\ufffc]/.test(utf8.slice(0, cut))) return utf8.slice(0, cut);
  return iconv.decode(octets, 'windows-1252');
}
