/** What the user asks of a job, and what it would do. */
import type { Failure } from './failure.ts';
import type { JobException, JobSnapshot } from './job.ts';
import type { SpecialUse } from './mailbox.ts';

export interface JobOptions {
  /** `YYYY-MM-DD`: only messages that arrived on or after this day. */
  since: string | null;
  connections: number | null;
  bytesPerSecond: number | null;
  dateFromHeader: boolean;
  /** How much of the target is read back after a restore or move. */
  proof: 'sizes' | 'sample' | 'full';
}

export const DEFAULT_JOB_OPTIONS: JobOptions = {
  since: null,
  connections: null,
  bytesPerSecond: null,
  dateFromHeader: false,
  proof: 'sample',
};

/** Exact mailbox paths; null: all, with those that come later. */
export type ChosenMailboxes = string[] | null;

export interface MailboxRename {
  from: string;
  to: string;
}

export interface MessageRef {
  mailbox: string;
  uidValidity: number;
  uid: number;
}

export type JobRequest =
  | {
      kind: 'backup';
      accountId: string;
      /** An archive that is there or a folder for a new one. */
      folder: string;
      layout: 'mbox' | 'eml' | null;
      mailboxes: ChosenMailboxes;
      options: JobOptions;
    }
  | {
      kind: 'restore';
      archiveId: string;
      accountId: string;
      mailboxes: ChosenMailboxes;
      /** Only these, all of them in mailboxes named there; null: whole mailboxes. */
      messages: MessageRef[] | null;
      renames: MailboxRename[];
      /** Below this folder of the target. */
      into: string | null;
      options: JobOptions;
    }
  | {
      kind: 'migrate';
      accountId: string;
      targetId: string;
      mailboxes: ChosenMailboxes;
      renames: MailboxRename[];
      into: string | null;
      options: JobOptions;
    }
  | { kind: 'verify'; archiveId: string; againstAccountId: string | null };

export interface PlannedPair {
  path: string;
  delimiter: string | null;
  specialUse: SpecialUse | null;
  messages: number;
  sizeBytes: number | null;
  targetPath: string;
  targetDelimiter: string | null;
  /** same: of the same name. rule: the user's choice. */
  reason: 'same' | 'special-use' | 'rule' | 'below-mapped' | 'collision';
  /** What could not be kept of the name. */
  changed: string | null;
  targetExists: boolean;
}

/** The last step before anything is written. Totals are of the chosen mailboxes. */
export interface JobPlan {
  /** Every mailbox of the source, chosen or not. */
  pairs: PlannedPair[];
  /** Mailboxes that the target has, to choose from. */
  targetPaths: string[];
  toCopy: number;
  alreadyThere: number;
  /** Over the target's APPENDLIMIT; null: the target names none. */
  tooLarge: number | null;
  maxMessageBytes: number | null;
  bytes: number;
  newFolders: number;
  /** Octets that the target has room for; null: not told. */
  targetFreeBytes: number | null;
}

export interface SpeedSample {
  /** Milliseconds since the job began. */
  atMs: number;
  bytesPerSecond: number;
  messagesPerSecond: number;
  /** The server or a limit made the job wait. */
  waiting: boolean;
}

/** An exception with what a person needs to recognise the message. */
export interface ExceptionView extends JobException {
  subject: string | null;
  /** ISO. */
  date: string | null;
  canRetry: boolean;
}

export interface JobView {
  id: string;
  request: JobRequest;
  fromName: string;
  toName: string;
  snapshot: Omit<JobSnapshot, 'exceptions'>;
  exceptions: ExceptionView[];
  /** Thinned out as the job gets longer. */
  speed: SpeedSample[];
  startedAt: string;
  endedAt: string | null;
  /** Such as `TLS 1.3`; null where there is no server or no encryption. */
  encryption: string | null;
  resumable: boolean;
  /** An earlier backup into the same archive had been there. */
  first: boolean;
  failure: Failure | null;
}
