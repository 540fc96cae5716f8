/** Somebody sets the clock in the middle of a job; a laptop sleeps for an hour and wakes with its lines dead. */
import { afterAll, describe, expect, test } from 'vitest';
import type { FaultKind } from '../helpers/fault-proxy.ts';
import { openFaultyRuns } from './harness/faulty-run.ts';
import { removeWorkFolders } from './harness/work-folder.ts';

afterAll(removeWorkFolders);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SCENARIOS = ['backup', 'backup of what changed', 'restore', 'migrate'];
/** In the sign-in, while listing, in the transfer, at the end. */
const PLACES = [0.02, 0.25, 0.45, 0.65, 0.9];

describe('the wall clock jumps in the middle of a job', () => {
  test.each(SCENARIOS)('%s', async (name) => {
    const runs = await openFaultyRuns(name);
    const found: string[] = [];
    for (const place of PLACES) {
      for (const offsetMs of [-DAY_MS, 365 * DAY_MS]) {
        const at = Math.floor(runs.octets.down * place);
        // A short pause marks the place; the line is good.
        const run = await runs.run({ kind: 'delay', direction: 'down', at, ms: 20 }, true, (clock) => {
          clock.wallOffsetMs = offsetMs;
        });
        const told = `${offsetMs} ms at octet ${at}`;
        if (!run.hasStruck) found.push(`${told}: the job did not get there`);
        if (!run.isHealed) found.push(`${told}: the job did not go on`);
        if (run.deviation !== null) found.push(`${told}: ${run.deviation}`);
      }
    }
    await runs.close();
    expect(found).toEqual([]);
  });
});

/** How a line looks to who wakes: silent for ever, or closed by the other side, which has long given up. */
const ASLEEP: FaultKind[] = ['stall', 'reset', 'cut'];

describe('the machine sleeps for an hour in the middle of a job', () => {
  test.each(SCENARIOS)('%s', async (name) => {
    const runs = await openFaultyRuns(name);
    const found: string[] = [];
    let healed = 0;
    let slept = 0;
    for (const kind of ASLEEP) {
      for (const place of PLACES) {
        const at = Math.floor(runs.octets.down * place);
        const run = await runs.run({ kind, direction: 'down', at }, false, (clock) => clock.jump(HOUR_MS));
        if (run.hasStruck) slept++;
        if (run.isHealed) healed++;
        if (run.deviation !== null) found.push(`${kind} at octet ${at}: ${run.deviation}`);
        if (run.elapsedMs > 2 * HOUR_MS) found.push(`${kind} at octet ${at}: went on for ${run.elapsedMs} ms`);
      }
    }
    await runs.close();
    console.log(`${name}: slept ${slept} times, ${healed} jobs went on by themselves`);
    expect(found).toEqual([]);
    expect(slept).toBeGreaterThanOrEqual(ASLEEP.length * (PLACES.length - 1));
    expect(healed).toBeGreaterThan(slept / 3);
  });
});
