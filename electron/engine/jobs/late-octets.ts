/** Octets that a run left with the operating system, or with the line, when it was cut off. */
import type { Sink } from '../sink.ts';
import type { Job } from './job.ts';

/**
 * What a killed process had handed over is sent all the same, and a server stores it when it comes. A look at the target
 * before that does not find it, and it would be sent twice: so there is none until it must have come.
 *
 * @param lateMs how long that may take, counted from the last thing the earlier run wrote down
 */
export async function letLateOctetsArrive(job: Job, sink: Sink, lateMs: number): Promise<void> {
  if (!sink.unheardSince) return;
  const nowMs = job.clock.date().getTime();
  // A wall clock that was set back must not make a job wait for days.
  const leftMs = Math.min(lateMs, sink.unheardSince.getTime() + lateMs - nowMs);
  if (leftMs <= 0) return;
  const reason = 'The run before was cut off just now, and what it had sent may still be on its way.';
  job.waiting = { reason, untilMs: nowMs + leftMs };
  job.touch(true);
  await job.clock.sleep(leftMs, job.signal).catch(() => undefined);
  job.throwIfCancelled();
  job.waiting = null;
}
