/** What was looked at again after it had been stored. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { JobView } from '../../../shared/job-request.ts';
import { calls } from '../../bridge.ts';
import { MessageBar } from '../../components/message-bar.tsx';
import { useAction } from '../../lib/use-call.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useApp } from '../../store/app-store.ts';
import { findArchive, findJob } from '../../store/selectors.ts';
import { goTo } from '../../store/view-store.ts';

export function Proof({ view }: { view: JobView }) {
  const { t } = useTranslation('job');
  const format = useFormat();
  const { proof } = view.snapshot;
  if (proof === null || proof.compared === 0)
    return view.request.kind === 'backup' ? <NotProved jobId={view.id} /> : null;
  if (proof.differences > 0) {
    return <MessageBar tone="warning" title={t('provedDifferent', { count: proof.differences })} />;
  }
  const all = proof.readBack === proof.compared;
  const title = all
    ? t('proved', { count: proof.readBack })
    : t('provedSome', { count: proof.readBack, compared: proof.compared });
  return (
    <MessageBar tone="safe" title={title}>
      {proof.readBackBytes > 0 && (
        <p className="quiet">{t('provedBytes', { size: format.size(proof.readBackBytes) })}</p>
      )}
    </MessageBar>
  );
}

function NotProved({ jobId }: { jobId: string }) {
  const { t } = useTranslation('job');
  const archiveId = useApp((app) => findArchive(app, findJob(app, jobId)?.archiveId ?? null)?.id ?? null);
  const verify = useAction(async (id: string) => {
    const job = await calls.jobs.start({ kind: 'verify', archiveId: id, againstAccountId: null });
    goTo({ screen: 'job', jobId: job.id });
  });
  if (archiveId === null) return null;
  return (
    <MessageBar
      tone="info"
      actions={
        <Button size="small" disabled={verify.busy} onClick={() => verify.run(archiveId)}>
          {t('verifyNow')}
        </Button>
      }
    >
      <p>{verify.failure?.message ?? t('notProved')}</p>
    </MessageBar>
  );
}
