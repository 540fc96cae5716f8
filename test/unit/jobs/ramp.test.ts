import { expect, test } from 'vitest';
import { Ramp } from '../../../electron/engine/jobs/ramp.ts';
import type { Clock } from '../../../electron/engine/ports.ts';

/** Looks once on a machine of two processors; the shares are of one. @param idle null: the host does not know */
function look(cpu: number, idle: number | null, roundTripMs = 1): Promise<boolean> {
  let ms = 5000;
  const clock: Clock = {
    now: () => ms,
    date: () => new Date(ms),
    sleep: async (more) => void (ms += more),
    cpuMs: () => cpu * ms,
    ...(idle === null ? {} : { idleMs: () => idle * ms }),
  };
  return new Ramp(clock).look(new AbortController().signal, () => roundTripMs);
}

test('another lane helps while we wait for the line and a processor lies idle', async () => {
  expect(await look(0.1, 1.9)).toBe(true);
  expect(await look(0.1, null)).toBe(true);
});

test('it does not while we are busy ourselves', async () => {
  expect(await look(0.6, 1.4)).toBe(false);
});

test('it does not while others use the processors, however little we get of them', async () => {
  expect(await look(0.1, 0.2)).toBe(false);
});

test('it does when the server is far away, whatever others do', async () => {
  expect(await look(0.1, 0.2, 40)).toBe(true);
  expect(await look(0.6, 0.2, 40)).toBe(false);
});
