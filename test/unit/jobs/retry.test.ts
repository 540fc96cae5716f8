import { describe, expect, it } from 'vitest';
import { classifyResponse } from '../../../electron/engine/imap/classify-response.ts';
import { EngineError } from '../../../electron/engine/errors.ts';
import { Backoff, DEFAULT_RETRY } from '../../../electron/engine/jobs/retry.ts';
import { connectionLost, FakeClock } from '../../helpers/memory.ts';

const backoff = (clock: FakeClock): Backoff => new Backoff(clock, DEFAULT_RETRY, () => undefined);

describe('Backoff', () => {
  it('waits as long as a throttling server asks for, in the very words of Exchange', async () => {
    const clock = new FakeClock();
    const text = 'Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    await backoff(clock).wait(classifyResponse('BAD', null, text, 'fetch'));
    expect(clock.sleeps).toEqual([92_415]);
  });

  it('doubles from a second to a minute, then gives the error up', async () => {
    const clock = new FakeClock();
    const tries = backoff(clock);
    for (let i = 0; i < DEFAULT_RETRY.maxTries; i++) await tries.wait(connectionLost());
    expect(clock.sleeps).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((s) => s * 1000));
    await expect(tries.wait(connectionLost())).rejects.toMatchObject({ code: 'connection-lost' });
  });

  it('starts from the shortest wait again after progress', async () => {
    const clock = new FakeClock();
    const tries = backoff(clock);
    await tries.wait(connectionLost());
    tries.progress();
    await tries.wait(connectionLost());
    expect(clock.sleeps).toEqual([1000, 1000]);
  });

  it('does not wait for what waiting cannot mend', async () => {
    const full = new EngineError('over-quota', 'Full.', { scope: 'account', retry: 'later' });
    await expect(backoff(new FakeClock()).wait(full)).rejects.toBe(full);
  });
});
