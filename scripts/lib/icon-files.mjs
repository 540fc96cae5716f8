/** The two containers for icons that hold PNG pictures as they are. */

/**
 * Windows: ICONDIR, one ICONDIRENTRY of 16 octets a picture, then the pictures.
 *
 * @param pictures [pixels, PNG] each; 256 at most
 */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(([size, png], n) => {
    const at = 6 + 16 * n;
    // 0 stands for 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(([, png]) => png)]);
}

/** macOS: each picture under the type that says its size in points and its scale. */
const ICNS_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** @param pictures PNG by pixels */
export function icns(pictures) {
  const parts = ICNS_TYPES.map(([type, size]) => {
    const png = pictures.get(size);
    return Buffer.concat([Buffer.from(type, 'latin1'), length(png.length + 8), png]);
  });
  const sizeBytes = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([Buffer.from('icns', 'latin1'), length(sizeBytes), ...parts]);
}

function length(octets) {
  const field = Buffer.alloc(4);
  field.writeUInt32BE(octets);
  return field;
}
