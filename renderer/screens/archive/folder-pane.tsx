/** Folders with their messages, or with their hits while something is searched for. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchiveFolder } from '../../../shared/browse.ts';
import { showRow } from '../../lib/show-row.ts';
import { useLanguage } from '../../store/app-store.ts';
import { FOLDER_ORDER, isUnfolded, visibleRows, type Folds } from '../account/folder-rows.ts';
import { shownAmounts, type FolderNode } from '../account/folder-tree.ts';
import { useFolderName } from '../account/use-folders.ts';
import { FolderRow } from './folder-row.tsx';
import { archiveTree } from './folders.ts';
import { indexAfter } from './query.ts';

const ROW = 32;
const NO_FOLDERS: readonly ArchiveFolder[] = [];

interface FolderPaneProps {
  folders: readonly ArchiveFolder[] | null;
  /** Per mailbox; null: nothing is searched for. */
  hits: Record<string, number> | null;
  /** Messages of the archive. */
  total: number;
  mailbox: string | null;
  onPick: (mailbox: string | null) => void;
}

export function FolderPane({ folders, hits, total, mailbox, onPick }: FolderPaneProps) {
  const { t } = useTranslation('archive');
  const { rows, unfolded, fold, nameOf } = useFolderRows(folders ?? NO_FOLDERS, hits);
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length + 1,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const at = mailbox === null ? 0 : rows.findIndex(({ path }) => path === mailbox) + 1;
  const all = hits ? Object.values(hits).reduce((sum, count) => sum + count, 0) : total;
  const pick = (index: number) => {
    const node = rows[index - 1];
    if (index > 0 && !node) return;
    onPick(node ? node.path : null);
    showRow(scroller.current, virtual, { top: index * ROW, height: ROW });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const node = rows[at - 1];
    const isFolding = node && node.children.length > 0 && (event.key === 'ArrowLeft' || event.key === 'ArrowRight');
    const next = indexAfter(event.key, at, { count: rows.length + 1, page: 12, singleKeys: false });
    if (isFolding) fold(node, event.key === 'ArrowRight');
    else if (next !== null) pick(next);
    else return;
    event.preventDefault();
  };
  const spoken = (folder: string, count: number) =>
    hits ? t('hitsIn', { folder, count }) : t('messagesIn', { folder, count });
  return (
    <nav className="archive-folders" ref={scroller} data-pane aria-label={t('folders')}>
      <div
        role="tree"
        tabIndex={0}
        aria-label={t('folders')}
        aria-activedescendant={`${prefix}${at}`}
        className="archive-tree"
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map(({ index, start }) => {
          const node = index === 0 ? null : (rows[index - 1] ?? null);
          const isOpen = node !== null && unfolded(node);
          const name = node ? nameOf(node) : t('allFolders');
          const count = node ? shownAmounts(node, isOpen).messages : all;
          return (
            <FolderRow
              key={node?.path ?? ''}
              {...{ node, name, count, isOpen }}
              id={`${prefix}${index}`}
              top={start}
              label={spoken(name, count)}
              isSelected={index === at}
              onPick={() => pick(index)}
              onFold={() => node && fold(node, !isOpen)}
            />
          );
        })}
      </div>
    </nav>
  );
}

function useFolderRows(folders: readonly ArchiveFolder[], hits: Record<string, number> | null) {
  const [folds, setFolds] = useState<Folds>(new Map());
  const language = useLanguage();
  const nameOf = useFolderName();
  const tree = useMemo(() => archiveTree(folders, hits), [folders, hits]);
  const collator = useMemo(() => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }), [language]);
  const unfolded = useMemo(() => (node: FolderNode) => isUnfolded(node, tree, folds), [tree, folds]);
  const rows = useMemo(
    () => visibleRows(tree, { unfolded, sort: FOLDER_ORDER, nameOf, collator, found: null }),
    [tree, unfolded, nameOf, collator],
  );
  const fold = (node: FolderNode, open: boolean) => setFolds((now) => new Map(now).set(node.path, open));
  return { rows, unfolded, fold, nameOf };
}
