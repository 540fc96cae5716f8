import { describe, expect, it } from 'vitest';
import {
  barShares,
  findFolders,
  FOLDER_ORDER,
  isUnfolded,
  nextSort,
  rowStartingWith,
  visibleRows,
  type RowWish,
} from '../../../../renderer/screens/account/folder-rows.ts';
import { buildTree, type FolderNode } from '../../../../renderer/screens/account/folder-tree.ts';
import { folder, pathsOf, special } from './folders.ts';

const nameOf = ({ name }: FolderNode) => name;
const wish = (change: Partial<RowWish> = {}): RowWish => ({
  unfolded: () => true,
  sort: FOLDER_ORDER,
  nameOf,
  collator: new Intl.Collator('de', { numeric: true }),
  found: null,
  ...change,
});

const tree = buildTree([
  special('INBOX', 'inbox', 5000),
  folder('Müll 10', { sizeBytes: 10 }),
  folder('Müll 9', { sizeBytes: 300 }),
  folder('Arbeit', { sizeBytes: 100 }),
  folder('Arbeit/Café', { sizeBytes: 900 }),
  folder('Arbeit/Bar', { sizeBytes: 20 }),
]);

describe('rows of the folder table', () => {
  it('are all folders in folder order when unfolded', () => {
    expect(pathsOf(visibleRows(tree, wish()))).toEqual([
      'INBOX',
      'Müll 10',
      'Müll 9',
      'Arbeit',
      'Arbeit/Café',
      'Arbeit/Bar',
    ]);
  });

  it('hide what is folded away', () => {
    expect(pathsOf(visibleRows(tree, wish({ unfolded: () => false })))).toEqual([
      'INBOX',
      'Müll 10',
      'Müll 9',
      'Arbeit',
    ]);
  });

  it('sort by name as people count', () => {
    const sort = { key: 'name', isDescending: false } as const;
    expect(pathsOf(visibleRows(tree, wish({ sort, unfolded: () => false })))).toEqual([
      'Arbeit',
      'INBOX',
      'Müll 9',
      'Müll 10',
    ]);
  });

  it('sort by size within each parent, by its total', () => {
    const sort = { key: 'size', isDescending: true } as const;
    expect(pathsOf(visibleRows(tree, wish({ sort })))).toEqual([
      'INBOX',
      'Arbeit',
      'Arbeit/Café',
      'Arbeit/Bar',
      'Müll 9',
      'Müll 10',
    ]);
  });

  it('show what was found with its parents, however folded, without minding accents', () => {
    const found = findFolders(tree, 'cafe', nameOf);
    expect(pathsOf(visibleRows(tree, wish({ found, unfolded: () => false })))).toEqual(['Arbeit', 'Arbeit/Café']);
  });

  it('are all there when nothing is looked for', () => {
    expect(findFolders(tree, '  ', nameOf)).toBeNull();
  });

  it('are found by their first letters, round the end', () => {
    const rows = visibleRows(tree, wish());
    expect(rowStartingWith(rows, 0, 'mu', nameOf)).toBe(1);
    expect(rowStartingWith(rows, 2, 'in', nameOf)).toBe(0);
    expect(rowStartingWith(rows, 0, 'x', nameOf)).toBe(-1);
  });
});

describe('sorting', () => {
  it('turns on a second click and ends on a third', () => {
    const size = nextSort(FOLDER_ORDER, 'size');
    expect(size).toEqual({ key: 'size', isDescending: true });
    expect(nextSort(size, 'size')).toEqual({ key: 'size', isDescending: false });
    expect(nextSort(nextSort(size, 'size'), 'size')).toEqual(FOLDER_ORDER);
  });
});

describe('folding', () => {
  it('starts open in a small account and closed in a large one', () => {
    const large = buildTree(Array.from({ length: 200 }, (_, at) => folder(`Lists/${at}`)));
    const [root] = large.roots;
    const arbeit = tree.byPath.get('Arbeit');
    if (!root || !arbeit) throw new Error('no root');
    expect(isUnfolded(arbeit, tree, new Map())).toBe(true);
    expect(isUnfolded(root, large, new Map())).toBe(false);
    expect(isUnfolded(root, large, new Map([['Lists', true]]))).toBe(true);
  });
});

describe('bars', () => {
  it('show a little that is new so that it can be seen', () => {
    const [one] = buildTree([folder('A', { sizeBytes: 1000, newBytes: 1 })]).roots;
    if (!one) throw new Error('no root');
    expect(barShares(one, false, 1000, false)).toEqual({ safe: 0.97, fresh: 0.03 });
  });

  it('are empty while the size is not known', () => {
    const [one] = buildTree([folder('A', { sizeBytes: null })]).roots;
    if (!one) throw new Error('no root');
    expect(barShares(one, false, 1000, false)).toEqual({ safe: 0, fresh: 0 });
  });

  it('are pale as a whole before the first backup', () => {
    const [one] = buildTree([folder('A', { sizeBytes: 500 })]).roots;
    if (!one) throw new Error('no root');
    expect(barShares(one, false, 1000, true)).toEqual({ safe: 0, fresh: 0.5 });
  });
});
