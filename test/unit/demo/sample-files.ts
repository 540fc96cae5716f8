/** Whether attached files are what they say, by structure. Each throws nothing and returns what it found. */
import { crc32 } from 'node:zlib';

/** Chunk names, or what is wrong. */
export function pngChunks(png: Buffer): string[] {
  if (png.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') return ['no signature'];
  const names: string[] = [];
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at);
    const whole = png.subarray(at + 4, at + 8 + size);
    names.push(whole.toString('latin1', 0, 4));
    if (png.readUInt32BE(at + 8 + size) !== crc32(whole)) names.push('wrong checksum');
    at += size + 12;
  }
  return names;
}

/** Markers up to the scan, as hexadecimal digits, and the end marker last. */
export function jpegMarkers(jpeg: Buffer): string[] {
  const markers = [jpeg.toString('hex', 0, 2)];
  for (let at = 2; at + 4 < jpeg.length;) {
    const marker = jpeg.toString('hex', at, at + 2);
    markers.push(marker);
    if (marker === 'ffda' || !marker.startsWith('ff')) break;
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  markers.push(jpeg.toString('hex', jpeg.length - 2));
  return markers;
}

/** For each entry of the cross-reference table, what begins at its offset. */
export function pdfObjects(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1] ?? Number.NaN);
  const table = /^xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer\n/.exec(text.slice(start));
  if (!text.startsWith('%PDF-1.4\n') || !table) return ['no table'];
  const rows = (table[2] ?? '').trimEnd().split('\n').slice(1);
  if (rows.length !== Number(table[1]) - 1) return ['rows missing'];
  return rows.map((row) => /^\d+ 0 obj\n/.exec(text.slice(Number(row.slice(0, 10))))?.[0].trim() ?? 'nothing');
}
