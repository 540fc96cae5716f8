/** Keys of the folder table: arrows, pages, type-ahead, fold, tick, open. */
import { useRef, type KeyboardEvent } from 'react';
import { rowStartingWith } from './folder-rows.ts';
import type { FolderNode } from './folder-tree.ts';
import type { Folders } from './use-folders.ts';

const TYPE_AHEAD_MS = 700;

interface TableKeys {
  folders: Folders;
  /** Of the chosen row; -1: none. */
  at: number;
  onOpen: (node: FolderNode) => void;
  page: () => number;
}

export function useTableKeys({ folders, at, onOpen, page }: TableKeys) {
  const typed = useRef({ text: '', atMs: 0 });
  const { rows, select } = folders;
  const node = rows[at];
  const go = (index: number) => {
    const target = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (target) select(target.path);
  };
  const typeAhead = (key: string) => {
    const now = performance.now();
    const text = now - typed.current.atMs < TYPE_AHEAD_MS ? typed.current.text + key : key;
    typed.current = { text, atMs: now };
    // One letter goes on to the next row of it, more of them narrow the one at hand down.
    const found = rowStartingWith(rows, Math.max(at, 0) + (text.length === 1 ? 1 : 0), text, folders.nameOf);
    if (found >= 0) go(found);
  };
  const moves: Record<string, () => void> = {
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at - 1),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    PageDown: () => go(at + page()),
    PageUp: () => go(at - page()),
    ArrowLeft: () => node && outwards(node, folders),
    ArrowRight: () => node && inwards(node, folders),
    ' ': () => node && folders.toggle([node]),
    Enter: () => node && onOpen(node),
    '*': () => folders.foldAll(folders.tree.all.some((one) => one.children.length > 0 && !folders.unfolded(one))),
  };
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = performance.now() - typed.current.atMs < TYPE_AHEAD_MS && typed.current.text !== '';
    const move = event.key === ' ' && isTyping ? undefined : moves[event.key];
    if (!move && event.key.length !== 1) return;
    event.preventDefault();
    if (move) move();
    else typeAhead(event.key);
  };
}

function outwards(node: FolderNode, { unfolded, fold, select, found }: Folders): void {
  if (unfolded(node) && found === null) fold(node, false);
  else if (node.parent) select(node.parent.path);
}

function inwards(node: FolderNode, { unfolded, fold, select, rows }: Folders): void {
  if (node.children.length === 0) return;
  if (!unfolded(node)) return fold(node, true);
  const next = rows[rows.indexOf(node) + 1];
  if (next?.parent === node) select(next.path);
}
