/** Heads of the folder table: tick all, and sort by a click. */
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { nextSort, type SortKey } from './folder-rows.ts';
import { ARIA_CHECKED, TickBox } from './tick-box.tsx';
import { tickOf } from './ticks.ts';
import type { Folders } from './use-folders.ts';

type Column = Exclude<SortKey, 'order'>;

const CLASSES: Readonly<Record<Column, string>> = {
  name: 'name-head',
  messages: 'right',
  unread: 'right unread-cell',
  new: 'right',
  size: 'right',
};
const LABELS = {
  name: 'folder',
  messages: 'messages',
  unread: 'unread',
  new: 'new',
  size: 'size',
} as const satisfies Record<Column, string>;
const COLUMNS: readonly Column[] = ['name', 'messages', 'unread', 'new', 'size'];

export const TableHead = memo(function TableHead({ folders }: { folders: Folders }) {
  const { t } = useTranslation('account');
  const { tree, found, ticks, sort, setSort, toggle } = folders;
  const nodes = found ? [...found] : tree.roots;
  const tick = tickOf(nodes, ticks);
  return (
    <div role="rowgroup" className="account-head">
      <div role="row" className="account-row" aria-rowindex={1}>
        <div role="columnheader" className="tick-cell">
          <button
            type="button"
            role="checkbox"
            className="tick-hit"
            aria-checked={ARIA_CHECKED[tick]}
            aria-label={found ? t('tickFound') : t('tickAll')}
            onClick={() => toggle(nodes)}
          >
            <TickBox tick={tick} />
          </button>
        </div>
        {COLUMNS.map((column) => (
          <div
            key={column}
            role="columnheader"
            className={CLASSES[column]}
            aria-sort={sort.key !== column ? 'none' : sort.isDescending ? 'descending' : 'ascending'}
          >
            <button type="button" className="sort" onClick={() => setSort(nextSort(sort, column))}>
              {t(LABELS[column])}
              {sort.key === column && (
                <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
                  <path d={sort.isDescending ? 'M1 2.5l3 3 3-3' : 'M1 5.5l3-3 3 3'} />
                </svg>
              )}
            </button>
          </div>
        ))}
        <div role="columnheader" aria-hidden="true" />
      </div>
    </div>
  );
});
