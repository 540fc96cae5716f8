/** One job: while it runs, and its report when it has ended. */
import { useTranslation } from 'react-i18next';
import { calls } from '../../bridge.ts';
import { Empty } from '../../components/empty.tsx';
import { CalmDrawing } from '../../components/drawings.tsx';
import { FailureBar } from '../../components/message-bar.tsx';
import { Page } from '../../components/page.tsx';
import { useStream } from '../../lib/use-stream.ts';
import { useApp } from '../../store/app-store.ts';
import { findJob } from '../../store/selectors.ts';
import { endOf } from './progress.ts';
import { Report } from './report.tsx';
import { Running } from './running.tsx';
import './job.css';

export function JobScreen({ jobId }: { jobId: string }) {
  const { t } = useTranslation('job');
  const brief = useApp((app) => findJob(app, jobId));
  const { value: view, failure } = useStream(`job ${jobId}`, (signal) => calls.jobs.watch({ id: jobId }, { signal }));
  const title = brief?.fromName ?? '';
  if (failure && !view) {
    return (
      <Page title={title}>
        {brief ? <FailureBar failure={failure} /> : <Empty drawing={<CalmDrawing />} text={t('gone')} />}
      </Page>
    );
  }
  if (!view) return <Page title={title}>{null}</Page>;
  return endOf(view) === null ? <Running view={view} /> : <Report view={view} />;
}
