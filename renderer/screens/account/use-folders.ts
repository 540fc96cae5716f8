/** The folders of the screen as one model: tree, ticks, folds, order, and what is chosen. */
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverviewMailbox } from '../../../shared/overview.ts';
import { useLanguage } from '../../store/app-store.ts';
import { changeView, useAccountView } from './account-views.ts';
import { findFolders, isUnfolded, largestSize, visibleRows, type Sort } from './folder-rows.ts';
import { buildTree, type FolderNode, type FolderTree } from './folder-tree.ts';
import { computeTicks, toggleTicks, type Ticks } from './ticks.ts';

export interface Folders {
  accountId: string;
  tree: FolderTree;
  rows: FolderNode[];
  found: ReadonlySet<FolderNode> | null;
  ticks: Ticks;
  sort: Sort;
  filter: string;
  largestBytes: number;
  nameOf: (node: FolderNode) => string;
  /** Children are shown in the table, be it only because of the filter. */
  unfolded: (node: FolderNode) => boolean;
  setFilter: (text: string) => void;
  setSort: (sort: Sort) => void;
  select: (path: string | null) => void;
  fold: (node: FolderNode, open: boolean) => void;
  foldAll: (open: boolean) => void;
  toggle: (nodes: readonly FolderNode[]) => void;
}

/** Special folders go by the name that the language has for them. */
export function useFolderName(): (node: FolderNode) => string {
  const { t } = useTranslation();
  return useMemo(() => (node: FolderNode) => (node.label ? t(`specialUse.${node.label}`) : node.name), [t]);
}

export function useFolders(accountId: string, mailboxes: readonly OverviewMailbox[]): Folders {
  const choices = useAccountView(accountId, 'choices');
  const folds = useAccountView(accountId, 'folds');
  const sort = useAccountView(accountId, 'sort');
  const [filter, setFilter] = useState('');
  const language = useLanguage();
  const nameOf = useFolderName();
  const tree = useMemo(() => buildTree(mailboxes), [mailboxes]);
  const ticks = useMemo(() => computeTicks(tree, choices), [tree, choices]);
  const found = useMemo(() => findFolders(tree, filter, nameOf), [tree, filter, nameOf]);
  const collator = useMemo(() => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }), [language]);
  const unfolded = useMemo(
    () => (node: FolderNode) => node.children.length > 0 && (found !== null || isUnfolded(node, tree, folds)),
    [tree, folds, found],
  );
  const rows = useMemo(
    () => visibleRows(tree, { unfolded, sort, nameOf, collator, found }),
    [tree, unfolded, sort, nameOf, collator, found],
  );
  const largestBytes = useMemo(() => largestSize(tree), [tree]);
  return useMemo(
    () => ({
      ...{ accountId, tree, rows, found, ticks, sort, filter, largestBytes, nameOf, unfolded, setFilter },
      setSort: (next) => changeView(accountId, { sort: next }),
      select: (path) => changeView(accountId, { selected: path }),
      fold: (node, open) => changeView(accountId, { folds: new Map(folds).set(node.path, open) }),
      foldAll: (open) => changeView(accountId, { folds: new Map(tree.all.map(({ path }) => [path, open])) }),
      toggle: (nodes) => changeView(accountId, { choices: toggleTicks(choices, nodes, ticks) }),
    }),
    [accountId, tree, rows, found, ticks, sort, filter, largestBytes, nameOf, unfolded, folds, choices],
  );
}
