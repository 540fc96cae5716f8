/** Search as you type, where to search, and filters. */
import { Button, Input, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageQuery, SearchField } from '../../../shared/browse.ts';
import {
  AttachmentSmallIcon,
  DismissSmallIcon,
  FlagSmallIcon,
  SearchSmallIcon,
  TimeSmallIcon,
} from '../../components/icons.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { useCommand } from '../../store/commands.ts';
import { dayOrNull, MAX_SEARCH } from './query.ts';
import type { ArchiveList } from './use-archive-list.ts';

interface FilterBarProps {
  list: ArchiveList;
  onChange: (part: Partial<MessageQuery>) => void;
  onType: (text: string) => void;
}

const FIELDS: readonly SearchField[] = ['everywhere', 'people', 'subject', 'attachments'];

export function FilterBar({ list, onChange, onType }: FilterBarProps) {
  const { t } = useTranslation('archive');
  const { query } = list;
  return (
    <div className="archive-bar" role="search" data-pane>
      <SearchBox typed={list.typed} onType={onType} />
      <div className="row gap-8" role="group" aria-label={t('fields')}>
        {FIELDS.map((field) => (
          <button
            key={field}
            type="button"
            className="chip"
            aria-pressed={query.field === field}
            onClick={() => onChange({ field })}
          >
            {t(`field.${field}`)}
          </button>
        ))}
      </div>
      <i className="archive-rule" />
      <div className="row gap-8" role="group" aria-label={t('filters')}>
        <DateChip query={query} onChange={onChange} />
        <button
          type="button"
          className="chip"
          aria-pressed={query.unread}
          onClick={() => onChange({ unread: !query.unread })}
        >
          {t('unread')}
        </button>
        <button
          type="button"
          className="chip"
          aria-pressed={query.flagged}
          onClick={() => onChange({ flagged: !query.flagged })}
        >
          <FlagSmallIcon aria-hidden />
          {t('flagged')}
        </button>
        <button
          type="button"
          className="chip"
          aria-pressed={query.attachment}
          onClick={() => onChange({ attachment: !query.attachment })}
        >
          <AttachmentSmallIcon aria-hidden />
          {t('withAttachment')}
        </button>
      </div>
      <HitCount list={list} />
    </div>
  );
}

function HitCount({ list: { query, state } }: { list: ArchiveList }) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const text =
    query.text === '' || !state.list
      ? ''
      : state.isWaiting
        ? t('searching')
        : t('hits', { count: state.list.total, time: format.duration(state.list.elapsedMs) });
  return (
    <span className="caption mute num nowrap archive-count" role="status">
      {text}
    </span>
  );
}

function SearchBox({ typed, onType }: { typed: string; onType: (text: string) => void }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useCommand('find-here', () => {
    input.current?.focus();
    input.current?.select();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && typed !== '') onType('');
    else if (event.key === 'ArrowDown') document.querySelector<HTMLElement>('.archive-list')?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Input
      ref={input}
      className="archive-search"
      type="text"
      value={typed}
      maxLength={MAX_SEARCH}
      placeholder={t('search')}
      aria-label={t('search')}
      spellCheck={false}
      contentBefore={<SearchSmallIcon />}
      contentAfter={
        typed === '' ? undefined : (
          <Button
            appearance="transparent"
            size="small"
            icon={<DismissSmallIcon />}
            aria-label={common('clearSearch')}
            onClick={() => {
              onType('');
              input.current?.focus();
            }}
          />
        )
      }
      onChange={(_, data) => onType(data.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function DateChip({ query, onChange }: { query: MessageQuery; onChange: FilterBarProps['onChange'] }) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const { after, before } = query;
  // Noon, so that no time zone makes another day of it.
  const day = (text: string | null) => (text === null ? '' : format.day(`${text}T12:00:00`));
  const isSet = after !== null || before !== null;
  const label =
    after !== null && before !== null
      ? t('dateBetween', { from: day(after), until: day(before) })
      : after !== null
        ? t('dateFrom', { day: day(after) })
        : before !== null
          ? t('dateUntil', { day: day(before) })
          : t('anyDate');
  return (
    <Popover positioning="below-start" trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className="chip" aria-pressed={isSet}>
          <TimeSmallIcon aria-hidden />
          {label}
        </button>
      </PopoverTrigger>
      <PopoverSurface aria-label={t('anyDate')}>
        <div className="archive-dates">
          <label>
            {t('dateFirst')}
            <input
              type="date"
              value={after ?? ''}
              max={before ?? undefined}
              onChange={(event) => onChange({ after: dayOrNull(event.target.value) })}
            />
          </label>
          <label>
            {t('dateLast')}
            <input
              type="date"
              value={before ?? ''}
              min={after ?? undefined}
              onChange={(event) => onChange({ before: dayOrNull(event.target.value) })}
            />
          </label>
          <Button disabled={!isSet} onClick={() => onChange({ after: null, before: null })}>
            {t('dateClear')}
          </Button>
        </div>
      </PopoverSurface>
    </Popover>
  );
}
