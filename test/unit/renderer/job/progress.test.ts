import { describe, expect, test } from 'vitest';
import type { MailboxProgress } from '../../../../shared/job.ts';
import type { JobView } from '../../../../shared/job-request.ts';
import { axisTop, doneFraction, stripSegments, sumCounts } from '../../../../renderer/screens/job/progress.ts';

const COUNTS = { planned: 0, stored: 0, duplicate: 0, skipped: 0, vanished: 0, failed: 0 };

const mailbox = (path: string, change: Partial<MailboxProgress>): MailboxProgress => ({
  ...{ path, targetPath: path, counts: COUNTS, doneBytes: 0, plannedBytes: null, state: 'waiting' },
  ...change,
});

const snapshot = (change: Partial<JobView['snapshot']>) =>
  ({ phase: 'transferring', counts: COUNTS, doneBytes: 0, plannedBytes: null, ...change }) as JobView['snapshot'];

describe('how far a job is', () => {
  test('is unknown before anything was counted', () => expect(doneFraction(snapshot({}))).toBeNull());
  test('goes by bytes where they are known', () =>
    expect(doneFraction(snapshot({ doneBytes: 30, plannedBytes: 120 }))).toBe(0.25));
  test('goes by messages where nothing has to be moved', () =>
    expect(doneFraction(snapshot({ plannedBytes: 0, counts: { ...COUNTS, planned: 4, duplicate: 3 } }))).toBe(0.75));
  test('is all of it at the end', () => expect(doneFraction(snapshot({ phase: 'finished' }))).toBe(1));
});

describe('the load strip', () => {
  test('is full width, as wide as bytes, and no segment vanishes', () => {
    const planned = { ...COUNTS, planned: 1 };
    const segments = stripSegments([
      mailbox('Big', { plannedBytes: 1e9, counts: planned }),
      mailbox('Tiny', { plannedBytes: 1, counts: planned }),
      mailbox('Empty', { plannedBytes: 0 }),
    ]);
    expect(segments.map((s) => s.path)).toEqual(['Big', 'Tiny']);
    expect(segments.reduce((sum, s) => sum + s.width, 0)).toBeCloseTo(1);
    expect(segments[1]!.width).toBeGreaterThan(0.002);
  });
  test('fills a folder that is done, whatever its bytes say', () => {
    const counts = { ...COUNTS, planned: 2, duplicate: 2 };
    expect(stripSegments([mailbox('A', { state: 'done', plannedBytes: 10, counts })])[0]!.filled).toBe(1);
  });
});

test('the axis ends at a round number above the fastest sample', () => {
  const at = (bytesPerSecond: number) => [{ atMs: 0, bytesPerSecond, messagesPerSecond: 0, waiting: false }];
  expect(axisTop(at(4_200_000))).toBe(5_000_000);
  expect(axisTop(at(1_000_001))).toBe(2_000_000);
  expect(axisTop([])).toBe(1000);
});

test('the sum of the report is the sum of its folders', () => {
  const one = mailbox('A', { counts: { ...COUNTS, planned: 3, stored: 2, failed: 1 } });
  expect(sumCounts([one, one])).toMatchObject({ planned: 6, stored: 4, failed: 2 });
});
