import { Random } from '../random.ts';

/** Quantised DC values: brightness for each block of 8 x 8 pixels, colour for each 16 x 16. */
export interface ScenePlanes {
  columns: number;
  rows: number;
  luma: Int16Array;
  cb: Int16Array;
  cr: Int16Array;
}

type Colour = readonly [number, number, number];

/** Sky above, sky below, sun, hills, water: as at noon, in the evening, before rain, in the morning. */
const PALETTES: readonly (readonly [Colour, Colour, Colour, Colour, Colour])[] = [
  [
    [70, 130, 200],
    [190, 220, 240],
    [255, 250, 220],
    [70, 120, 60],
    [60, 110, 150],
  ],
  [
    [60, 50, 110],
    [250, 150, 80],
    [255, 225, 140],
    [50, 40, 50],
    [120, 80, 100],
  ],
  [
    [120, 130, 140],
    [200, 205, 205],
    [235, 235, 230],
    [80, 100, 75],
    [100, 115, 120],
  ],
  [
    [150, 190, 220],
    [250, 225, 200],
    [255, 245, 220],
    [110, 130, 90],
    [150, 170, 180],
  ],
];

/** A landscape by the water: sky, sun, two ranges of hills, waves. Each seed another one. */
export function paintScene(columns: number, rows: number, seed: number): ScenePlanes {
  const random = new Random(seed);
  const [high, low, sun, hill, water] = random.pick(PALETTES);
  const horizon = random.integer(45, 65) / 100;
  const [sunX, sunY, sunSize] = [
    random.integer(15, 85) / 100,
    horizon * (random.integer(25, 95) / 100),
    random.integer(4, 9) / 100,
  ];
  const [bend, phase, roughness] = [random.integer(5, 11), random.integer(0, 60) / 10, random.integer(3, 12) / 100];
  const ridges = Float64Array.from({ length: columns }, (_, i) => {
    const x = i / columns;
    return (
      horizon - roughness * (0.6 + 0.4 * wave(x * bend + phase) + 0.25 * wave(x * bend * 3.1) + 0.1 * wave(x * 40))
    );
  });
  const colourAt = (column: number, row: number): Colour => {
    const [x, y] = [column / columns, row / rows];
    if (y > horizon) {
      const glitter =
        0.08 * wave(y * 160 + wave(x * 30) * 2) + (Math.abs(x - sunX) < 0.05 + (y - horizon) / 6 ? 0.3 : 0);
      return mix(water, low, Math.max(0, 0.5 - (y - horizon) * 1.2 + glitter));
    }
    const ridge = ridges[column] ?? horizon;
    if (y > ridge) return mix(hill, low, Math.min(0.5, (y - ridge) * 2));
    const distance = Math.sqrt(((x - sunX) * 1.5) ** 2 + (y - sunY) ** 2);
    const sky = mix(high, low, Math.min(1, y / horizon));
    return distance < sunSize ? sun : mix(sky, sun, Math.max(0, 0.35 - (distance - sunSize) * 1.6));
  };
  return toPlanes(columns, rows, colourAt);
}

/** Between -1 and 1: a parabola in place of a sine, the same to the last bit on every processor. */
function wave(turns: number): number {
  const t = turns - Math.floor(turns);
  return t < 0.5 ? 16 * t * (0.5 - t) : -16 * (t - 0.5) * (1 - t);
}

const mix = (a: Colour, b: Colour, share: number): Colour => {
  const s = Math.min(1, Math.max(0, share));
  return [a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s, a[2] + (b[2] - a[2]) * s];
};

function toPlanes(columns: number, rows: number, colourAt: (column: number, row: number) => Colour): ScenePlanes {
  const luma = new Int16Array(columns * rows);
  const quarter = (columns >> 1) * (rows >> 1);
  const planes = { columns, rows, luma, cb: new Int16Array(quarter), cr: new Int16Array(quarter) };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [r, g, b] = colourAt(column, row);
      const y = 0.299 * r + 0.587 * g + 0.114 * b;
      luma[row * columns + column] = Math.round(y - 128);
      if ((row | column) & 1) continue;
      const at = (row >> 1) * (columns >> 1) + (column >> 1);
      planes.cb[at] = Math.round((b - y) * 0.564);
      planes.cr[at] = Math.round((r - y) * 0.713);
    }
  }
  return planes;
}
