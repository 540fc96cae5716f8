/** A started job as hosts hold it: look, pause, go on, stop, and the report at the end. */
import { randomUUID } from 'node:crypto';
import type { JobException, JobKind, JobReport, JobSnapshot, JobSummary } from '../../../shared/job.ts';
import type { Clock, Log } from '../ports.ts';
import { Job, type SnapshotListener } from './job.ts';
import { withAll, type Own } from './with-all.ts';

export interface JobHandle {
  readonly id: string;
  readonly kind: JobKind;
  snapshot(): JobSnapshot;
  /** Called at once and then at most ten times a second; returns how to stop it. */
  subscribe(listener: SnapshotListener): () => void;
  pause(): void;
  resume(): void;
  /** Stop cleanly: what is under way is made durable. */
  cancel(): void;
  /** Never rejects; what went wrong is in the summary. */
  readonly result: Promise<JobSummary>;
  /** Exceptions from the nth on, in the order they occurred. */
  exceptionsFrom(n: number): JobException[];
  report(): JobReport;
}

export interface StartOptions {
  kind: JobKind;
  from: string;
  to: string;
  clock: Clock;
  log: Log;
}

/** Begins at once. What `own` was given is closed before the job ends, so that its durability counts as its end. */
export function startJob(
  { kind, from, to, clock, log }: StartOptions,
  body: (job: Job, own: Own) => Promise<void>,
): JobHandle {
  const job = new Job({ id: randomUUID(), kind, clock, log });
  const startedAt = clock.date().toISOString();
  let endedAt = startedAt;
  const result = job
    .run(() => withAll((own) => body(job, own)))
    .then((summary) => {
      endedAt = clock.date().toISOString();
      return summary;
    });
  return {
    id: job.id,
    kind,
    snapshot: () => job.snapshot(),
    subscribe: (listener) => job.subscribe(listener),
    pause: () => job.pause(),
    resume: () => job.resume(),
    cancel: () => job.cancel(),
    result,
    exceptionsFrom: (n) => job.accounting.exceptions.slice(n),
    report: () => ({ summary: job.summary(), mailboxes: job.snapshot().mailboxes, from, to, startedAt, endedAt }),
  };
}
