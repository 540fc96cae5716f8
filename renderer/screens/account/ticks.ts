/** Which folders are ticked. Kept are only the user's own choices, so that a folder that comes later has its default. */
import { subtree, type FolderNode, type FolderTree } from './folder-tree.ts';

/** By path. */
export type TickChoices = ReadonlyMap<string, boolean>;
export type Tick = 'all' | 'some' | 'none';

export interface Ticks {
  /** By path, with all below: trees of older and newer snapshots share their paths. */
  of: ReadonlyMap<string, Tick>;
  /** Paths of the folders that are ticked themselves. */
  own: ReadonlySet<string>;
  /** Folders with mail that are ticked, in folder order. */
  ticked: FolderNode[];
  /** The others. */
  leftOut: FolderNode[];
}

/** Junk and Trash are left out with everything below them, until the user says otherwise. */
const isLeftOutByDefault = (node: FolderNode): boolean => node.use === 'junk' || node.use === 'trash';

export function computeTicks(tree: FolderTree, choices: TickChoices): Ticks {
  const leftOutByDefault = new Set<FolderNode>();
  const of = new Map<string, Tick>();
  const ticked: FolderNode[] = [];
  const leftOut: FolderNode[] = [];
  for (const node of tree.all) {
    if (isLeftOutByDefault(node) || (node.parent && leftOutByDefault.has(node.parent))) leftOutByDefault.add(node);
    if (!node.holdsMail) continue;
    const isTicked = choices.get(node.path) ?? !leftOutByDefault.has(node);
    (isTicked ? ticked : leftOut).push(node);
    of.set(node.path, isTicked ? 'all' : 'none');
  }
  for (const node of tree.all.toReversed()) of.set(node.path, together(node, of));
  return { of, own: new Set(ticked.map(({ path }) => path)), ticked, leftOut };
}

function together(node: FolderNode, of: ReadonlyMap<string, Tick>): Tick {
  const parts = new Set<Tick>();
  if (node.holdsMail) parts.add(of.get(node.path) ?? 'none');
  for (const child of node.children) if (child.folders > 0) parts.add(of.get(child.path) ?? 'none');
  if (parts.size > 1) return 'some';
  const [only] = parts;
  return only ?? 'none';
}

/** Of several folders taken together. */
export function tickOf(nodes: readonly FolderNode[], { of }: Ticks): Tick {
  const parts = new Set(nodes.filter(({ folders }) => folders > 0).map((node) => of.get(node.path) ?? 'none'));
  const [only] = parts;
  return parts.size > 1 ? 'some' : (only ?? 'none');
}

/** Tick these folders and all below them, or take the tick away when they have it all. */
export function toggleTicks(choices: TickChoices, nodes: readonly FolderNode[], ticks: Ticks): TickChoices {
  const isTicked = tickOf(nodes, ticks) !== 'all';
  const next = new Map(choices);
  for (const node of nodes) {
    for (const below of subtree(node)) if (below.holdsMail) next.set(below.path, isTicked);
  }
  return next;
}

/** For a job: null only when nothing is left out, so that folders that come later are taken along. */
export function chosenPaths(ticks: Ticks): string[] | null {
  return ticks.leftOut.length === 0 ? null : ticks.ticked.map(({ path }) => path);
}
