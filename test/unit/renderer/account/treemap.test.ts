import { describe, expect, it } from 'vitest';
import { buildTree } from '../../../../renderer/screens/account/folder-tree.ts';
import { layoutTreemap, lookOf, neighbour, type Tile } from '../../../../renderer/screens/account/treemap.ts';
import { folder, pathsOf } from './folders.ts';

const sized = (path: string, sizeBytes: number) => folder(path, { sizeBytes });
const open = () => true;
const keys = (tiles: readonly Tile[]) => tiles.map(({ key }) => key);

function overlaps(one: Tile, other: Tile): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

describe('the picture of sizes', () => {
  const tree = buildTree([
    sized('INBOX', 400),
    sized('Work', 100),
    sized('Work/Bills', 300),
    sized('Work/Plans', 200),
    sized('Trip', 150),
  ]);
  const layout = layoutTreemap(tree, ({ children }) => children.length > 0, 360, 500);

  it('gives every folder with a size one tile, and none covers another', () => {
    expect(keys(layout.tiles).toSorted()).toEqual(['INBOX', 'Trip', 'Work', 'Work/Bills', 'Work/Plans']);
    for (const one of layout.tiles)
      for (const other of layout.tiles) expect(one !== other && overlaps(one, other)).toBe(false);
  });

  it('makes areas as large as the bytes, within the gaps', () => {
    const area = (path: string) => {
      const tile = layout.tileOf.get(path);
      return tile ? tile.width * tile.height : 0;
    };
    expect(area('INBOX') / area('Trip')).toBeCloseTo(400 / 150, 0);
  });

  it('gives children the tone of their parent and neighbours another', () => {
    const tone = (path: string) => layout.tileOf.get(path)?.tone;
    expect(tone('Work/Bills')).toBe(tone('Work'));
    expect(new Set([tone('INBOX'), tone('Work'), tone('Trip')]).size).toBe(3);
  });

  it('shows a folded folder as one tile with all below', () => {
    const folded = layoutTreemap(tree, () => false, 360, 500);
    expect(folded.tiles).toHaveLength(3);
    expect(folded.tileOf.get('Work/Bills')?.key).toBe('Work');
    expect(folded.tileOf.get('Work')?.amounts.sizeBytes).toBe(600);
  });

  it('gathers what is smaller than half a percent', () => {
    const many = buildTree([sized('Big', 100_000), ...Array.from({ length: 50 }, (_, at) => sized(`S${at}`, 10 + at))]);
    const { tiles, tileOf } = layoutTreemap(many, open, 360, 500);
    expect(keys(tiles)).toEqual(['Big', 'small:']);
    expect(tiles[1]?.nodes).toHaveLength(50);
    expect(pathsOf(tiles[1]?.nodes ?? [])[0]).toBe('S49');
    expect(tileOf.get('S7')?.key).toBe('small:');
  });

  it('leaves a single small folder as it is', () => {
    expect(keys(layoutTreemap(buildTree([sized('Big', 100_000), sized('S', 1)]), open, 360, 500).tiles)).toEqual([
      'Big',
      'S',
    ]);
  });

  it('has no tile for what has no size yet', () => {
    const reading = buildTree([sized('A', 10), folder('B', { sizeBytes: null })]);
    expect(keys(layoutTreemap(reading, open, 360, 500).tiles)).toEqual(['A']);
    expect(layoutTreemap(buildTree([]), open, 360, 500).tiles).toEqual([]);
  });

  it('stays as it is when the same sizes come again', () => {
    expect(layoutTreemap(tree, open, 360, 500).tiles.map(({ key, x, y }) => [key, x, y])).toEqual(
      layoutTreemap(tree, open, 360, 500).tiles.map(({ key, x, y }) => [key, x, y]),
    );
  });

  it('lays out 5,000 folders in a few milliseconds with few tiles', () => {
    const large = buildTree(Array.from({ length: 5000 }, (_, at) => sized(`L/${at % 50}/${at}`, 1e9 / (at + 1))));
    const started = performance.now();
    const { tiles } = layoutTreemap(large, open, 360, 500);
    expect(performance.now() - started).toBeLessThan(250);
    expect(tiles.length).toBeLessThan(300);
  });
});

describe('arrows on the picture', () => {
  const tile = (key: string, x: number, y: number): Tile => ({
    key,
    x,
    y,
    width: 97,
    height: 97,
    nodes: [],
    kind: 'own',
    amounts: { messages: 0, unseen: null, newMessages: null, newBytes: null, sizeBytes: 1 },
    tone: 0,
  });
  const tiles = [tile('a', 0, 0), tile('b', 100, 0), tile('c', 0, 100), tile('d', 100, 100)];
  const step = (from: number, direction: 'left' | 'right' | 'up' | 'down') =>
    neighbour(tiles, tiles[from] ?? tile('x', 0, 0), direction)?.key ?? null;

  it.each([
    [0, 'right', 'b'],
    [0, 'down', 'c'],
    [3, 'left', 'c'],
    [3, 'up', 'b'],
    [0, 'left', null],
    [3, 'down', null],
  ] as const)('from tile %i %s leads to %s', (from, direction, to) => {
    expect(step(from, direction)).toBe(to);
  });
});

describe('a tile', () => {
  const rect = (width: number, height: number) => ({ x: 0, y: 0, width, height });

  it.each([
    ['has no name when it is too small for one', rect(43, 100), 0, { band: 0, label: null, lines: 0, hasSize: false }],
    ['has its name alone when it is low', rect(44, 22), 0, { band: 0, label: 'top', lines: 1, hasSize: false }],
    ['has name and size in the middle', rect(80, 45), 0, { band: 0, label: 'top', lines: 1, hasSize: true }],
    [
      'shows a little that is new as a band of 3 px',
      rect(80, 100),
      0.001,
      { band: 3, label: 'top', lines: 3, hasSize: true },
    ],
    [
      'has its name in the band when all is new',
      rect(80, 100),
      1,
      { band: 100, label: 'band', lines: 3, hasSize: true },
    ],
  ] as const)('%s', (_, place, newFraction, look) => {
    expect(lookOf(place, newFraction)).toEqual(look);
  });
});
