/** The history of jobs on disk: one file each, written when a job starts and when it ends. */
import fs from 'node:fs';
import path from 'node:path';
import type { JobReport, JobState } from '../../shared/job.ts';
import type { JobRequest, JobView } from '../../shared/job-request.ts';

export interface JobRecord {
  version: 1;
  id: string;
  request: JobRequest;
  accountId: string | null;
  archiveId: string | null;
  /** The last view; its `snapshot.state` is what the job ended as. */
  view: JobView;
  /** null until it ended. */
  report: JobReport | null;
  /** The job that went on with this one. */
  continuedBy: string | null;
}

const KEPT = 300;
const UNFINISHED: ReadonlySet<JobState> = new Set(['running', 'pausing', 'paused', 'stopping']);

export class JobRecords {
  readonly #folder: string;
  readonly #records = new Map<string, JobRecord>();

  /** Jobs that were running when the app ended, by closing or by a crash, are stopped and can be gone on with. */
  constructor(folder: string) {
    this.#folder = folder;
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = fs
      .readdirSync(folder)
      .flatMap((name) => readRecord(path.join(folder, name)))
      .sort((a, b) => b.view.startedAt.localeCompare(a.view.startedAt));
    for (const record of found.slice(0, KEPT)) this.#records.set(record.id, interrupted(record));
    for (const record of found.slice(KEPT)) this.#unlink(record.id);
  }

  /** Newest first. */
  all(): JobRecord[] {
    return [...this.#records.values()].sort((a, b) => b.view.startedAt.localeCompare(a.view.startedAt));
  }

  get(id: string): JobRecord | undefined {
    return this.#records.get(id);
  }

  /** @param keep false: only until the app closes, for demo jobs */
  put(record: JobRecord, keep: boolean): void {
    this.#records.set(record.id, record);
    if (!keep) return;
    const file = this.#file(record.id);
    fs.writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    fs.renameSync(`${file}.new`, file);
  }

  remove(id: string): void {
    this.#records.delete(id);
    this.#unlink(id);
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }

  #unlink(id: string): void {
    fs.rmSync(this.#file(id), { force: true });
  }
}

function readRecord(file: string): JobRecord[] {
  if (!file.endsWith('.json')) return [];
  try {
    const record = JSON.parse(fs.readFileSync(file, 'utf8')) as JobRecord;
    return record.version === 1 && typeof record.id === 'string' && record.view.id === record.id ? [record] : [];
  } catch {
    return [];
  }
}

function interrupted(record: JobRecord): JobRecord {
  const { view } = record;
  if (!UNFINISHED.has(view.snapshot.state)) return record;
  const snapshot = { ...view.snapshot, state: 'stopped' as const, etaMs: null, waiting: null, connections: 0 };
  return { ...record, view: { ...view, snapshot, endedAt: view.endedAt ?? view.startedAt, resumable: true } };
}
