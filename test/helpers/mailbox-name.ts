/** Modified UTF-7 (RFC 3501 §5.1.3), written apart from the engine's so that tests do not share its mistakes. */

export function encodeName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === '&') return '&-';
    const utf16 = Buffer.from(run, 'utf16le').swap16();
    return `&${utf16.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
  });
}

export function decodeName(wire: string): string {
  return wire.replace(/&([^-]*)-/g, (_all, run: string) => {
    if (run === '') return '&';
    const utf16 = Buffer.from(run.replaceAll(',', '/'), 'base64');
    return utf16
      .subarray(0, utf16.length & ~1)
      .swap16()
      .toString('utf16le');
  });
}
