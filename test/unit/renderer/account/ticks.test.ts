import { describe, expect, it } from 'vitest';
import { buildTree, type FolderTree } from '../../../../renderer/screens/account/folder-tree.ts';
import { chosenPaths, computeTicks, tickOf, toggleTicks } from '../../../../renderer/screens/account/ticks.ts';
import { folder, pathsOf, special } from './folders.ts';

const node = (tree: FolderTree, path: string) => {
  const found = tree.byPath.get(path);
  if (!found) throw new Error(`no ${path}`);
  return found;
};

describe('ticks', () => {
  const tree = buildTree([
    special('INBOX', 'inbox'),
    folder('Work', { selectable: false, messages: 0 }),
    folder('Work/A'),
    folder('Work/B'),
    special('Trash', 'trash'),
    folder('Trash/Old'),
  ]);

  it('leave out junk and trash with all below, and nothing else', () => {
    expect(pathsOf(computeTicks(tree, new Map()).leftOut)).toEqual(['Trash', 'Trash/Old']);
  });

  it('of a parent are mixed when its children differ', () => {
    const ticks = computeTicks(tree, new Map([['Work/A', false]]));
    expect(ticks.of.get('Work')).toBe('some');
    expect(tickOf([node(tree, 'Work/A'), node(tree, 'Work/B')], ticks)).toBe('some');
  });

  it('go to all below at once, and away again', () => {
    const work = node(tree, 'Work');
    const without = toggleTicks(new Map(), [work], computeTicks(tree, new Map()));
    expect(pathsOf(computeTicks(tree, without).ticked)).toEqual(['INBOX']);
    const again = toggleTicks(without, [work], computeTicks(tree, without));
    expect(pathsOf(computeTicks(tree, again).ticked)).toEqual(['INBOX', 'Work/A', 'Work/B']);
  });

  it('of a mixed parent become whole first', () => {
    const some = new Map([['Work/A', false]]);
    const next = toggleTicks(some, [node(tree, 'Work')], computeTicks(tree, some));
    expect(computeTicks(tree, next).of.get('Work')).toBe('all');
  });

  it('count only the mail of a parent that holds none itself', () => {
    expect(computeTicks(tree, new Map()).ticked).toHaveLength(3);
  });

  it('name the chosen folders for a job, and none when nothing is left out', () => {
    expect(chosenPaths(computeTicks(tree, new Map()))).toEqual(['INBOX', 'Work/A', 'Work/B']);
    const all = new Map([
      ['Trash', true],
      ['Trash/Old', true],
    ]);
    expect(chosenPaths(computeTicks(tree, all))).toBeNull();
  });
});
