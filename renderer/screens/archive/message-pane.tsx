/** Messages of the query: how many, in which order, and the virtual list of them. */
import { Button, Menu, MenuItem, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { KnownArchive } from '../../../shared/app.ts';
import type { MessageQuery, MessageSort } from '../../../shared/browse.ts';
import type { MessageRef } from '../../../shared/job-request.ts';
import { MoreIcon, RestoreIcon, UnfoldedIcon } from '../../components/icons.tsx';
import { goTo } from '../../store/view-store.ts';
import type { Chosen } from './browser.tsx';
import { MessageList } from './message-list.tsx';
import { isFiltered, NO_FILTERS, sortsFor } from './query.ts';
import type { ArchiveList } from './use-archive-list.ts';

interface MessagePaneProps {
  archive: KnownArchive;
  list: ArchiveList;
  chosen: Chosen;
  open: MessageRef | null;
  onChoose: (chosen: Chosen) => void;
  onChange: (part: Partial<MessageQuery>) => void;
}

export function MessagePane({ archive, list, chosen, open, onChoose, onChange }: MessagePaneProps) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const { query, state } = list;
  const rows = state.list;
  return (
    <section className="archive-messages" data-pane aria-label={t('messageList')} aria-busy={state.isWaiting}>
      <div className="archive-messages-head">
        <span className="caption mute num grow">{rows ? common('messages', { count: rows.total }) : ''}</span>
        <SortMenu query={query} onSort={(sort) => onChange({ sort })} />
        {query.mailbox !== null && <FolderMenu archiveId={archive.id} mailbox={query.mailbox} />}
      </div>
      {rows && rows.total > 0 && (
        <MessageList
          key={JSON.stringify(rows.query)}
          rows={rows}
          list={list}
          chosen={chosen}
          open={open}
          onChoose={onChoose}
        />
      )}
      {rows?.total === 0 && !state.isWaiting && !state.failure && (
        <Nothing query={query} isEmpty={archive.messages === 0} onChange={onChange} onClear={() => list.type('')} />
      )}
    </section>
  );
}

interface NothingProps {
  query: MessageQuery;
  isEmpty: boolean;
  onChange: (part: Partial<MessageQuery>) => void;
  onClear: () => void;
}

function Nothing({ query, isEmpty, onChange, onClear }: NothingProps) {
  const { t } = useTranslation('archive');
  const isNarrowed = query.text !== '' || isFiltered(query);
  const text = isEmpty
    ? t('emptyArchive')
    : query.text !== ''
      ? t('noHits', { text: query.text })
      : isNarrowed
        ? t('noHitsFilter')
        : t('emptyFolder');
  const clear = () => {
    onClear();
    onChange({ ...NO_FILTERS, text: '', field: 'everywhere' });
  };
  return (
    <div className="archive-nothing" role="status">
      <p className="quiet">{text}</p>
      {isNarrowed && !isEmpty && <Button onClick={clear}>{t('clearFilters')}</Button>}
    </div>
  );
}

function SortMenu({ query, onSort }: { query: MessageQuery; onSort: (sort: MessageSort) => void }) {
  const { t } = useTranslation('archive');
  return (
    <Menu
      positioning="below-end"
      checkedValues={{ sort: [query.sort] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const sort = sortsFor(query.text).find((one) => checkedItems.includes(one));
        if (sort) onSort(sort);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          size="small"
          icon={<UnfoldedIcon />}
          iconPosition="after"
          aria-label={`${t('sortBy')}: ${t(`sort.${query.sort}`)}`}
        >
          {t(`sort.${query.sort}`)}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {sortsFor(query.text).map((sort) => (
            <MenuItemRadio key={sort} name="sort" value={sort}>
              {t(`sort.${sort}`)}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function FolderMenu({ archiveId, mailbox }: { archiveId: string; mailbox: string }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const copy = () => goTo({ screen: 'restore', archiveId, accountId: null, mailboxes: [mailbox] });
  return (
    <Menu positioning="below-end">
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small" icon={<MoreIcon />} aria-label={common('moreActions')} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<RestoreIcon />} onClick={copy}>
            {t('copyFolder')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
