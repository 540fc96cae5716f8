/** The backup of this account that is under way, and how far each folder is in a first one. */
import { useMemo } from 'react';
import type { JobBrief, SavedAccount } from '../../../shared/app.ts';
import type { JobView } from '../../../shared/job-request.ts';
import { calls } from '../../bridge.ts';
import { useStream } from '../../lib/use-stream.ts';
import { useApp } from '../../store/app-store.ts';
import { runningJobs } from '../../store/selectors.ts';

export interface BackupJob {
  job: JobBrief | undefined;
  /** 0 to 1 by path. */
  loaded: ReadonlyMap<string, number> | null;
}

async function* nothing(): AsyncGenerator<JobView> {}

export function useBackupJob(account: SavedAccount): BackupJob {
  const job = useApp((app) =>
    runningJobs(app).find(({ kind, accountId }) => kind === 'backup' && accountId === account.id),
  );
  const watched = job && account.lastBackup === null ? job.id : null;
  const { value } = useStream<JobView>(`backup:${watched ?? ''}`, (signal) =>
    watched === null ? Promise.resolve(nothing()) : calls.jobs.watch({ id: watched }, { signal }),
  );
  const loaded = useMemo(() => {
    if (watched === null || !value) return null;
    return new Map(
      value.snapshot.mailboxes.map(({ path, counts }) => [
        path,
        counts.planned > 0 ? Math.min(1, (counts.stored + counts.duplicate) / counts.planned) : 0,
      ]),
    );
  }, [watched, value]);
  return { job, loaded };
}
