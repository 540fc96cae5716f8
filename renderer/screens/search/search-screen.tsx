/** Hits of the search over all archives; a click opens the message in its archive. */
import { Spinner } from '@fluentui/react-components';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ArchiveHit } from '../../../shared/browse.ts';
import { calls } from '../../bridge.ts';
import { ArchiveDrawing } from '../../components/drawings.tsx';
import { Empty } from '../../components/empty.tsx';
import { HitText } from '../../components/hit-text.tsx';
import { AttachmentSmallIcon } from '../../components/icons.tsx';
import { folderLabel } from '../../lib/folder-label.ts';
import { senderText } from '../../lib/names.ts';
import { FailureBar, MessageBar } from '../../components/message-bar.tsx';
import { Page, StatusFoot } from '../../components/page.tsx';
import { useLoad } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useApp } from '../../store/app-store.ts';
import { goTo } from '../../store/view-store.ts';
import './search.css';

const LIMIT = 100;

function openHit(hit: ArchiveHit, search: string): void {
  const { mailbox, uidValidity, uid } = hit;
  goTo({ screen: 'archive', archiveId: hit.archiveId, mailbox, message: { mailbox, uidValidity, uid }, search });
}

/** Arrows go through the hits as through a list. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const hits = [...event.currentTarget.querySelectorAll<HTMLElement>('.search-hit')];
  const next = hits[hits.indexOf(event.target as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function Hit({ hit, search }: { hit: ArchiveHit; search: string }) {
  const { t } = useTranslation('search');
  const { t: common } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <button type="button" className="search-hit" onClick={() => openHit(hit, search)}>
        <span className="row gap-8">
          <span className="strong ellipsis">
            {hit.from === '' ? (
              t('unknownSender')
            ) : (
              <HitText text={senderText(hit.from, hit.hits.from)} hits={hit.hits.from} />
            )}
          </span>
          <span className="caption mute ellipsis grow">
            {t('in', {
              archive: hit.archiveName,
              folder: folderLabel(hit.mailbox, hit.delimiter, common('specialUse.inbox')),
            })}
          </span>
          {hit.attachments > 0 && <AttachmentSmallIcon aria-label={t('attachment')} />}
          <span className="caption mute num nowrap">{hit.date === null ? '–' : format.when(hit.date)}</span>
        </span>
        <span className="search-subject ellipsis">
          {hit.subject === '' ? t('noSubject') : <HitText text={hit.subject} hits={hit.hits.subject} />}
        </span>
        <span className="caption mute ellipsis">
          <HitText text={hit.snippet} hits={hit.hits.snippet} />
        </span>
      </button>
    </li>
  );
}

export function SearchScreen({ text }: { text: string }) {
  const { t } = useTranslation('search');
  const format = useFormat();
  const hasArchives = useApp((app) => app.archives.length > 0);
  const wanted = text.trim();
  const key = hasArchives && wanted !== '' ? `search:${wanted}` : null;
  const found = useLoad(key, (signal) => calls.archives.searchAll({ text: wanted, limit: LIMIT }, { signal }));
  const { value } = found;
  const isBusy = key !== null && !value && !found.failure;
  const sentence = value ? t('sentence', { count: value.total, text: wanted }) : t('searching', { text: wanted });
  return (
    <Page
      title={t('title')}
      sentence={hasArchives ? <span role="status">{sentence}</span> : t('noArchives')}
      foot={
        value && value.hits.length > 0 ? (
          <StatusFoot
            start={value.total > value.hits.length ? t('firstOnes', { shown: value.hits.length }) : undefined}
            end={t('foundIn', { time: format.duration(Math.max(10, value.elapsedMs)) })}
          />
        ) : undefined
      }
    >
      {found.failure && <FailureBar failure={found.failure} />}
      {value && value.notSearched.length > 0 && (
        <MessageBar tone="info">
          <p>{t('notSearched', { names: format.names(value.notSearched) })}</p>
        </MessageBar>
      )}
      {isBusy && <Spinner className="search-wait" size="tiny" aria-hidden />}
      {value?.hits.length === 0 && <Empty drawing={<ArchiveDrawing />} text={t('none', { text: wanted })} />}
      {value && value.hits.length > 0 && (
        <ul className="search-hits" onKeyDown={moveFocus}>
          {value.hits.map((hit) => (
            <Hit key={`${hit.archiveId}:${hit.mailbox}:${hit.uidValidity}:${hit.uid}`} hit={hit} search={wanted} />
          ))}
        </ul>
      )}
    </Page>
  );
}
