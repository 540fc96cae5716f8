/** Every planned message ends in exactly one counter, and what needs a word gets one. */
import type { FailureCode } from '../../../shared/failure.ts';
import type { Counts, JobException, MailboxProgress, Outcome } from '../../../shared/job.ts';
import { EngineError } from '../errors.ts';

export function noCounts(): Counts {
  return { planned: 0, stored: 0, duplicate: 0, skipped: 0, vanished: 0, failed: 0 };
}

const COUNTERS = ['planned', 'stored', 'duplicate', 'skipped', 'vanished', 'failed'] as const;

/** Messages planned and not accounted for yet. */
export function openCount(counts: Counts): number {
  return counts.planned - counts.stored - counts.duplicate - counts.skipped - counts.vanished - counts.failed;
}

export class MailboxAccount {
  readonly path: string;
  targetPath: string;
  readonly counts: Counts = noCounts();
  doneBytes = 0;
  plannedBytes: number | null = null;
  state: MailboxProgress['state'] = 'waiting';
  readonly #report: (exception: JobException) => void;

  constructor(path: string, targetPath: string, report: (exception: JobException) => void) {
    this.path = path;
    this.targetPath = targetPath;
    this.#report = report;
  }

  /** Account for one planned message. A remark with 'stored' tells what was not kept. */
  settle(uid: number, outcome: Outcome, remark?: { code: FailureCode; reason: string }): void {
    this.counts[outcome]++;
    if (remark) this.remark(uid, outcome, remark.code, remark.reason);
  }

  /** A word about a message (or the mailbox, uid null) that is counted elsewhere. */
  remark(uid: number | null, outcome: Outcome, code: FailureCode, reason: string): void {
    this.#report({ mailbox: this.path, uid, outcome, code, reason });
  }

  /** A message that was settled as stored turns out not to be there. */
  restate(uid: number, from: Outcome, to: Outcome, code: FailureCode, reason: string): void {
    this.counts[from]--;
    this.settle(uid, to, { code, reason });
  }

  /** The mailbox as a whole cannot be read or written: what is open fails with it. */
  fail(code: FailureCode, reason: string): void {
    this.counts.failed += openCount(this.counts);
    this.state = 'failed';
    this.remark(null, 'failed', code, reason);
  }

  progress(): MailboxProgress {
    const { path, targetPath, doneBytes, plannedBytes, state } = this;
    return { path, targetPath, counts: { ...this.counts }, doneBytes, plannedBytes, state };
  }
}

export class Accounting {
  readonly mailboxes: MailboxAccount[] = [];
  readonly exceptions: JobException[] = [];

  mailbox(path: string, targetPath: string): MailboxAccount {
    const account = new MailboxAccount(path, targetPath, (exception) => this.exceptions.push(exception));
    this.mailboxes.push(account);
    return account;
  }

  counts(): Counts {
    const total = noCounts();
    for (const { counts } of this.mailboxes) for (const key of COUNTERS) total[key] += counts[key];
    return total;
  }

  bytes(): { done: number; planned: number | null } {
    let done = 0;
    let planned: number | null = 0;
    for (const m of this.mailboxes) {
      done += m.doneBytes;
      if (m.state === 'done' || m.state === 'failed') planned = planned === null ? null : planned + m.doneBytes;
      else planned = planned === null || m.plannedBytes === null ? null : planned + m.plannedBytes;
    }
    return { done, planned };
  }

  /**
   * Promise 3: stored + duplicate + skipped + vanished + failed = planned, per mailbox.
   * @throws EngineError 'internal': a defect of ours, never to be hidden from the user
   */
  assertComplete(): void {
    for (const { path, counts } of this.mailboxes) {
      const open = openCount(counts);
      if (open !== 0) {
        throw new EngineError(
          'internal',
          `${Math.abs(open)} messages of ${path} are not accounted for. Please report this.`,
          {
            scope: 'mailbox',
          },
        );
      }
    }
  }
}
