/** Content-Transfer-Encoding (RFC 2045 §6) of text and files, lines ended by CRLF. */

/** Lines of at most 76 characters; CRLF between lines is kept, blanks before it are encoded. */
export function quotedPrintable(octets: Buffer): string {
  return octets
    .toString('latin1')
    .split('\r\n')
    .map((line) => softBroken(encodeLine(line)))
    .join('\r\n');
}

function encodeLine(line: string): string[] {
  return Array.from(line, (character, i) => {
    const code = character.charCodeAt(0);
    const blankAtEnd = (code === 0x20 || code === 0x09) && i === line.length - 1;
    if ((code >= 0x20 && code < 0x7f && code !== 0x3d && !blankAtEnd) || (code === 0x09 && !blankAtEnd)) {
      return character;
    }
    return `=${code.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

function softBroken(units: string[]): string {
  let [out, width] = ['', 0];
  units.forEach((unit, i) => {
    if (width + unit.length > (i === units.length - 1 ? 76 : 75)) {
      out += '=\r\n';
      width = 0;
    }
    out += unit;
    width += unit.length;
  });
  return out;
}

/** 76 characters a line, the last one without an end. */
export function base64Lines(octets: Buffer): Buffer {
  const whole = Buffer.from(octets.toString('base64'), 'latin1');
  const lines = Math.max(1, Math.ceil(whole.length / 76));
  const broken = Buffer.allocUnsafe(whole.length + (lines - 1) * 2);
  let to = 0;
  for (let from = 0; from < whole.length; from += 76) {
    if (from > 0) {
      broken[to++] = 0x0d;
      broken[to++] = 0x0a;
    }
    to += whole.copy(broken, to, from, from + 76);
  }
  return broken;
}
