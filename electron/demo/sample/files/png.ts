import { crc32 } from 'node:zlib';

export type Rgb = readonly [number, number, number];

/**
 * A PNG of 8-bit RGB pixels, stored rather than compressed: the octets are the same whatever zlib is at hand,
 * and the size is what the number of pixels says.
 *
 * @param colorAt the colour of a pixel, counted from the upper left
 */
export function makePng(width: number, height: number, colorAt: (x: number, y: number) => Rgb): Buffer {
  const stride = width * 3 + 1;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b] = colorAt(x, y);
      const at = y * stride + 1 + x * 3;
      rows[at] = r;
      rows[at + 1] = g;
      rows[at + 2] = b;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', stored(rows)), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const octets = Buffer.alloc(data.length + 12);
  octets.writeUInt32BE(data.length, 0);
  octets.write(type, 4, 'latin1');
  data.copy(octets, 8);
  octets.writeUInt32BE(crc32(octets.subarray(4, data.length + 8)), data.length + 8);
  return octets;
}

/** A zlib stream of stored blocks (RFC 1950, RFC 1951 §3.2.4). */
function stored(data: Buffer): Buffer {
  const pieces: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let at = 0; at < data.length || at === 0; at += 0xffff) {
    const block = data.subarray(at, at + 0xffff);
    const head = Buffer.alloc(5);
    head[0] = at + 0xffff >= data.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    pieces.push(head, block);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(data), 0);
  return Buffer.concat([...pieces, sum]);
}

function adler32(data: Buffer): number {
  let a = 1;
  let b = 0;
  for (let at = 0; at < data.length;) {
    const end = Math.min(at + 3000, data.length);
    for (; at < end; at++) b += a += data[at] ?? 0;
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
