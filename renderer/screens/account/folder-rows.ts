/** Rows of the folder table: what is unfolded, found and in which order. Pure. */
import { shownAmounts, type FolderNode, type FolderTree } from './folder-tree.ts';

export type SortKey = 'order' | 'name' | 'messages' | 'unread' | 'new' | 'size';
export interface Sort {
  key: SortKey;
  isDescending: boolean;
}

export const FOLDER_ORDER: Sort = { key: 'order', isDescending: false };

/** By path. */
export type Folds = ReadonlyMap<string, boolean>;

/** Above so many folders a tree starts folded. */
const UNFOLDED_UP_TO = 100;

export function isUnfolded(node: FolderNode, tree: FolderTree, folds: Folds): boolean {
  return node.children.length > 0 && (folds.get(node.path) ?? tree.all.length <= UNFOLDED_UP_TO);
}

/** A click on a column's head: its natural direction, then the other, then back to folder order. */
export function nextSort(sort: Sort, key: Exclude<SortKey, 'order'>): Sort {
  const firstDescending = key !== 'name';
  if (sort.key !== key) return { key, isDescending: firstDescending };
  return sort.isDescending === firstDescending ? { key, isDescending: !firstDescending } : FOLDER_ORDER;
}

type Compare = (one: FolderNode, other: FolderNode) => number;

const VALUE: Readonly<Record<Exclude<SortKey, 'order' | 'name'>, (node: FolderNode) => number>> = {
  messages: ({ total }) => total.messages,
  unread: ({ total }) => total.unseen ?? -1,
  new: ({ total }) => total.newMessages ?? -1,
  size: ({ total }) => total.sizeBytes ?? -1,
};

/** By totals, whether folded or not: folding must not move a row. null: as they are. */
function comparison(sort: Sort, nameOf: (node: FolderNode) => string, collator: Intl.Collator): Compare | null {
  if (sort.key === 'order') return null;
  const direction = sort.isDescending ? -1 : 1;
  if (sort.key === 'name') return (one, other) => direction * collator.compare(nameOf(one), nameOf(other));
  const value = VALUE[sort.key];
  return (one, other) => direction * (value(one) - value(other));
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** Of each folder of a tree, as they are compared: made once, not for every letter typed. */
const plainNames = new WeakMap<FolderTree, { nameOf: (node: FolderNode) => string; names: string[] }>();

function plainNamesOf(tree: FolderTree, nameOf: (node: FolderNode) => string): string[] {
  let made = plainNames.get(tree);
  if (made?.nameOf !== nameOf) {
    made = { nameOf, names: tree.all.map((node) => plain(`${nameOf(node)}\n${node.name}`)) };
    plainNames.set(tree, made);
  }
  return made.names;
}

/** @returns null when nothing is looked for; accents and case do not count */
export function findFolders(
  tree: FolderTree,
  text: string,
  nameOf: (node: FolderNode) => string,
): ReadonlySet<FolderNode> | null {
  const words = plain(text.trim()).split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const names = plainNamesOf(tree, nameOf);
  return new Set(tree.all.filter((_, at) => words.every((word) => names[at]!.includes(word))));
}

export interface RowWish {
  unfolded: (node: FolderNode) => boolean;
  sort: Sort;
  nameOf: (node: FolderNode) => string;
  collator: Intl.Collator;
  /** Only these, with their parents to show where they are; null: all. */
  found: ReadonlySet<FolderNode> | null;
}

function withParents(found: ReadonlySet<FolderNode>): Set<FolderNode> {
  const kept = new Set<FolderNode>();
  for (const node of found) {
    for (let at: FolderNode | null = node; at && !kept.has(at); at = at.parent) kept.add(at);
  }
  return kept;
}

export function visibleRows(tree: FolderTree, wish: RowWish): FolderNode[] {
  const kept = wish.found && withParents(wish.found);
  const compare = comparison(wish.sort, wish.nameOf, wish.collator);
  const ordered = (nodes: FolderNode[]) => {
    const shown = kept ? nodes.filter((node) => kept.has(node)) : nodes;
    return compare ? shown.toSorted(compare) : shown;
  };
  const rows: FolderNode[] = [];
  const open = ordered(tree.roots).toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    rows.push(next);
    if (next.children.length > 0 && (kept ? true : wish.unfolded(next))) {
      open.push(...ordered(next.children).toReversed());
    }
  }
  return rows;
}

/** Type-ahead: the next row from here on, round and round, whose name starts so. -1: none. */
export function rowStartingWith(
  rows: readonly FolderNode[],
  from: number,
  text: string,
  nameOf: (node: FolderNode) => string,
): number {
  const wanted = plain(text);
  for (let step = 0; step < rows.length; step += 1) {
    const at = (from + step) % rows.length;
    const node = rows[at];
    if (node && plain(nameOf(node)).startsWith(wanted)) return at;
  }
  return -1;
}

/** The longest bar: of the largest folder at the top, so that folding changes no bar's scale. */
export function largestSize(tree: FolderTree): number {
  return tree.roots.reduce((most, { total }) => Math.max(most, total.sizeBytes ?? 0), 1);
}

export interface BarShares {
  safe: number;
  fresh: number;
}

/**
 * @param isAshore no archive has anything of this account yet
 * @returns parts of the longest bar, 0 to 1: what is in the archive, and what is new
 */
export function barShares(node: FolderNode, unfolded: boolean, largestBytes: number, isAshore: boolean): BarShares {
  const { sizeBytes, newBytes } = shownAmounts(node, unfolded);
  if (!sizeBytes) return { safe: 0, fresh: 0 };
  const whole = sizeBytes / largestBytes;
  if (isAshore) return { safe: 0, fresh: whole };
  if (!newBytes) return { safe: whole, fresh: 0 };
  // What is new stays visible however little it is.
  const fresh = Math.min(whole, Math.max(whole * Math.min(1, newBytes / sizeBytes), 0.03));
  return { safe: whole - fresh, fresh };
}
