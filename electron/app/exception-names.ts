/** Subjects and dates for a job's exceptions, so that a person recognises the messages. Best effort, never in the way. */
import type { JobException } from '../../shared/job.ts';
import type { JobRequest } from '../../shared/job-request.ts';
import { placeKey, type MessagePlace } from '../engine/engine.ts';
import type { StartParts } from './job-start.ts';

interface Named {
  subject: string;
  date: string | null;
}

/** Enough to read through; the rest stays with its folder and number. */
const MAX_NAMED = 300;
const EVERY_MS = 4000;

export class ExceptionNames {
  readonly #request: JobRequest;
  readonly #parts: StartParts & { clock: { now(): number } };
  readonly #names = new Map<string, Named>();
  readonly #asked = new Set<string>();
  #busy: Promise<void> | null = null;
  #lastMs = -Infinity;

  constructor(request: JobRequest, parts: StartParts & { clock: { now(): number } }) {
    this.#request = request;
    this.#parts = parts;
  }

  of(exception: JobException): Named | null {
    return exception.uid === null ? null : (this.#names.get(keyOf(exception)) ?? null);
  }

  /** While the job runs, now and then; at its end, once more. */
  async learn(exceptions: JobException[], last: boolean): Promise<boolean> {
    const nowMs = this.#parts.clock.now();
    if (!last && (this.#busy !== null || nowMs - this.#lastMs < EVERY_MS)) return false;
    await this.#busy;
    const wanted = exceptions
      .filter((e): e is JobException & { uid: number } => e.uid !== null && !this.#asked.has(keyOf(e)))
      .slice(0, Math.max(0, MAX_NAMED - this.#asked.size));
    if (wanted.length === 0) return false;
    this.#lastMs = nowMs;
    for (const e of wanted) this.#asked.add(keyOf(e));
    this.#busy = this.#look(wanted)
      .catch(() => undefined)
      .finally(() => (this.#busy = null));
    await this.#busy;
    return true;
  }

  async #look(places: (JobException & { uid: number })[]): Promise<void> {
    const request = this.#request;
    const { engine, accounts } = this.#parts;
    if (request.kind === 'restore' || request.kind === 'verify') return this.#lookInArchive(request.archiveId, places);
    const found = await engine.describe(accounts.access(request.accountId), places);
    for (const place of places) {
      const envelope = found.get(placeKey(place));
      if (envelope) this.#names.set(keyOf(place), { subject: envelope.subject, date: envelope.sentDate || null });
    }
  }

  async #lookInArchive(archiveId: string, places: (MessagePlace & JobException)[]): Promise<void> {
    const archive = await this.#parts.archives.openReader(archiveId);
    try {
      for (const place of places) {
        try {
          const message = archive.message(place.mailbox, archive.currentUidValidity(place.mailbox), place.uid);
          this.#names.set(keyOf(place), {
            subject: message.subject,
            date: message.sentDate || message.internalDate,
          });
        } catch {
          // Of an older generation: it stays with its number.
        }
      }
    } finally {
      await archive.close();
    }
  }
}

const keyOf = ({ mailbox, uid }: { mailbox: string; uid: number | null }): string => `${uid} ${mailbox}`;
