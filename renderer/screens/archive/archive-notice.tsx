/** Damage, and how far the search is prepared. Nothing when all is well. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { KnownArchive } from '../../../shared/app.ts';
import type { IndexState } from '../../../shared/browse.ts';
import { Bar } from '../../components/bar.tsx';
import { MessageBar } from '../../components/message-bar.tsx';
import type { Stream } from '../../lib/use-stream.ts';
import { verifyArchive } from './archive-head.tsx';

interface ArchiveNoticeProps {
  archive: KnownArchive;
  index: Stream<IndexState>;
  onRetry: () => void;
}

export function ArchiveNotice({ archive, index, onRetry }: ArchiveNoticeProps) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const hasFailed = index.value?.state === 'failed' || index.failure !== null;
  return (
    <div className="archive-notice">
      {archive.state === 'damaged' && (
        <MessageBar
          tone="warning"
          title={t('damagedTitle')}
          actions={
            <Button size="small" onClick={() => void verifyArchive(archive.id)}>
              {t('verify')}
            </Button>
          }
        >
          <p className="quiet">{t('damagedText')}</p>
        </MessageBar>
      )}
      {hasFailed && archive.state !== 'damaged' && (
        <MessageBar
          tone="warning"
          actions={
            <Button size="small" onClick={onRetry}>
              {common('retry')}
            </Button>
          }
        >
          <p>{t('indexFailed')}</p>
        </MessageBar>
      )}
      {index.value?.state === 'building' && <Preparing state={index.value} />}
    </div>
  );
}

function Preparing({ state: { indexed, total } }: { state: IndexState }) {
  const { t } = useTranslation('archive');
  if (total === 0 || indexed >= total) return null;
  return (
    <div className="archive-preparing caption mute num">
      <Bar fraction={indexed / total} width={120} height={4} />
      <span>{t('indexing', { done: indexed, count: total })}</span>
    </div>
  );
}
