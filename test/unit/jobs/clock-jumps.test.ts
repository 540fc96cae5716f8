/** What is shown of a job while clocks jump. Whole jobs are in test/crash/clocks.test.ts. */
import { expect, it } from 'vitest';
import type { JobSnapshot } from '../../../shared/job.ts';
import { MemorySink, MemorySource, MemoryStore, type FakeClock } from '../../helpers/memory.ts';
import { filled, run } from './transfer-kit.ts';

const HOUR_MS = 3_600_000;

it.each([0, 40, 199])('times and rates stay numbers when the machine sleeps for an hour at message %i', async (nth) => {
  const source = new MemorySource(filled({ INBOX: 200 }));
  const shown: JobSnapshot[] = [];
  const { summary } = await run(source, new MemorySink(new MemoryStore()), { lanes: 1 }, (job) => {
    const clock = job.clock as FakeClock;
    source.fault = (_path, _uid, served) => {
      if (served === nth) clock.ms += HOUR_MS;
      else clock.ms += 50;
    };
    job.subscribe((snapshot) => shown.push(snapshot));
  });
  expect(summary).toMatchObject({ state: 'complete', stored: 200 });
  expect(shown.length).toBeGreaterThan(20);
  for (const { etaMs, elapsedMs, messagesPerSecond, bytesPerSecond } of shown) {
    for (const value of [etaMs ?? 0, elapsedMs, messagesPerSecond, bytesPerSecond]) {
      expect(Number.isFinite(value) && value >= 0, `${value}`).toBe(true);
    }
  }
  expect(shown.some(({ etaMs }) => etaMs !== null && etaMs > 0)).toBe(true);
  expect(summary.elapsedMs).toBeGreaterThanOrEqual(HOUR_MS);
});
