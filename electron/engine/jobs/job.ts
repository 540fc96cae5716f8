/** A job as a state machine: pause, resume, cancel, and whole-state snapshots at most ten a second. */
import type { Failure } from '../../../shared/failure.ts';
import type { JobKind, JobPhase, JobSnapshot, JobState, JobSummary, Proof } from '../../../shared/job.ts';
import { EngineError, toEngineError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { SinkLane } from '../sink.ts';
import { Accounting, openCount } from './accounting.ts';
import { SlidingRate } from './rate.ts';

const SNAPSHOT_INTERVAL_MS = 100;
/** With 100,000 folders a snapshot is work: it may take a tenth of the time, not all of it. */
const INTERVALS_PER_SNAPSHOT = 10;
const SNAPSHOT_EXCEPTIONS = 200;

export interface JobOptions {
  id: string;
  kind: JobKind;
  clock: Clock;
  log: Log;
}

export type SnapshotListener = (snapshot: JobSnapshot) => void;

export class Job {
  readonly id: string;
  readonly kind: JobKind;
  readonly clock: Clock;
  readonly log: Log;
  readonly accounting = new Accounting();
  connections = 0;
  /** Lanes that take octets before they are on their way: those do not count as done. */
  readonly holding = new Set<Pick<SinkLane, 'heldBytes'>>();
  waiting: JobSnapshot['waiting'] = null;
  proof: Proof | null = null;
  #phase: JobPhase = 'connecting';
  #state: JobState = 'running';
  #failure: Failure | null = null;
  readonly #startedMs: number;
  #endedMs: number | null = null;
  readonly #abort = new AbortController();
  #rate = new SlidingRate();
  readonly #listeners = new Set<SnapshotListener>();
  #nextSnapshotMs = -Infinity;
  #resumed: { promise: Promise<void>; resolve: () => void } | null = null;
  #workers = 0;
  #parked = 0;

  constructor({ id, kind, clock, log }: JobOptions) {
    this.id = id;
    this.kind = kind;
    this.clock = clock;
    this.log = log;
    this.#startedMs = clock.now();
  }

  /** Aborted by cancel(): lanes close, what is in hand is made durable, the job ends 'stopped'. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get state(): JobState {
    return this.#state;
  }

  set phase(phase: JobPhase) {
    this.#phase = phase;
    // Signing in and looking are no part of the rate.
    this.#rate = new SlidingRate();
    this.touch(true);
  }

  /** Run to the end. Never rejects: what went wrong is in the summary. */
  async run(body: () => Promise<void>): Promise<JobSummary> {
    try {
      await body();
      this.accounting.assertComplete();
      const { failed } = this.accounting.counts();
      const broken = this.accounting.exceptions.some((e) => e.uid === null && e.outcome === 'failed');
      this.#end(failed > 0 || broken ? 'incomplete' : 'complete', null);
    } catch (error) {
      if (this.#abort.signal.aborted) this.#end('stopped', null);
      else this.#end('failed', toEngineError(error).toFailure());
      this.log.warn('job-ended-early', {
        id: this.id,
        error: error instanceof EngineError ? error.code : String(error),
      });
    }
    return this.summary();
  }

  pause(): void {
    if (this.#state !== 'running') return;
    let resolve = (): void => undefined;
    const promise = new Promise<void>((done) => (resolve = done));
    this.#resumed = { promise, resolve };
    this.#state = this.#parked === this.#workers && this.#workers > 0 ? 'paused' : 'pausing';
    this.touch(true);
  }

  resume(): void {
    if (this.#state !== 'pausing' && this.#state !== 'paused') return;
    this.#state = 'running';
    this.#rate = new SlidingRate();
    this.#resumed?.resolve();
    this.#resumed = null;
    this.touch(true);
  }

  cancel(): void {
    if (this.#endedMs !== null || this.#abort.signal.aborted) return;
    this.#resumed?.resolve();
    this.#resumed = null;
    this.#state = 'stopping';
    this.#abort.abort(new EngineError('cancelled', 'The job was stopped. Run it again to go on where it stopped.'));
    this.touch(true);
  }

  throwIfCancelled(): void {
    this.#abort.signal.throwIfAborted();
  }

  /** Workers call this between two units of work, with nothing of theirs left undurable when it pauses. */
  async gate(beforeParking: () => Promise<void>): Promise<void> {
    this.throwIfCancelled();
    while (this.#resumed) {
      await beforeParking();
      const resumed = this.#resumed as { promise: Promise<void> } | null;
      if (!resumed) return;
      this.#parked++;
      if (this.#parked === this.#workers && this.#state === 'pausing') this.#state = 'paused';
      this.touch(true);
      try {
        await resumed.promise;
      } finally {
        this.#parked--;
      }
      this.throwIfCancelled();
    }
  }

  /** Count a worker for pausing: the job is paused when all of them are parked. */
  async working<T>(body: () => Promise<T>): Promise<T> {
    this.#workers++;
    try {
      return await body();
    } finally {
      this.#workers--;
      if (this.#state === 'pausing' && this.#parked === this.#workers) this.#state = 'paused';
    }
  }

  subscribe(listener: SnapshotListener): () => void {
    this.#listeners.add(listener);
    listener(this.snapshot());
    return () => this.#listeners.delete(listener);
  }

  /** Something changed. Cheap: listeners hear of it at most ten times a second, and always of a change of state. */
  touch(always = false): void {
    const now = this.clock.now();
    if (!always && now < this.#nextSnapshotMs) return;
    this.#tell(now);
    const tookMs = this.clock.now() - now;
    this.#nextSnapshotMs = now + Math.max(SNAPSHOT_INTERVAL_MS, INTERVALS_PER_SNAPSHOT * tookMs);
  }

  #tell(now: number): void {
    const counts = this.accounting.counts();
    this.#rate.add(now, counts.planned - openCount(counts) - counts.duplicate, this.#bytes().done);
    if (this.#listeners.size === 0) return;
    const snapshot = this.snapshot();
    for (const listener of this.#listeners) listener(snapshot);
  }

  snapshot(): JobSnapshot {
    const { accounting } = this;
    const counts = accounting.counts();
    const { done, planned } = this.#bytes();
    const now = this.clock.now();
    const rate = this.#rate.perSecond(now);
    const left = { messages: openCount(counts), bytes: planned === null ? null : Math.max(0, planned - done) };
    return {
      id: this.id,
      kind: this.kind,
      state: this.#state,
      phase: this.#phase,
      counts,
      doneBytes: done,
      plannedBytes: planned,
      messagesPerSecond: rate.messages,
      bytesPerSecond: rate.bytes,
      elapsedMs: this.#elapsedMs(),
      etaMs: this.#phase === 'transferring' && this.#state === 'running' ? this.#rate.leftMs(now, left) : null,
      connections: this.connections,
      waiting: this.waiting,
      mailboxes: accounting.mailboxes.map((m) => m.progress()),
      exceptions: accounting.exceptions.slice(-SNAPSHOT_EXCEPTIONS),
      exceptionsTotal: accounting.exceptions.length,
      proof: this.proof === null ? null : { ...this.proof },
      failure: this.#failure,
    };
  }

  summary(): JobSummary {
    return {
      kind: this.kind,
      state: this.#state,
      ...this.accounting.counts(),
      bytes: this.accounting.bytes().done,
      elapsedMs: Math.round(this.#elapsedMs()),
      exceptions: [...this.accounting.exceptions],
      failure: this.#failure,
    };
  }

  #end(state: JobState, failure: Failure | null): void {
    this.#state = state;
    this.#failure = failure;
    this.#phase = 'finished';
    this.#endedMs = this.clock.now();
    this.touch(true);
  }

  #bytes(): { done: number; planned: number | null } {
    const { done, planned } = this.accounting.bytes();
    let held = 0;
    for (const lane of this.holding) held += lane.heldBytes?.() ?? 0;
    return { done: Math.max(0, done - held), planned };
  }

  #elapsedMs(): number {
    return (this.#endedMs ?? this.clock.now()) - this.#startedMs;
  }
}
