/** All jobs, those that run on top; each opens its progress or its report. */
import { Button } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import type { JobBrief } from '../../../shared/app.ts';
import { CalmDrawing } from '../../components/drawings.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/app-store.ts';
import { isEnded, selectJobs } from '../../store/selectors.ts';
import { goTo } from '../../store/view-store.ts';
import { JobRow } from './job-row.tsx';
import './jobs.css';

function JobTable({ title, jobs }: { title: string; jobs: readonly JobBrief[] }) {
  const { t } = useTranslation('jobs');
  if (jobs.length === 0) return null;
  return (
    <section className="jobs-group" aria-label={title}>
      <h2 className="section">{title}</h2>
      <table className="table jobs-table">
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col" className="jobs-when">
              {t('when')}
            </th>
            <th scope="col" className="jobs-number right">
              {t('messages')}
            </th>
            <th scope="col" className="jobs-number right">
              {t('size')}
            </th>
            <th scope="col" className="jobs-result">
              {t('result')}
            </th>
            <td className="jobs-actions" />
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

export function JobsScreen() {
  const { t } = useTranslation('jobs');
  const jobs = useApp(selectJobs);
  const running = jobs.filter((job) => !isEnded(job));
  const sentence = running.length > 0 ? t('sentenceRunning', { count: running.length }) : t('sentence');
  return (
    <Page title={t('title')} sentence={sentence}>
      {jobs.length === 0 ? (
        <Empty
          drawing={<CalmDrawing />}
          text={t('empty')}
          action={
            <Button appearance="primary" onClick={() => goTo({ screen: 'add-account', purpose: 'backup' })}>
              {t('emptyAction')}
            </Button>
          }
        />
      ) : (
        <>
          <JobTable title={t('now')} jobs={running} />
          <JobTable title={t('earlier')} jobs={jobs.filter(isEnded)} />
        </>
      )}
    </Page>
  );
}
