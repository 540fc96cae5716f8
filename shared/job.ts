import type { Failure, FailureCode } from './failure.ts';

/** Jobs as both sides see them: whole snapshots, each replacing the one before. */

export type JobKind = 'backup' | 'restore' | 'migrate' | 'verify';

/**
 * complete: every planned message stored or duplicate or deliberately skipped.
 * incomplete: the job ran to its end, and at least one message failed.
 * stopped: paused by closing, or cancelled; running it again goes on.
 */
export type JobState = 'running' | 'pausing' | 'paused' | 'stopping' | 'complete' | 'incomplete' | 'stopped' | 'failed';

export type JobPhase = 'connecting' | 'scanning' | 'transferring' | 'proving' | 'finished';

/** What became of one planned message. duplicate: it was there already. */
export type Outcome = 'stored' | 'duplicate' | 'skipped' | 'vanished' | 'failed';

export interface Counts {
  planned: number;
  stored: number;
  duplicate: number;
  skipped: number;
  vanished: number;
  failed: number;
}

/** One message (or a whole mailbox, uid null) that needs a word: failed, vanished, skipped, or stored but altered. */
export interface JobException {
  mailbox: string;
  uid: number | null;
  outcome: Outcome;
  code: FailureCode;
  reason: string;
}

export interface MailboxProgress {
  path: string;
  /** Where it goes; equal to path in a backup. */
  targetPath: string;
  counts: Counts;
  /** Octets of messages stored in this run. */
  doneBytes: number;
  /** Octets this run has to move; null until known. */
  plannedBytes: number | null;
  state: 'waiting' | 'active' | 'done' | 'failed';
}

/** What was looked at again after it had been stored. */
export interface Proof {
  /** Messages whose presence, size, flags and date were compared. */
  compared: number;
  /** Of these, messages whose every octet was read back and compared. */
  readBack: number;
  readBackBytes: number;
  /** Messages that were not there, or not as they should be. */
  differences: number;
}

export interface JobSnapshot {
  id: string;
  kind: JobKind;
  state: JobState;
  phase: JobPhase;
  counts: Counts;
  doneBytes: number;
  plannedBytes: number | null;
  /** Over a sliding window. */
  messagesPerSecond: number;
  bytesPerSecond: number;
  elapsedMs: number;
  /** Milliseconds to go; null while it cannot be known. */
  etaMs: number | null;
  connections: number;
  /** Set while the job waits for a server or a budget. */
  waiting: { reason: string; untilMs: number } | null;
  mailboxes: MailboxProgress[];
  /** The newest exceptions, bounded; exceptionsTotal counts all. */
  exceptions: JobException[];
  exceptionsTotal: number;
  /** null: nothing was looked at again so far. */
  proof: Proof | null;
  failure: Failure | null;
}

/** How a job ended, with every exception. Printed as the last --json line. */
export interface JobSummary extends Counts {
  kind: JobKind;
  state: JobState;
  bytes: number;
  elapsedMs: number;
  exceptions: JobException[];
  failure: Failure | null;
}

/** A job to read, print or hand on when it has ended. */
export interface JobReport {
  summary: JobSummary;
  mailboxes: MailboxProgress[];
  /** Such as `alice@imap.example.org` or the archive's folder; never a secret. */
  from: string;
  to: string;
  startedAt: string;
  endedAt: string;
}
