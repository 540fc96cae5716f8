/**
 * Modified UTF-7 of mailbox names (RFC 3501 §5.1.3), strictly: what is not its canonical form decodes to null.
 * Our own because imapflow's decoder is lenient (`a&b` becomes `a`) and its encoder passes tab, CR and LF.
 */

/** @returns octets as text, printable US-ASCII only */
export function encodeModifiedUtf7(text: string): string {
  return text.replace(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${encodeRun(run)}-`));
}

function encodeRun(run: string): string {
  const utf16 = Buffer.from(run, 'utf16le').swap16();
  return utf16.toString('base64').replace(/=+$/, '').replaceAll('/', ',');
}

/**
 * @param octets as listed, one character for each octet
 * @returns null unless encoding the result gives these very octets back
 */
export function decodeModifiedUtf7(octets: string): string | null {
  if (!octets.includes('&')) return /^[\x20-\x7e]*$/.test(octets) ? octets : null;
  const text = octets.replace(/&([A-Za-z0-9+,]*)-/g, (_, run: string) => (run === '' ? '&' : decodeRun(run)));
  return text.isWellFormed() && encodeModifiedUtf7(text) === octets ? text : null;
}

function decodeRun(run: string): string {
  const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64');
  return bytes
    .subarray(0, bytes.length - (bytes.length % 2))
    .swap16()
    .toString('utf16le');
}
