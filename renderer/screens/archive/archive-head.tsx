/** What the archive holds, whether it was verified, and what can be done with it. */
import { Button, Tooltip } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { KnownArchive } from '../../../shared/app.ts';
import { calls } from '../../bridge.ts';
import { ProvedSmallIcon, RestoreIcon, ProvedIcon } from '../../components/icons.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { noticeFailure } from '../../store/actions.ts';
import { useApp } from '../../store/app-store.ts';
import { runningJobs } from '../../store/selectors.ts';
import { goTo } from '../../store/view-store.ts';

export function ArchiveFacts({ archive }: { archive: KnownArchive }) {
  const { t } = useTranslation('archive');
  const { t: common } = useTranslation();
  const format = useFormat();
  const years = format.years(archive.firstYear, archive.lastYear);
  const facts = {
    messages: common('messages', { count: archive.messages }),
    size: format.size(archive.sizeBytes),
    years,
  };
  return (
    <span className="row gap-12 wrap num">
      <span>{years === '' ? t('facts', facts) : t('factsYears', facts)}</span>
      {archive.verifiedAt === null ? (
        <span className="tag" title={t('notVerifiedHint')}>
          {t('notVerified')}
        </span>
      ) : (
        <span className="tag ok archive-verified" title={format.long(archive.verifiedAt)}>
          <ProvedSmallIcon aria-hidden />
          {t('verifiedAt', { day: format.day(archive.verifiedAt) })}
        </span>
      )}
    </span>
  );
}

export async function verifyArchive(archiveId: string): Promise<void> {
  try {
    const { id } = await calls.jobs.start({ kind: 'verify', archiveId, againstAccountId: null });
    goTo({ screen: 'job', jobId: id });
  } catch (error) {
    noticeFailure(error);
  }
}

export function ArchiveActions({ archive }: { archive: KnownArchive }) {
  const { t } = useTranslation('archive');
  const running = useApp((app) =>
    runningJobs(app).find(({ kind, archiveId }) => kind === 'verify' && archiveId === archive.id),
  );
  const verify = useAction(() => verifyArchive(archive.id));
  const restore = () => goTo({ screen: 'restore', archiveId: archive.id, accountId: null });
  return (
    <>
      {running ? (
        <Button appearance="subtle" icon={<ProvedIcon />} onClick={() => goTo({ screen: 'job', jobId: running.id })}>
          {t('showVerify')}
        </Button>
      ) : (
        <Tooltip content={t('notVerifiedHint')} relationship="description">
          <Button appearance="subtle" icon={<ProvedIcon />} disabled={verify.busy} onClick={verify.run}>
            {t('verify')}
          </Button>
        </Tooltip>
      )}
      <Button appearance="subtle" icon={<RestoreIcon />} onClick={restore}>
        {t('restore')}
      </Button>
    </>
  );
}
