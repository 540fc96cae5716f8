/** A sealed line in which one octet is wrong can be told exactly: its CRC says which octet, and what it was. */
import { crc32 } from 'node:zlib';
import { SEAL_BYTES, unseal } from './sealed-lines.ts';

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});
/** Longer lines are left as they are: there are too many octets among which one could be found by chance. */
const MAX_BYTES = 64 * 1024;

/**
 * @param line without its LF
 * @returns the object's text as `unseal` gives it; null when more than one octet is wrong
 */
export function mendLine(line: Buffer): string | null {
  const whole = unseal(line);
  if (whole !== null || line.length <= SEAL_BYTES || line.length > MAX_BYTES) return whole;
  const body = line.subarray(0, line.length - SEAL_BYTES);
  const sum = crc32(body);
  const seal = `,"crc":"${sum.toString(16).padStart(8, '0')}"}`;
  if (differences(seal, line.toString('latin1', body.length)) === 1) return `${body.toString('utf8')}}`;
  const given = /^,"crc":"([0-9a-f]{8})"\}$/.exec(line.toString('latin1', body.length));
  return given ? mended(body, sum, Number.parseInt(given[1]!, 16)) : null;
}

function differences(a: string, b: string): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += Number(a[i] !== b[i]);
  return count;
}

/** A wrong octet changes the CRC by an amount that its place and its wrong bits alone decide. */
function mended(body: Buffer, sum: number, wanted: number): string | null {
  const amount = (sum ^ wanted) >>> 0;
  const changes = Uint32Array.from(TABLE);
  for (let at = body.length - 1; at >= 0; at--) {
    const bits = changes.indexOf(amount, 1);
    if (bits > 0) {
      const octets = Buffer.from(body);
      octets[at]! ^= bits;
      return `${octets.toString('utf8')}}`;
    }
    for (let n = 1; n < 256; n++) changes[n] = (changes[n]! >>> 8) ^ TABLE[changes[n]! & 0xff]!;
  }
  return null;
}
