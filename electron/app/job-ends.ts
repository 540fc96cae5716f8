/** What follows from the end of a job, and what the computer shows while jobs run. */
import type { JobBrief } from '../../shared/app.ts';
import type { Accounts } from './accounts.ts';
import type { AppPorts } from './app.ts';
import type { Archives } from './archives.ts';
import type { Book } from './document.ts';
import type { Activity } from './host.ts';
import type { JobDesk } from './job-desk.ts';
import type { JobRecord } from './job-records.ts';
import { endNotice, languageOf } from './notices.ts';
import type { Overviews } from './overview.ts';

export interface JobEndsParts {
  ports: AppPorts;
  book: Book;
  accounts: Accounts;
  archives: Archives;
  overviews: Overviews;
}

/** A task bar need not move more often. */
const ACTIVITY_EVERY_MS = 500;

export class JobEnds {
  readonly #parts: JobEndsParts;
  #toldMs = -Infinity;
  #told: Activity = { running: 0, doneFraction: null, keepAwake: false };

  constructor(parts: JobEndsParts) {
    this.#parts = parts;
  }

  async note(record: JobRecord): Promise<void> {
    const { ports, book, accounts, archives, overviews } = this.#parts;
    const { request, view } = record;
    const now = ports.clock.date().toISOString();
    if (request.kind === 'backup') {
      const demo = book.account(request.accountId)?.demo === true;
      const archiveId = await archives.refresh(request.folder, demo).catch(() => null);
      const { state, counts } = view.snapshot;
      book.change((d) => {
        const account = d.accounts.find((a) => a.id === request.accountId);
        if (!account) return;
        if (archiveId !== null) account.archiveId = archiveId;
        account.lastBackup = { jobId: record.id, endedAt: now, state, failed: counts.failed };
      });
      if (book.account(request.accountId)) overviews.forget(accounts.get(request.accountId).id);
    }
    if (request.kind === 'restore') overviews.forget(request.accountId);
    if (request.kind === 'migrate') overviews.forget(request.targetId);
    if (request.kind === 'verify' && request.againstAccountId === null && view.snapshot.state === 'complete') {
      archives.verified(request.archiveId, now);
    }
    this.#notify(record);
  }

  /** Changes of the progress alone wait for the next ones; that a job began, paused or ended is told at once. */
  tellActivity(jobs: JobDesk): void {
    const { host, clock } = this.#parts.ports;
    const activity = this.#activityOf(jobs);
    const { running, keepAwake } = this.#told;
    const nowMs = clock.now();
    const isSame = activity.running === running && activity.keepAwake === keepAwake;
    if (isSame && (running === 0 || nowMs - this.#toldMs < ACTIVITY_EVERY_MS)) return;
    this.#told = activity;
    this.#toldMs = nowMs;
    host.activity(activity);
  }

  #activityOf(jobs: JobDesk): Activity {
    const running = jobs.running().filter((job) => job.snapshot.phase !== 'finished');
    const done = running.reduce((sum, { snapshot }) => sum + snapshot.doneBytes, 0);
    const planned = running.reduce<number | null>(
      (sum, { snapshot }) => (sum === null || snapshot.plannedBytes === null ? null : sum + snapshot.plannedBytes),
      0,
    );
    const { settings } = this.#parts.book.document;
    return {
      running: running.length,
      doneFraction: planned === null || planned === 0 ? null : Math.min(1, done / planned),
      keepAwake: settings.keepAwake && running.some(({ snapshot }) => snapshot.state === 'running'),
    };
  }

  #notify({ id, request, view }: JobRecord): void {
    const { ports, book } = this.#parts;
    if (!book.document.settings.notify) return;
    const { counts, state, phase } = view.snapshot;
    const told: Pick<JobBrief, 'state' | 'counts' | 'kind' | 'fromName'> = {
      ...{ state, counts, kind: request.kind, fromName: view.fromName },
    };
    const notice = endNotice(told, languageOf(book.document.settings, ports.systemLanguage));
    if (notice) ports.host.jobEnded({ jobId: id, state, phase, ...notice });
  }
}
