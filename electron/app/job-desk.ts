/** Jobs as the window has them: running ones, and the history. */
import type { JobBrief } from '../../shared/app.ts';
import type { JobReport } from '../../shared/job.ts';
import type { JobPlan, JobRequest, JobView } from '../../shared/job-request.ts';
import { EngineError } from '../engine/errors.ts';
import type { Clock } from '../engine/ports.ts';
import { follow, Signal } from './follow.ts';
import { JobRecords, type JobRecord } from './job-records.ts';
import { planJob, type StartParts } from './job-start.ts';
import { accountsOf, RunningJob } from './running-job.ts';

export interface JobDeskParts extends StartParts {
  clock: Clock;
  folder: string;
  onChange: () => void;
  /** After the record is kept: refresh what the job changed, tell the user. */
  onEnd: (record: JobRecord) => Promise<void>;
}

/** The window draws four times a second at most. */
const EVERY_MS = 250;

export class JobDesk {
  readonly #parts: JobDeskParts;
  readonly #records: JobRecords;
  readonly #running = new Map<string, RunningJob>();
  readonly #ended = new Signal();
  #closing = false;

  constructor(parts: JobDeskParts) {
    this.#parts = parts;
    this.#records = new JobRecords(parts.folder);
  }

  list(): JobBrief[] {
    return this.#records.all().map((record) => briefOf(this.#current(record)));
  }

  running(): RunningJob[] {
    return [...this.#running.values()];
  }

  plan(request: JobRequest): Promise<JobPlan> {
    if (request.kind === 'restore' || request.kind === 'migrate') return planJob(request, this.#parts);
    throw new EngineError('usage', 'Only restoring and moving have a preview.');
  }

  /**
   * @throws EngineError 'archive-locked' when a job is at work on the same archive or account; 'secret-missing',
   *   'vault-locked' when a password has to be given first: better than a job that ends at once
   */
  async start(request: JobRequest): Promise<string> {
    for (const id of accountsOf(request)) await this.#parts.accounts.access(id).credential();
    if (this.#closing) throw new EngineError('cancelled', 'Mailferry is closing.');
    const busy = this.running().find((job) => job.collidesWith(request));
    if (busy) {
      throw new EngineError('archive-locked', 'A job is at work there already. Wait until it has ended, or stop it.', {
        retry: 'later',
        details: { jobId: busy.id },
      });
    }
    const job = new RunningJob(request, this.#parts, this.#records.all());
    this.#running.set(job.id, job);
    job.subscribe(this.#parts.onChange);
    this.#records.put(job.record(), job.kept);
    this.#parts.onChange();
    void job.ended.then(() => this.#end(job));
    return job.id;
  }

  /** Goes on where the job stopped; what failed is tried again. */
  async again(id: string): Promise<string> {
    const record = this.#record(id);
    if (this.#running.has(id)) throw new EngineError('usage', 'This job is running.');
    const next = await this.start(record.request);
    this.#records.put({ ...record, continuedBy: next }, this.#running.get(next)?.kept ?? true);
    this.#parts.onChange();
    return next;
  }

  watch(id: string, signal?: AbortSignal): AsyncGenerator<JobView, void, void> {
    this.#record(id);
    return follow(
      {
        read: () => this.#current(this.#record(id)).view,
        subscribe: (listener) => {
          const stops = [this.#ended.subscribe(listener), this.#running.get(id)?.subscribe(listener)];
          return () => {
            for (const stop of stops) stop?.();
          };
        },
        ended: () => !this.#running.has(id),
      },
      this.#parts.clock,
      EVERY_MS,
      signal,
    );
  }

  pause(id: string): void {
    this.#running.get(id)?.pause();
  }

  resume(id: string): void {
    this.#running.get(id)?.resume();
  }

  cancel(id: string): void {
    this.#running.get(id)?.cancel();
  }

  report(id: string): JobReport {
    const { report } = this.#record(id);
    if (!report) throw new EngineError('usage', 'This job has no report: it did not come to an end.');
    return report;
  }

  remove(id: string): void {
    if (this.#running.has(id)) throw new EngineError('usage', 'This job is running. Stop it first.');
    this.#records.remove(id);
    this.#parts.onChange();
  }

  /** What is under way is made durable; every job can be gone on with at the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    const jobs = this.running();
    for (const job of jobs) job.cancel();
    await Promise.all(jobs.map((job) => job.settled));
  }

  async #end(job: RunningJob): Promise<void> {
    const record = job.record();
    this.#records.put(record, job.kept);
    this.#running.delete(job.id);
    try {
      await this.#parts.onEnd(record);
    } finally {
      this.#ended.emit();
      this.#parts.onChange();
      job.settle();
    }
  }

  #record(id: string): JobRecord {
    const record = this.#records.get(id);
    if (!record) throw new EngineError('usage', 'This job is no longer in the history.');
    return record;
  }

  #current(record: JobRecord): JobRecord {
    const running = this.#running.get(record.id)?.record() ?? record;
    const { view } = running;
    return { ...running, view: { ...view, resumable: this.#isResumable(running) } };
  }

  #isResumable({ id, view, continuedBy, accountId, archiveId, request }: JobRecord): boolean {
    const { book } = this.#parts;
    if (this.#running.has(id) || continuedBy !== null || request.kind === 'verify') return false;
    if (accountId !== null && !book.account(accountId)) return false;
    if (request.kind === 'restore' && archiveId !== null && !book.archive(archiveId)) return false;
    return ['stopped', 'failed', 'incomplete'].includes(view.snapshot.state);
  }
}

function briefOf({ id, request, accountId, archiveId, view }: JobRecord): JobBrief {
  const { snapshot, fromName, toName, startedAt, endedAt, resumable } = view;
  const { state, phase, counts, doneBytes, plannedBytes } = snapshot;
  const settled = counts.stored + counts.duplicate + counts.skipped + counts.vanished + counts.failed;
  const byBytes = plannedBytes === null || plannedBytes === 0 ? null : Math.min(1, doneBytes / plannedBytes);
  const byCount = counts.planned === 0 ? null : settled / counts.planned;
  return {
    ...{ id, kind: request.kind, state, phase, fromName, toName, accountId, archiveId, startedAt, endedAt, resumable },
    ...{ counts, bytes: doneBytes, doneFraction: byBytes ?? byCount },
  };
}
