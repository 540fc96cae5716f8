/** One archive, read without a server: folders, messages, search, and the message that is open. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KnownArchive } from '../../../shared/app.ts';
import type { IndexState } from '../../../shared/browse.ts';
import { Button } from '@fluentui/react-components';
import { calls } from '../../bridge.ts';
import { ArchiveDrawing } from '../../components/drawings.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useStream } from '../../lib/use-stream.ts';
import { useApp } from '../../store/app-store.ts';
import { findArchive } from '../../store/selectors.ts';
import { goTo, type Route } from '../../store/view-store.ts';
import { ArchiveActions, ArchiveFacts } from './archive-head.tsx';
import { ArchiveNotice } from './archive-notice.tsx';
import { Browser } from './browser.tsx';
import { MissingArchive } from './missing-archive.tsx';
import './archive.css';
import './reading.css';

type ArchiveRoute = Extract<Route, { screen: 'archive' }>;

export function ArchiveScreen({ route }: { route: ArchiveRoute }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const archive = useApp((app) => findArchive(app, route.archiveId));
  if (!archive) {
    const leave = () => goTo({ screen: 'welcome' });
    const action = <Button onClick={leave}>{common('goOn')}</Button>;
    return (
      <Page title="">
        <Empty drawing={<ArchiveDrawing />} text={t('gone')} action={action} />
      </Page>
    );
  }
  if (archive.state === 'missing') return <MissingArchive archive={archive} />;
  // A search or a message asked for from elsewhere begins afresh.
  const place = JSON.stringify([route.mailbox, route.message, route.search]);
  return <Archive key={place} archive={archive} route={route} />;
}

function Archive({ archive, route }: { archive: KnownArchive; route: ArchiveRoute }) {
  const [tries, setTries] = useState(0);
  // What is in it changes with a backup; the index follows then.
  const content = `${archive.id}:${archive.messages}:${archive.sizeBytes}`;
  const index = useStream<IndexState>(`${content}:${tries}`, (signal) =>
    calls.archives.index({ id: archive.id }, { signal }),
  );
  const isReady = index.value?.state === 'ready';
  return (
    <Page
      title={archive.name}
      sentence={<ArchiveFacts archive={archive} />}
      actions={<ArchiveActions archive={archive} />}
      fixed
      below={<ArchiveNotice archive={archive} index={index} onRetry={() => setTries(tries + 1)} />}
    >
      <Browser archive={archive} route={route} edition={`${content}:${isReady}`} />
    </Page>
  );
}
