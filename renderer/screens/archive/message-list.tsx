/** The virtual list: some dozen rows are drawn however many there are. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageRef } from '../../../shared/job-request.ts';
import { showRow } from '../../lib/show-row.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useSteady } from '../../lib/use-steady.ts';
import { useApp } from '../../store/app-store.ts';
import { selectSettings } from '../../store/selectors.ts';
import type { Chosen } from './browser.tsx';
import { MessageRowView, type RowText } from './message-row.tsx';
import { indexOfRow, rowAt, type MessageList as Rows } from './page-store.ts';
import { indexAfter, refKey, refOf } from './query.ts';
import type { ArchiveList } from './use-archive-list.ts';

const ROW = 79;
const OVERSCAN = 4;
/** Rows are asked for before they are seen. */
const AHEAD = 30;

interface MessageListProps {
  rows: Rows;
  list: ArchiveList;
  chosen: Chosen;
  open: MessageRef | null;
  onChoose: (chosen: Chosen) => void;
}

function useRowText(): RowText {
  const { t } = useTranslation('archive');
  const format = useFormat();
  return useMemo(
    () => ({
      unknownSender: t('unknownSender'),
      noSubject: t('noSubject'),
      isUnread: t('isUnread'),
      isFlagged: t('isFlagged'),
      hasAttachment: t('hasAttachment'),
      leftServer: t('leftServer'),
      when: (iso) => (iso === null ? t('noDate') : format.when(iso)),
    }),
    [t, format],
  );
}

export function MessageList({ rows, list, chosen, open, onChoose }: MessageListProps) {
  const { t } = useTranslation('archive');
  const { singleKeys } = useApp(selectSettings);
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  const text = useRowText();
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { need } = list;
  useEffect(() => {
    need(first - AHEAD, last + AHEAD);
  });
  const openKey = open ? refKey(open) : null;
  const at = chosen.index ?? (openKey === null ? -1 : indexOfRow(rows, (row) => refKey(row) === openKey));
  const choose = useSteady((index: number) => {
    const row = rowAt(rows, index);
    onChoose({ index, ref: row ? refOf(row) : null });
    showRow(scroller.current, virtual, { top: index * ROW, height: ROW });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 1);
    const next = indexAfter(event.key, at, { count: rows.total, page, singleKeys });
    if (next === null) return;
    event.preventDefault();
    choose(next);
  };
  const turns = Math.ceil((virtual.scrollRect?.height ?? 0) / ROW) + 2 * OVERSCAN + 4;
  return (
    <div
      ref={scroller}
      role="listbox"
      className="archive-list"
      tabIndex={0}
      aria-label={t('messageList')}
      aria-activedescendant={at >= first && at <= last ? `${prefix}${at}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="archive-rows" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <MessageRowView
            key={index % turns}
            id={`${prefix}${index}`}
            row={rowAt(rows, index)}
            index={index}
            total={rows.total}
            top={start}
            isSelected={index === at}
            text={text}
            onChoose={choose}
          />
        ))}
      </div>
    </div>
  );
}
