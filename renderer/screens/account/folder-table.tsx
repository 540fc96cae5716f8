/** The folder tree as a table: one tab stop, drawn only as far as it is seen. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { showRow } from '../../lib/show-row.ts';
import { useSteady } from '../../lib/use-steady.ts';
import { useAccountView } from './account-views.ts';
import { FolderRow } from './folder-row.tsx';
import type { FolderNode } from './folder-tree.ts';
import { TableHead } from './table-head.tsx';
import { useTableKeys } from './use-table-keys.ts';
import { useFolderText } from './use-folder-text.ts';
import type { Folders } from './use-folders.ts';

const ROW = 30;
const HEAD = 28;
const OVERSCAN = 8;

interface FolderTableProps {
  folders: Folders;
  isAshore: boolean;
  onOpen: (node: FolderNode) => void;
}

export const FolderTable = memo(function FolderTable({ folders, isAshore, onOpen }: FolderTableProps) {
  const { t } = useTranslation('account');
  const { rows, ticks, nameOf, unfolded, largestBytes } = folders;
  const selected = useAccountView(folders.accountId, 'selected');
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    paddingStart: HEAD,
    scrollPaddingStart: HEAD,
  });
  const at = useMemo(() => rows.findIndex(({ path }) => path === selected), [rows, selected]);
  const text = useFolderText();
  const onKeyDown = useTableKeys({ folders, at, onOpen, page: () => pageOf(scroller.current) });
  // Rows go by turns: scrolling changes those that are there instead of making new ones.
  const turns = Math.ceil((virtual.scrollRect?.height ?? 0) / ROW) + 2 * OVERSCAN + 4;
  useEffect(() => {
    if (at >= 0) showRow(scroller.current, virtual, { top: HEAD + at * ROW, height: ROW, head: HEAD });
    // Only when another one is chosen: sizes that arrive must not pull the table about.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);
  const onSelect = useSteady((node: FolderNode) => folders.select(node.path));
  const onTick = useSteady((node: FolderNode) => folders.toggle([node]));
  const onFold = useSteady(folders.fold);
  const onOpenRow = useSteady(onOpen);
  return (
    <div
      ref={scroller}
      role="treegrid"
      className="account-table"
      tabIndex={0}
      aria-label={t('table')}
      aria-rowcount={rows.length + 1}
      aria-colcount={7}
      aria-activedescendant={at >= 0 ? `${prefix}${at}` : undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at < 0 && rows[0]) folders.select(rows[0].path);
      }}
    >
      <TableHead folders={folders} />
      <div role="rowgroup" className="account-rows" style={{ height: virtual.getTotalSize() - HEAD }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const node = rows[index];
          return node ? (
            <FolderRow
              key={index % turns}
              node={node}
              id={`${prefix}${index}`}
              top={start - HEAD}
              index={index}
              name={nameOf(node)}
              tick={ticks.of.get(node.path) ?? 'none'}
              isUnfolded={unfolded(node)}
              isSelected={index === at}
              {...{ text, largestBytes, isAshore, onSelect, onTick, onFold }}
              onOpen={onOpenRow}
            />
          ) : null;
        })}
      </div>
    </div>
  );
});

/** Rows that a page key moves by. */
function pageOf(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - HEAD) / ROW) - 1);
}
