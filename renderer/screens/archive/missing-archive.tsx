/** The archive's folder is not there, such as on a disk that was unplugged. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { KnownArchive } from '../../../shared/app.ts';
import { calls } from '../../bridge.ts';
import { ArchiveDrawing } from '../../components/drawings.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { Page } from '../../components/page.tsx';
import { useAction } from '../../lib/use-call.ts';
import { replaceRoute } from '../../store/view-store.ts';
import { ArchiveFacts } from './archive-head.tsx';

export function MissingArchive({ archive }: { archive: KnownArchive }) {
  const { t } = useTranslation('archive');
  const look = useAction(() => calls.archives.open({ folder: archive.folder }));
  const forget = useAction(async () => {
    await calls.archives.forget({ id: archive.id });
    replaceRoute({ screen: 'welcome' });
  });
  const failure = look.failure ?? forget.failure;
  const clear = () => {
    look.clear();
    forget.clear();
  };
  return (
    <Page title={archive.name} sentence={<ArchiveFacts archive={archive} />}>
      {failure && <FailureBar failure={failure} onDismiss={clear} />}
      <div className="empty">
        <ArchiveDrawing />
        <p className="strong">{t('missingTitle')}</p>
        <p>{t('missingText')}</p>
        <p className="mono selectable archive-place">{archive.folder}</p>
        <div className="row gap-8">
          <Button appearance="primary" disabled={look.busy} onClick={look.run}>
            {t('lookAgain')}
          </Button>
          <Button disabled={forget.busy} onClick={forget.run}>
            {t('forget')}
          </Button>
        </div>
      </div>
    </Page>
  );
}
