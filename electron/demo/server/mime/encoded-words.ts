/** RFC 2047 words as text, for SEARCH. Octets outside of them are taken as UTF-8 if they are, else as latin1. */
export function decodeWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replace(
    /=\?([^?]+)\?([bq])\?([^?]*)\?=|[\x80-\xff]+/gi,
    (run, charset?: string, kind?: string, text = '') => {
      if (charset === undefined) return decode(Buffer.from(run, 'latin1'), 'utf-8');
      return decode(kind?.toLowerCase() === 'b' ? Buffer.from(String(text), 'base64') : unquote(String(text)), charset);
    },
  );
}

function unquote(text: string): Buffer {
  const plain = text
    .replace(/_/g, ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

function decode(octets: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(octets);
  } catch {
    // An unknown charset or invalid octets: searching goes on with what is readable.
    return octets.toString('latin1');
  }
}
