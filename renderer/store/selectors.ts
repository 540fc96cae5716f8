/** Derived from a snapshot; pure and at module level, so that components can read one narrow slice. */
import type { AppState, JobBrief, KnownArchive, SavedAccount, Settings } from '../../shared/app.ts';
import type { JobState } from '../../shared/job.ts';

const ENDED: readonly JobState[] = ['complete', 'incomplete', 'stopped', 'failed'];

export const selectAccounts = (app: AppState): SavedAccount[] => app.accounts;
export const selectArchives = (app: AppState): KnownArchive[] => app.archives;
export const selectJobs = (app: AppState): JobBrief[] => app.jobs;
export const selectSettings = (app: AppState): Settings => app.settings;
export const selectVault = (app: AppState): AppState['vault'] => app.vault;
export const selectShell = (app: AppState): AppState['shell'] => app.shell;
export const selectPlatform = (app: AppState): AppState['platform'] => app.platform;
export const selectIsEmpty = (app: AppState): boolean =>
  app.accounts.length === 0 && app.archives.length === 0 && app.jobs.length === 0;

export function isEnded(job: Pick<JobBrief, 'state'>): boolean {
  return ENDED.includes(job.state);
}

export function findAccount(app: AppState, id: string | null): SavedAccount | undefined {
  return app.accounts.find((account) => account.id === id);
}

export function findArchive(app: AppState, id: string | null): KnownArchive | undefined {
  return app.archives.find((archive) => archive.id === id);
}

export function findJob(app: AppState, id: string | null): JobBrief | undefined {
  return app.jobs.find((job) => job.id === id);
}

export function runningJobs(app: AppState): JobBrief[] {
  return app.jobs.filter((job) => !isEnded(job));
}

/** How far all running jobs are together, 0 to 1; null: none runs, or none knows. */
export function runningFraction(app: AppState): number | null {
  const known = runningJobs(app).flatMap((job) => (job.doneFraction === null ? [] : [job.doneFraction]));
  return known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0) / known.length;
}

export function runningJobOfAccount(app: AppState, accountId: string): JobBrief | undefined {
  return runningJobs(app).find((job) => job.accountId === accountId);
}

/** Jobs that ran in the earlier snapshot and stand still in the later one through no wish of the user. */
export function interruptedJobs(before: AppState | null, after: AppState): string[] {
  if (!before) return [];
  const ran = new Set(runningJobs(before).map((job) => job.id));
  return after.jobs.filter((job) => ran.has(job.id) && job.state === 'stopped' && job.resumable).map((job) => job.id);
}
