import { expect, test } from 'vitest';
import type { AppState, JobBrief } from '../../../shared/app.ts';
import {
  interruptedJobs,
  runningFraction,
  runningJobOfAccount,
  runningJobs,
  selectIsEmpty,
} from '../../../renderer/store/selectors.ts';

const counts = { planned: 0, stored: 0, duplicate: 0, skipped: 0, vanished: 0, failed: 0 };

const job = (id: string, part: Partial<JobBrief>): JobBrief => ({
  id,
  kind: 'backup',
  state: 'running',
  phase: 'transferring',
  fromName: '',
  toName: '',
  accountId: null,
  archiveId: null,
  startedAt: '2025-06-09T12:00:00Z',
  endedAt: null,
  doneFraction: null,
  counts,
  bytes: 0,
  resumable: false,
  ...part,
});

const app = (jobs: JobBrief[]): AppState =>
  ({ jobs, accounts: [], archives: [] }) as Pick<AppState, 'jobs' | 'accounts' | 'archives'> as AppState;

test('a paused job is still under way, an ended one is not', () => {
  const state = app([
    job('a', {}),
    job('b', { state: 'paused', accountId: 'kb' }),
    job('c', { state: 'complete', accountId: 'kb' }),
  ]);
  expect(runningJobs(state).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(runningJobOfAccount(state, 'kb')?.id).toBe('b');
});

test('the ring shows the mean of what is known', () => {
  expect(runningFraction(app([]))).toBeNull();
  expect(runningFraction(app([job('a', {})]))).toBeNull();
  const half = [job('a', { doneFraction: 0.25 }), job('b', { doneFraction: 0.75 }), job('c', {})];
  expect(runningFraction(app(half))).toBe(0.5);
});

test('a job that ran and stands still after a lost line was interrupted', () => {
  const before = app([job('a', {}), job('b', {}), job('c', { state: 'stopped', resumable: true })]);
  const after = app([
    job('a', { state: 'stopped', resumable: true }),
    job('b', { state: 'complete' }),
    job('c', { state: 'stopped', resumable: true }),
  ]);
  expect(interruptedJobs(before, after)).toEqual(['a']);
  expect(interruptedJobs(null, after)).toEqual([]);
});

test('a window without accounts, archives and jobs is new', () => {
  expect(selectIsEmpty(app([]))).toBe(true);
  expect(selectIsEmpty(app([job('a', {})]))).toBe(false);
});
