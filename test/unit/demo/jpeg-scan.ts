/** A decoder of baseline JPEG scans, written apart from the encoder: it counts blocks, code by code (ITU-T T.81). */

interface Segments {
  width: number;
  height: number;
  /** Where the entropy-coded data begin. */
  scanStart: number;
  /** By class and number: codes as bits in text. */
  tables: Map<number, Map<string, number>>;
}

/** Blocks that the size asks for, with colour at half resolution: six for each 16 x 16 pixels. */
export function expectedBlocks(jpeg: Buffer): number {
  const { width, height } = readSegments(jpeg);
  return (width >> 4) * (height >> 4) * 6;
}

/** Blocks that the scan holds up to its padding. Throws at bits that no code begins with. */
export function decodedBlocks(jpeg: Buffer): number {
  const { scanStart, tables } = readSegments(jpeg);
  const [dc, ac] = [tables.get(0x00), tables.get(0x10)];
  if (!dc || !ac) throw new Error('no tables');
  const bits = new BitReader(jpeg.subarray(scanStart, -2));
  let blocks = 0;
  for (; !bits.onlyPadding; blocks++) {
    bits.skip(bits.symbol(dc));
    for (let index = 1; index < 64; index++) {
      const symbol = bits.symbol(ac);
      if (symbol === 0) break;
      index += symbol >> 4;
      bits.skip(symbol & 15);
    }
  }
  return blocks;
}

class BitReader {
  #scan: Buffer;
  #octet = 0;
  #bit = 7;

  constructor(scan: Buffer) {
    this.#scan = scan;
  }

  /** Fewer than eight bits are left, all of them ones. */
  get onlyPadding(): boolean {
    const ones = (1 << (this.#bit + 1)) - 1;
    const last = this.#octet === this.#scan.length - 1 && this.#bit < 7;
    return this.#octet >= this.#scan.length || (last && ((this.#scan[this.#octet] ?? 0) & ones) === ones);
  }

  skip(count: number): void {
    for (let i = 0; i < count; i++) this.#next();
  }

  symbol(table: ReadonlyMap<string, number>): number {
    let code = '';
    for (let length = 1; length <= 16; length++) {
      code += this.#next();
      const symbol = table.get(code);
      if (symbol !== undefined) return symbol;
    }
    throw new Error(`no code at octet ${this.#octet}`);
  }

  #next(): string {
    if (this.#octet >= this.#scan.length) throw new Error('the scan ends within a block');
    const value = ((this.#scan[this.#octet] ?? 0) >> this.#bit) & 1;
    if (--this.#bit < 0) {
      // An octet 255 is followed by a 0 that is not data.
      this.#octet += this.#scan[this.#octet] === 255 ? 2 : 1;
      this.#bit = 7;
    }
    return value === 1 ? '1' : '0';
  }
}

function readSegments(jpeg: Buffer): Segments {
  const found: Segments = { width: 0, height: 0, scanStart: 0, tables: new Map() };
  for (let at = 2; found.scanStart === 0 && at + 4 < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    const marker = jpeg.readUInt16BE(at);
    if (marker === 0xffc0) [found.height, found.width] = [jpeg.readUInt16BE(at + 5), jpeg.readUInt16BE(at + 7)];
    if (marker === 0xffc4) found.tables.set(jpeg[at + 4] ?? -1, huffmanTable(jpeg, at + 5));
    if (marker === 0xffda) found.scanStart = at + 2 + jpeg.readUInt16BE(at + 2);
  }
  return found;
}

function huffmanTable(jpeg: Buffer, start: number): Map<string, number> {
  const table = new Map<string, number>();
  let [code, at] = [0, start + 16];
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < (jpeg[start + length - 1] ?? 0); i++) {
      table.set((code++).toString(2).padStart(length, '0'), jpeg[at++] ?? 0);
    }
    code <<= 1;
  }
  return table;
}
