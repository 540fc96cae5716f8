/** A job of this account that stands still and can be gone on with: who comes back need not look for it. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { AppState, JobBrief } from '../../../shared/app.ts';
import { MessageBar } from '../../components/message-bar.tsx';
import { useFormat } from '../../lib/use-format.ts';
import { goOnWithJob } from '../../store/actions.ts';
import { useApp } from '../../store/app-store.ts';

/** The newest job of the account, if it was stopped: what came after it has made it old. */
export function stoppedJobOf(app: AppState, accountId: string): JobBrief | undefined {
  const newest = app.jobs.find((job) => job.accountId === accountId && job.kind !== 'verify');
  return newest?.state === 'stopped' && newest.resumable ? newest : undefined;
}

export function StoppedNotice({ accountId }: { accountId: string }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const format = useFormat();
  const job = useApp((app) => stoppedJobOf(app, accountId));
  if (!job) return null;
  const part = job.doneFraction === null ? '' : format.percent(job.doneFraction);
  return (
    <MessageBar
      tone="info"
      title={t(`stoppedJob.${job.kind}`, { to: job.toName })}
      actions={
        <Button size="small" onClick={() => void goOnWithJob(job.id)}>
          {common('goOn')}
        </Button>
      }
    >
      <p className="quiet">{part === '' ? t('stoppedJob.text') : t('stoppedJob.textAt', { part })}</p>
    </MessageBar>
  );
}
