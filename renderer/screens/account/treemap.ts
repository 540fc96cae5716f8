/** Where the tiles of the size picture lie. Pure: sizes in, rectangles out; colours and names come later. */
import { hierarchy, treemap, treemapSquarify, type HierarchyRectangularNode } from 'd3-hierarchy';
import { subtree, type Amounts, addAmounts, type FolderNode, type FolderTree } from './folder-tree.ts';

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Tile extends Rect {
  key: string;
  /** What it stands for; several when small ones are gathered. */
  nodes: FolderNode[];
  /** own: the folder without those below. whole: with them. small: several gathered. */
  kind: 'own' | 'whole' | 'small';
  amounts: Amounts;
  /** 0, 1 or 2: neighbours at the top level differ, children share their parent's. */
  tone: number;
}

export interface TreemapLayout {
  tiles: Tile[];
  /** Which tile shows a folder, by path. */
  tileOf: ReadonlyMap<string, Tile>;
  /** The place of unfolded folders with all below, by path. */
  groups: ReadonlyMap<string, Rect>;
}

/** Less than this part of all is gathered. */
const SMALL_FRACTION = 0.005;
const GAP = 3;

interface Cell {
  key: string;
  kind: Tile['kind'] | 'group';
  nodes: FolderNode[];
  amounts: Amounts;
  sizeBytes: number;
  children?: Cell[];
}

type Unfolded = (node: FolderNode) => boolean;

function gather(cells: Cell[], parentKey: string, smallBytes: number): Cell[] {
  const small = cells.filter(({ sizeBytes }) => sizeBytes < smallBytes);
  if (small.length < 2) return cells;
  const nodes = small.flatMap((cell) => cell.nodes);
  return [
    ...cells.filter(({ sizeBytes }) => sizeBytes >= smallBytes),
    {
      key: `small:${parentKey}`,
      kind: 'small',
      nodes: nodes.toSorted((one, other) => (other.total.sizeBytes ?? 0) - (one.total.sizeBytes ?? 0)),
      amounts: small.map(({ amounts }) => amounts).reduce(addAmounts),
      sizeBytes: small.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    },
  ];
}

const sizedOnly = (cells: Cell[]): Cell[] => cells.filter(({ sizeBytes }) => sizeBytes > 0);

function wholeCell(node: FolderNode): Cell {
  return { key: node.path, kind: 'whole', nodes: [node], amounts: node.total, sizeBytes: node.total.sizeBytes ?? 0 };
}

function cellOf(node: FolderNode, unfolded: Unfolded, smallBytes: number): Cell {
  const whole = wholeCell(node);
  // A small folder goes into its parent's gathered tile as one.
  if (!unfolded(node) || whole.sizeBytes < smallBytes) return whole;
  const below = node.children.map((child) => cellOf(child, unfolded, smallBytes));
  const own: Cell = { ...whole, kind: 'own', amounts: node.own, sizeBytes: node.own.sizeBytes ?? 0 };
  const children = gather(sizedOnly([own, ...below]), node.path, smallBytes);
  return { ...whole, key: `group:${node.path}`, kind: 'group', children };
}

function rectOf({ x0, y0, x1, y1 }: HierarchyRectangularNode<Cell>): Rect {
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

const bySize = (one: Cell, other: Cell): number => other.sizeBytes - one.sizeBytes || (one.key < other.key ? -1 : 1);

/** @param unfolded folders whose children have tiles of their own */
export function layoutTreemap(tree: FolderTree, unfolded: Unfolded, width: number, height: number): TreemapLayout {
  const totalBytes = tree.roots.reduce((sum, { total }) => sum + (total.sizeBytes ?? 0), 0);
  const smallBytes = totalBytes * SMALL_FRACTION;
  const cells = gather(sizedOnly(tree.roots.map((node) => cellOf(node, unfolded, smallBytes))), '', smallBytes);
  if (cells.length === 0 || width <= 0 || height <= 0) return { tiles: [], tileOf: new Map(), groups: new Map() };
  const top: Cell = { ...(cells[0] as Cell), key: '', kind: 'group', nodes: [], children: cells };
  const root = hierarchy(top, (cell) => cell.children)
    .sum((cell) => (cell.children ? 0 : cell.sizeBytes))
    .sort((one, other) => bySize(one.data, other.data));
  const placed = treemap<Cell>().tile(treemapSquarify.ratio(1.2)).size([width, height]).paddingInner(GAP).round(true)(
    root,
  );
  return collect(placed);
}

function collect(placed: HierarchyRectangularNode<Cell>): TreemapLayout {
  const tiles: Tile[] = [];
  const tileOf = new Map<string, Tile>();
  const groups = new Map<string, Rect>();
  placed.children?.forEach((topLevel, index) => {
    topLevel.each((at) => {
      const { key, kind, nodes, amounts } = at.data;
      if (kind === 'group') return void groups.set(nodes[0]?.path ?? '', rectOf(at));
      const tile: Tile = { ...rectOf(at), key, kind, nodes, amounts, tone: index % 3 };
      tiles.push(tile);
      const shown = kind === 'own' ? nodes : nodes.flatMap(subtree);
      for (const node of shown) tileOf.set(node.path, tile);
    });
  });
  return { tiles, tileOf, groups };
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The part of two spans that overlaps, negative when they lie apart. */
const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);

/** How far `to` is from `from` that way; null: it does not lie there. Beside counts before askew. */
function distance(from: Rect, to: Rect, direction: Direction): number | null {
  const isAcross = direction === 'left' || direction === 'right';
  const gaps: Record<Direction, number> = {
    right: to.x - (from.x + from.width),
    left: from.x - (to.x + to.width),
    down: to.y - (from.y + from.height),
    up: from.y - (to.y + to.height),
  };
  const gap = gaps[direction];
  if (gap < 0) return null;
  const shared = isAcross ? overlap(from.y, from.height, to.y, to.height) : overlap(from.x, from.width, to.x, to.width);
  // The nearest edge first; of several beside it the one that shares most of it.
  return gap * 1000 + (shared > 0 ? -Math.min(shared, 999) : 100_000 - shared * 1000);
}

/** @returns the tile that an arrow key leads to; null at the edge */
export function neighbour(tiles: readonly Tile[], from: Tile, direction: Direction): Tile | null {
  let best: Tile | null = null;
  let least = Infinity;
  for (const tile of tiles) {
    const away = tile === from ? null : distance(from, tile, direction);
    if (away === null || away >= least) continue;
    best = tile;
    least = away;
  }
  return best;
}

/** Nothing is set smaller than 12: a name needs this much room. */
const LABEL_WIDTH = 44;
const LABEL_HEIGHT = 22;
const LINE = 15;
const PADDING = 10;
/** A new share is seen however small it is. */
const BAND_LEAST = 3;

export interface TileLook {
  /** Height of the pale band at the foot, in px. */
  band: number;
  /** Where name and size stand: above the band, in it, or nowhere. */
  label: 'top' | 'band' | null;
  /** Lines for the name; the size has one more where it fits. */
  lines: number;
  hasSize: boolean;
}

/** @param newFraction 0 to 1 */
export function lookOf({ width, height }: Rect, newFraction: number): TileLook {
  const band = newFraction <= 0 ? 0 : Math.min(height, Math.max(BAND_LEAST, Math.round(height * newFraction)));
  const above = height - band;
  const room = Math.max(above, band);
  if (width < LABEL_WIDTH || room < LABEL_HEIGHT) return { band, label: null, lines: 0, hasSize: false };
  const fits = Math.max(1, Math.floor((room - PADDING) / LINE));
  const hasSize = fits >= 2;
  return { band, label: above >= LABEL_HEIGHT ? 'top' : 'band', lines: Math.min(3, hasSize ? fits - 1 : 1), hasSize };
}
