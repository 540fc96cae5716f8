import { BitWriter } from './bit-writer.ts';
import { AC_TABLE, DC_TABLE, huffmanCodes, huffmanSegment } from './jpeg-tables.ts';
import { paintScene } from './scene.ts';
import type { ScenePlanes } from './scene.ts';

export interface PhotoOptions {
  /** Multiples of 16. */
  width: number;
  height: number;
  /** Film grain: coefficients for each block of 8 x 8 pixels, a multiple of 4 up to 60; 4 of them take 2.4 octets. */
  grain: number;
  seed: number;
}

const DC = huffmanCodes(DC_TABLE);
const AC = huffmanCodes(AC_TABLE);
/** Grain as quantised coefficients; with a quantiser of 1 it is faint. */
const SPECKS = [-6, -5, -3, -2, 2, 3, 4, 7];
const GRAIN = grainTable();
/** Of a linear ramp over 8 samples: its first AC coefficient for a rise of 1, before quantisation (÷ 4). */
const RAMP = -2.278 / 4;

/**
 * A photograph that nobody took: a painted landscape as a baseline JPEG (ITU-T T.81), colour at half resolution.
 *
 * The coefficients are made directly, without a transform: the brightness of a block, its slopes, and grain. That is
 * fast enough to make dozens of megapixels while the app starts.
 */
export function makePhoto(options: PhotoOptions): Buffer {
  const { width, height } = options;
  const scene = paintScene(width >> 3, height >> 3, options.seed);
  const bits = new BitWriter((width * height * (options.grain + 4)) >> 6);
  writeBlocks(bits, scene, options);
  return Buffer.concat([header(width, height), bits.finish(), Buffer.from([0xff, 0xd9])]);
}

function writeBlocks(bits: BitWriter, scene: ScenePlanes, options: PhotoOptions): void {
  const { columns, rows, luma } = scene;
  const chroma = columns >> 1;
  const grain = new Grain(options.seed, options.grain);
  let lastY = 0;
  let lastCb = 0;
  let lastCr = 0;
  for (let row = 0; row < rows; row += 2) {
    for (let column = 0; column < columns; column += 2) {
      for (let i = 0; i < 4; i++) {
        const at = (row + (i >> 1)) * columns + column + (i & 1);
        lastY = writeDc(bits, luma[at] ?? 0, lastY);
        writeSlopes(bits, scene, at);
        grain.write(bits);
        writeCode(bits, AC, 0);
      }
      const at = (row >> 1) * chroma + (column >> 1);
      lastCb = writeDc(bits, scene.cb[at] ?? 0, lastCb);
      writeCode(bits, AC, 0);
      lastCr = writeDc(bits, scene.cr[at] ?? 0, lastCr);
      writeCode(bits, AC, 0);
    }
  }
}

function writeDc(bits: BitWriter, value: number, last: number): number {
  writeValue(bits, DC, 0, value - last);
  return value;
}

/** The two lowest coefficients bridge to the neighbours, so that blocks do not show. */
function writeSlopes(bits: BitWriter, scene: ScenePlanes, at: number): void {
  const { luma, columns } = scene;
  const here = luma[at] ?? 0;
  const across = (luma[at + 1] ?? here) - (luma[at - 1] ?? here);
  const down = (luma[at + columns] ?? here) - (luma[at - columns] ?? here);
  writeValue(bits, AC, 0, slope(across) || 1);
  writeValue(bits, AC, 0, slope(down) || 1);
}

/** A hard edge is left hard. */
const slope = (difference: number): number => (Math.abs(difference) > 60 ? 0 : Math.round((difference / 2) * RAMP));

/** Category and, as many bits, the value (T.81 §F.1.2). `run` zeros come before it. */
function writeValue(bits: BitWriter, table: Uint32Array, run: number, value: number): void {
  const magnitude = 32 - Math.clz32(Math.abs(value));
  writeCode(bits, table, (run << 4) | magnitude);
  if (magnitude > 0) bits.write(value < 0 ? value + (1 << magnitude) - 1 : value, magnitude);
}

function writeCode(bits: BitWriter, table: Uint32Array, symbol: number): void {
  const entry = table[symbol] ?? 0;
  bits.write(entry >>> 5, entry & 31);
}

/** Four coefficients at a time, ready as bits: `bits` and `lengths` by 12 bits of chance. */
function grainTable(): { bits: Uint32Array; lengths: Uint8Array } {
  const table = { bits: new Uint32Array(4096), lengths: new Uint8Array(4096) };
  for (let index = 0; index < 4096; index++) {
    for (let shift = 0; shift < 12; shift += 3) {
      const value = SPECKS[(index >> shift) & 7] ?? 2;
      const magnitude = 32 - Math.clz32(Math.abs(value));
      const entry = AC[magnitude] ?? 0;
      const tail = value < 0 ? value + (1 << magnitude) - 1 : value;
      const count = (entry & 31) + magnitude;
      table.bits[index] = ((table.bits[index] ?? 0) << count) | ((entry >>> 5) << magnitude) | tail;
      table.lengths[index] = (table.lengths[index] ?? 0) + count;
    }
  }
  return table;
}

class Grain {
  #state: number;
  #count: number;

  constructor(seed: number, count: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) | 1) >>> 0;
    this.#count = count;
  }

  /** Without gaps: the low frequencies are filled first. */
  write(out: BitWriter): void {
    let state = this.#state;
    for (let i = 0; i < this.#count; i += 4) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const index = (state >>> 7) & 4095;
      out.write(GRAIN.bits[index] ?? 0, GRAIN.lengths[index] ?? 0);
    }
    this.#state = state;
  }
}

function header(width: number, height: number): Buffer {
  const quantisation = [8, 4, 4, ...Array.from({ length: 61 }, () => 1)];
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...quantisation]),
    segment(0xc0, frame),
    segment(0xc4, huffmanSegment(0x00, DC_TABLE)),
    segment(0xc4, huffmanSegment(0x10, AC_TABLE)),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
  ]);
}

function segment(marker: number, content: number[]): Buffer {
  const size = content.length + 2;
  return Buffer.from([0xff, marker, size >> 8, size & 255, ...content]);
}
