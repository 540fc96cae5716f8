import { describe, expect, it } from 'vitest';
import { Job } from '../../../electron/engine/jobs/job.ts';
import { letLateOctetsArrive } from '../../../electron/engine/jobs/late-octets.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import { FakeClock, MemorySink, MemoryStore } from '../../helpers/memory.ts';

const LATE_MS = 10_000;

/** @returns how long the job waited for what a run had sent that wrote last `agoMs` ago */
async function waited(agoMs: number | null, before: (job: Job) => void = () => undefined): Promise<number[]> {
  const clock = new FakeClock();
  const job = new Job({ id: 'j', kind: 'restore', clock, log: silentLog });
  const unheardSince = agoMs === null ? null : new Date(clock.date().getTime() - agoMs);
  const sink = Object.assign(new MemorySink(new MemoryStore()), { unheardSince });
  before(job);
  const summary = await job.run(() => letLateOctetsArrive(job, sink, LATE_MS));
  expect(summary.state).toBe(job.signal.aborted ? 'stopped' : 'complete');
  return clock.sleeps;
}

describe('after a run that was cut off', () => {
  it('what it had sent has time to arrive, counted from when it wrote last', async () => {
    expect(await waited(3_000)).toEqual([7_000]);
    expect(await waited(LATE_MS)).toEqual([]);
    expect(await waited(null)).toEqual([]);
  });

  it('a wall clock that was set back costs no more than that', async () => {
    expect(await waited(-86_400_000)).toEqual([LATE_MS]);
  });

  it('the wait ends with the job', async () => {
    expect(await waited(0, (job) => job.cancel())).toEqual([]);
  });
});
