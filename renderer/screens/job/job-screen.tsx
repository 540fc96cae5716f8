import { Page } from '../../components/page.tsx';
import { useApp } from '../../store/app-store.ts';
import { findJob } from '../../store/selectors.ts';

export function JobScreen({ jobId }: { jobId: string }) {
  const job = useApp((app) => findJob(app, jobId));
  return <Page title={job?.fromName ?? ''}>{null}</Page>;
}
