/** Bodies as they were before their transfer encoding (RFC 2045 §6, and uuencode of old). Never throws; skips junk. */

/** @param maxBytes decode no more than about this many octets */
export function decodeTransfer(body: Buffer, encoding: string, maxBytes = Infinity): Buffer {
  switch (encoding) {
    case 'base64':
      return fromBase64(body, maxBytes);
    case 'quoted-printable':
      return fromQuotedPrintable(body, maxBytes);
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return fromUuencode(body, maxBytes);
    default:
      return body.length > maxBytes ? body.subarray(0, maxBytes) : body;
  }
}

/** Octets after decoding, without holding them where that can be avoided. */
export function decodedSize(body: Buffer, encoding: string): number {
  if (encoding === 'base64') return base64Size(body);
  if (encoding === 'quoted-printable' || encoding.includes('uu')) return decodeTransfer(body, encoding).length;
  return body.length;
}

function fromBase64(body: Buffer, maxBytes: number): Buffer {
  const octets = maxBytes < body.length / 2 ? body.subarray(0, Math.ceil(maxBytes * 1.4) + 4) : body;
  const text = octets.toString('latin1');
  const padding = text.indexOf('=');
  // Node stops at the first `=`; some mailers join several padded pieces.
  if (padding < 0 || !/[A-Za-z0-9+/]/.test(text.slice(padding))) return bounded(Buffer.from(text, 'base64'), maxBytes);
  const pieces = text.split(/=+/).map((piece) => Buffer.from(piece, 'base64'));
  return bounded(Buffer.concat(pieces), maxBytes);
}

/** Ignores padding in the middle: off by some octets then, which nobody sees in a size. */
function base64Size(body: Buffer): number {
  let digits = 0;
  for (const octet of body) digits += BASE64_DIGIT[octet]!;
  return Math.floor((digits * 3) / 4);
}

const BASE64_DIGIT = new Uint8Array(256);
for (const digit of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  BASE64_DIGIT[digit.charCodeAt(0)] = 1;
}

function fromQuotedPrintable(body: Buffer, maxBytes: number): Buffer {
  const out = Buffer.allocUnsafe(Math.min(body.length, maxBytes));
  let n = 0;
  for (let i = 0; i < body.length && n < out.length; i++) {
    if (body[i] !== 0x3d) {
      out[n++] = body[i]!;
      continue;
    }
    const high = hexValue(body[i + 1]);
    const low = hexValue(body[i + 2]);
    if (high >= 0 && low >= 0) {
      out[n++] = high * 16 + low;
      i += 2;
      continue;
    }
    const end = softBreakEnd(body, i + 1);
    if (end > 0) i = end;
    else out[n++] = 0x3d;
  }
  return out.subarray(0, n);
}

/** Offset of the line feed when only blanks follow; they are not text (RFC 2045 §6.7 rule 3). -1: no soft break. */
function softBreakEnd(body: Buffer, at: number): number {
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (body[at] === 13) at++;
  return at >= body.length || body[at] === 10 ? at : -1;
}

function hexValue(octet: number | undefined): number {
  if (octet === undefined) return -1;
  if (octet >= 48 && octet <= 57) return octet - 48;
  const lower = octet | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function fromUuencode(body: Buffer, maxBytes: number): Buffer {
  const out: Buffer[] = [];
  let bytes = 0;
  for (const line of body.toString('latin1').split(/\r?\n/)) {
    if (line === '' || /^begin \d+ /.test(line)) continue;
    if (line === 'end' || bytes >= maxBytes) break;
    const length = (line.charCodeAt(0) - 32) & 63;
    const octets = Buffer.alloc(Math.ceil(length / 3) * 3);
    for (let i = 0; i * 3 < octets.length; i++) {
      const six = (k: number) => ((line.charCodeAt(1 + i * 4 + k) || 32) - 32) & 63;
      octets.writeUIntBE((six(0) << 18) | (six(1) << 12) | (six(2) << 6) | six(3), i * 3, 3);
    }
    out.push(octets.subarray(0, length));
    bytes += length;
  }
  return bounded(Buffer.concat(out), maxBytes);
}

function bounded(octets: Buffer, maxBytes: number): Buffer {
  return octets.length > maxBytes ? octets.subarray(0, maxBytes) : octets;
}
