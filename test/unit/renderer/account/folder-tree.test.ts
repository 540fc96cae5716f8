import { describe, expect, it } from 'vitest';
import { buildTree, shownAmounts, subtree } from '../../../../renderer/screens/account/folder-tree.ts';
import { folder, pathsOf, special } from './folders.ts';

describe('the tree of folders', () => {
  it('puts special folders first, junk and trash last, the others as the server lists them', () => {
    const tree = buildTree([
      folder('Zoo'),
      special('Bin', 'trash'),
      special('Spam', 'junk'),
      special('Gesendet', 'sent'),
      folder('Art'),
      special('INBOX', 'inbox'),
    ]);
    expect(pathsOf(tree.roots)).toEqual(['INBOX', 'Gesendet', 'Zoo', 'Art', 'Spam', 'Bin']);
  });

  it('makes up a parent that the server does not list', () => {
    const tree = buildTree([folder('Work/2024/May')]);
    expect(tree.all.map(({ path, depth, holdsMail }) => [path, depth, holdsMail])).toEqual([
      ['Work', 0, false],
      ['Work/2024', 1, false],
      ['Work/2024/May', 2, true],
    ]);
  });

  it('finds the parent that is listed after its children', () => {
    const tree = buildTree([folder('Work/Bills', { messages: 3 }), folder('Work', { messages: 4 })]);
    expect(pathsOf(tree.roots)).toEqual(['Work']);
    expect(tree.roots[0]?.own.messages).toBe(4);
    expect(tree.roots[0]?.total.messages).toBe(7);
  });

  it('lifts folders to the top when the server keeps everything below the inbox', () => {
    const dot = { delimiter: '.' };
    const tree = buildTree([folder('INBOX', dot), folder('INBOX.Sent', dot), folder('INBOX.Work.Bills', dot)]);
    expect(tree.roots.map(({ name, path }) => [name, path])).toEqual([
      ['INBOX', 'INBOX'],
      ['Sent', 'INBOX.Sent'],
      ['Work', 'INBOX.Work'],
    ]);
  });

  it('keeps them below the inbox when other folders stand beside it', () => {
    const tree = buildTree([folder('INBOX'), folder('INBOX/Lists'), folder('Sent')]);
    expect(pathsOf(tree.roots)).toEqual(['INBOX', 'Sent']);
  });

  it('does not split a path in a flat name space', () => {
    expect(buildTree([folder('a/b', { delimiter: null })]).roots[0]?.name).toBe('a/b');
  });

  it('gives the localised name to one folder of a use only', () => {
    const tree = buildTree([special('Sent', 'sent'), special('Sent Items', 'sent')]);
    expect(tree.roots.map(({ label }) => label)).toEqual(['sent', null]);
  });

  it('sums what is known and leaves unknown what nobody knows yet', () => {
    const unknown = { sizeBytes: null };
    const tree = buildTree([folder('A'), folder('A/B', unknown), folder('A/C'), folder('D', unknown)]);
    expect(tree.roots.map(({ total }) => total.sizeBytes)).toEqual([2000, null]);
  });

  it('waits for no size of an empty folder', () => {
    expect(buildTree([folder('A', { messages: 0, sizeBytes: null })]).roots[0]?.total.sizeBytes).toBe(0);
  });

  it('shows a folder alone when unfolded, and with all below when folded or holding no mail', () => {
    const tree = buildTree([
      folder('A'),
      folder('A/B'),
      folder('C', { selectable: false, messages: 0 }),
      folder('C/D'),
    ]);
    const [a, c] = tree.roots;
    if (!a || !c) throw new Error('no roots');
    expect(shownAmounts(a, true).messages).toBe(10);
    expect(shownAmounts(a, false).messages).toBe(20);
    expect(shownAmounts(c, true).messages).toBe(10);
  });

  it('survives a path nested thousands deep', () => {
    const tree = buildTree([folder(Array.from({ length: 4000 }, () => 'x').join('/'))]);
    expect(tree.all).toHaveLength(4000);
    expect(subtree(tree.roots[0] ?? never())).toHaveLength(4000);
    expect(tree.roots[0]?.total.messages).toBe(10);
  });
});

function never(): never {
  throw new Error('no root');
}
