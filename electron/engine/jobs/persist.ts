/** For the steps around the transfer loop: a line that breaks between two commands is no reason to end the job. */
import type { Job } from './job.ts';
import { Backoff, type RetryPolicy } from './retry.ts';

/**
 * Run a step that may be run again from its beginning, until it is through.
 *
 * Not for the first connection of a job: a wrong port or host has to be told at once.
 *
 * @throws EngineError what another try would not mend, or the last error when the policy's tries are used up
 */
export async function persist<T>(job: Job, policy: RetryPolicy, step: () => Promise<T>): Promise<T> {
  const backoff = new Backoff(job.clock, policy, (reason, ms) => {
    job.log.warn('step-repeated', { reason, waitMs: ms });
    job.waiting = { reason, untilMs: job.clock.date().getTime() + ms };
    job.touch(true);
  });
  for (;;) {
    try {
      const result = await step();
      job.waiting = null;
      return result;
    } catch (error) {
      job.throwIfCancelled();
      await backoff.wait(error, job.signal);
    }
  }
}
