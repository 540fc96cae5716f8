/** Find a folder, how many are ticked, and the table. */
import { Button, Input } from '@fluentui/react-components';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { DismissSmallIcon, SearchSmallIcon } from '../../components/icons.tsx';
import { useCommand } from '../../store/commands.ts';
import { FolderTable } from './folder-table.tsx';
import type { FolderNode } from './folder-tree.ts';
import type { Folders } from './use-folders.ts';

interface FolderPaneProps {
  folders: Folders;
  isAshore: boolean;
  onOpen: (node: FolderNode) => void;
}

export function FolderPane({ folders, isAshore, onOpen }: FolderPaneProps) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { filter, setFilter, found, ticks, rows } = folders;
  const input = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  useCommand('find-here', () => input.current?.focus());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && filter !== '') setFilter('');
    else if (event.key === 'ArrowDown') pane.current?.querySelector<HTMLElement>('[role=treegrid]')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const total = ticks.ticked.length + ticks.leftOut.length;
  return (
    <section className="account-folders" data-pane ref={pane} aria-label={t('folders')}>
      <div className="row gap-12">
        <Input
          ref={input}
          className="account-find"
          size="small"
          type="text"
          value={filter}
          placeholder={t('findFolder')}
          aria-label={t('findFolder')}
          contentBefore={<SearchSmallIcon />}
          contentAfter={
            filter === '' ? undefined : (
              <Button
                appearance="transparent"
                size="small"
                icon={<DismissSmallIcon />}
                aria-label={common('clearSearch')}
                onClick={() => setFilter('')}
              />
            )
          }
          onChange={(_, data) => setFilter(data.value)}
          onKeyDown={onKeyDown}
        />
        <span className="caption mute grow right num" role="status">
          {found ? t('found', { count: found.size }) : t('ticked', { ticked: ticks.ticked.length, count: total })}
        </span>
      </div>
      {rows.length === 0 ? (
        <p className="account-nothing mute">{t('nothingFound', { text: filter.trim() })}</p>
      ) : (
        <FolderTable folders={folders} isAshore={isAshore} onOpen={onOpen} />
      )}
    </section>
  );
}
