/** Mailbox names on the wire: modified UTF-7 (RFC 3501 §5.1.3). */

export function encodeUtf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-';
    const octets = Buffer.from(run, 'utf16le').swap16();
    return `&${octets.toString('base64').replace(/=+$/, '').replace(/\//g, ',')}-`;
  });
}

/** @returns null for what no encoder makes: two spellings of one name must not exist */
export function decodeUtf7(wire: string): string | null {
  if (/[^\x20-\x7e]/.test(wire)) return null;
  const name = wire.replace(/&([^-]*)-/g, (_, base64: string) => {
    if (base64 === '') return '&';
    const octets = Buffer.from(base64.replace(/,/g, '/'), 'base64');
    return octets.length % 2 === 0 ? octets.swap16().toString('utf16le') : '\ufffd';
  });
  return encodeUtf7(name) === wire ? name : null;
}
