/** One job that is under way, as a view for windows and a record for the history. */
import type { JobException, JobReport, JobSnapshot } from '../../shared/job.ts';
import type { ExceptionView, JobRequest, JobView } from '../../shared/job-request.ts';
import type { JobHandle } from '../engine/engine.ts';
import type { Clock } from '../engine/ports.ts';
import { ExceptionNames } from './exception-names.ts';
import { Signal } from './follow.ts';
import type { JobRecord } from './job-records.ts';
import { startEngineJob, type StartParts } from './job-start.ts';
import { archiveIdOf } from './names.ts';
import { SpeedLog } from './speed-log.ts';

/** More than a person reads; the report has them all. */
const SHOWN_EXCEPTIONS = 1000;

export class RunningJob {
  readonly id: string;
  readonly request: JobRequest;
  /** False for jobs of the demo, which end with it. */
  readonly kept: boolean;
  /** The engine is done; nothing of it is open any more. */
  readonly ended: Promise<void>;
  /** The end has been noted everywhere. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
  readonly #handle: JobHandle;
  readonly #names: { from: string; to: string };
  readonly #ids: { accountId: string | null; archiveId: string | null };
  readonly #speed = new SpeedLog();
  readonly #exceptionNames: ExceptionNames;
  readonly #changed = new Signal();
  readonly #startedAt: string;
  readonly #first: boolean;
  #snapshot: JobSnapshot;
  #report: JobReport | null = null;

  constructor(request: JobRequest, parts: StartParts & { clock: Clock }, earlier: JobRecord[]) {
    this.request = request;
    this.#names = namesOf(request, parts);
    this.#ids = idsOf(request);
    this.#startedAt = parts.clock.date().toISOString();
    this.#first =
      request.kind === 'backup' && !parts.book.archive(archiveIdOf(request.folder)) && !hasEnded(request, earlier);
    this.kept = !isDemo(request, parts);
    this.#exceptionNames = new ExceptionNames(request, parts);
    this.#handle = startEngineJob(request, parts);
    this.id = this.#handle.id;
    this.#snapshot = this.#handle.snapshot();
    this.#handle.subscribe((snapshot) => {
      this.#snapshot = snapshot;
      this.#speed.add(snapshot);
      this.#changed.emit();
      if (snapshot.exceptionsTotal > 0) void this.#learn(false);
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.settled = promise;
    this.settle = resolve;
    this.ended = this.#handle.result.then(async () => {
      await this.#learn(true);
      this.#snapshot = this.#handle.snapshot();
      this.#report = this.#handle.report();
    });
  }

  subscribe(listener: () => void): () => void {
    return this.#changed.subscribe(listener);
  }

  get snapshot(): JobSnapshot {
    return this.#snapshot;
  }

  pause(): void {
    this.#handle.pause();
  }

  resume(): void {
    this.#handle.resume();
  }

  cancel(): void {
    this.#handle.cancel();
  }

  /** Two jobs must not write into one archive, nor into one account. */
  collidesWith(request: JobRequest): boolean {
    const mine = placesOf(this.request);
    return placesOf(request).some((place) => mine.includes(place));
  }

  record(): JobRecord {
    const { request, id } = this;
    return { version: 1, id, request, ...this.#ids, view: this.#view(), report: this.#report, continuedBy: null };
  }

  async #learn(last: boolean): Promise<void> {
    if (await this.#exceptionNames.learn(this.#handle.exceptionsFrom(0), last)) this.#changed.emit();
  }

  #toView(exception: JobException): ExceptionView {
    const named = this.#exceptionNames.of(exception);
    const canRetry = exception.outcome === 'failed' && exception.code !== 'message-too-large';
    return { ...exception, subject: named?.subject ?? null, date: named?.date ?? null, canRetry };
  }

  #view(): JobView {
    const { exceptions: _, ...snapshot } = this.#snapshot;
    const from = Math.max(0, snapshot.exceptionsTotal - SHOWN_EXCEPTIONS);
    return {
      id: this.id,
      request: this.request,
      fromName: this.#names.from,
      toName: this.#names.to,
      snapshot,
      exceptions: this.#handle.exceptionsFrom(from).map((e) => this.#toView(e)),
      speed: this.#speed.samples(),
      startedAt: this.#startedAt,
      endedAt: this.#report?.endedAt ?? null,
      encryption: null,
      resumable: false,
      first: this.#first,
      failure: snapshot.failure,
    };
  }
}

function hasEnded(request: Extract<JobRequest, { kind: 'backup' }>, earlier: JobRecord[]): boolean {
  return earlier.some((r) => r.request.kind === 'backup' && r.request.folder === request.folder && r.report !== null);
}

function namesOf(request: JobRequest, { accounts, archives, book }: StartParts): { from: string; to: string } {
  const archiveName = (id: string) => archives.get(id).name;
  switch (request.kind) {
    case 'backup': {
      const known = book.archive(archiveIdOf(request.folder));
      return { from: accounts.get(request.accountId).name, to: known?.folder ?? request.folder };
    }
    case 'restore':
      return { from: archiveName(request.archiveId), to: accounts.get(request.accountId).name };
    case 'migrate':
      return { from: accounts.get(request.accountId).name, to: accounts.get(request.targetId).name };
    case 'verify': {
      const name = archiveName(request.archiveId);
      return { from: name, to: request.againstAccountId ? accounts.get(request.againstAccountId).name : name };
    }
  }
}

function idsOf(request: JobRequest): { accountId: string | null; archiveId: string | null } {
  switch (request.kind) {
    case 'backup':
      return { accountId: request.accountId, archiveId: archiveIdOf(request.folder) };
    case 'restore':
      return { accountId: request.accountId, archiveId: request.archiveId };
    case 'migrate':
      return { accountId: request.accountId, archiveId: null };
    case 'verify':
      return { accountId: request.againstAccountId, archiveId: request.archiveId };
  }
}

/** Those that a job signs in to. */
export function accountsOf(request: JobRequest): string[] {
  switch (request.kind) {
    case 'backup':
    case 'restore':
      return [request.accountId];
    case 'migrate':
      return [request.accountId, request.targetId];
    case 'verify':
      return request.againstAccountId === null ? [] : [request.againstAccountId];
  }
}

/** What a job writes to. */
function placesOf(request: JobRequest): string[] {
  switch (request.kind) {
    case 'backup':
      return [`archive ${archiveIdOf(request.folder)}`];
    case 'restore':
      return [`account ${request.accountId}`];
    case 'migrate':
      return [`account ${request.targetId}`];
    case 'verify':
      return [`archive ${request.archiveId}`];
  }
}

function isDemo(request: JobRequest, { book }: StartParts): boolean {
  const { accountId } = idsOf(request);
  return accountId !== null && book.account(accountId)?.demo === true;
}
