/** The records of the journal: what an archive knows, in the order in which it became true. */
import type { SpecialUse } from '../../../shared/mailbox.ts';
import type { FlagSet } from '../flags.ts';

/** First line of each segment. `previousBytes`: length of the segment before, so a lost one is noticed. */
export interface SegmentRecord {
  type: 'segment';
  number: number;
  archive: string;
  previousBytes: number;
}

/** Written, and durable, before a run's first other change: what follows a checkpoint may have been cut short. */
export interface SessionRecord {
  type: 'session';
  started: string;
}

/** Makes or changes a mailbox. The id never changes; neither does `file`. */
export interface MailboxRecord {
  type: 'mailbox';
  id: number;
  path: string;
  /** The path at the source when it differs. */
  source?: string;
  delimiter: string | null;
  specialUse: SpecialUse | null;
  selectable: boolean;
  subscribed: boolean;
  /** Below mail/, with `/`: an mbox file or a folder of .eml files. */
  file: string;
}

/** mbox: octets from the From_ line to the empty line after the message. eml: a file in the mailbox's folder. */
export type Place = { offset: number; length: number } | { file: string };

/** final-newline-added: the mbox text ends with a LF that raw does not have. */
export type Note = 'final-newline-added';

/** true: whole as far as anybody knows. damaged: its own record said otherwise of it, so it stands for no message of the source. */
export type Salvaged = true | 'damaged';

export interface MessageRecord {
  type: 'message';
  mailbox: number;
  uidValidity: number;
  uid: number;
  flags: FlagSet;
  internalDate: string | null;
  sizeBytes: number;
  fingerprint: string;
  headerDigest: string;
  place: Place;
  notes?: Note[];
  /** Written by `repair` from octets whose own record was lost: uid and dates may be made up. */
  salvaged?: Salvaged;
}

/** These messages have these flags now. They are on the source: a `missing` before it is taken back. */
export interface FlagsRecord {
  type: 'flags';
  mailbox: number;
  uidValidity: number;
  /** `1:5,9` (RFC 9051 sequence-set without `*`). */
  uids: string;
  flags: FlagSet;
}

export interface MissingRecord {
  type: 'missing';
  mailbox: number;
  uidValidity: number;
  uids: string;
}

/** The octets and dates of an earlier message, under a new UID. */
export interface RenumberedRecord {
  type: 'renumbered';
  mailbox: number;
  uidValidity: number;
  uid: number;
  flags: FlagSet;
  was: { uidValidity: number; uid: number };
}

export interface PassRecord {
  type: 'pass';
  mailbox: number;
  uidValidity: number;
  uidNext: number;
  messages: number;
  highestModSeq: string | null;
}

/** Removed on request, with every older name of the same octets. `rewrite`: mbox, places move as the format says. */
export interface ForgetRecord {
  type: 'forget';
  mailbox: number;
  uidValidity: number;
  uids: string;
  /** Counts the rewrites of this mbox file from 1. */
  rewrite?: number;
}

/** Recovery found octets that are not the ones recorded: fetched again by the next run. */
export interface DroppedRecord {
  type: 'dropped';
  mailbox: number;
  uidValidity: number;
  uids: string;
  reason: string;
}

/** mbox: octets in the file that no message of ours owns; kept, never overwritten. */
export interface GapRecord {
  type: 'gap';
  mailbox: number;
  offset: number;
  length: number;
}

export type JournalRecord =
  | SegmentRecord
  | SessionRecord
  | MailboxRecord
  | MessageRecord
  | FlagsRecord
  | MissingRecord
  | RenumberedRecord
  | PassRecord
  | ForgetRecord
  | DroppedRecord
  | GapRecord;

/** A place in the journal: everything before it is meant. */
export interface JournalPosition {
  segment: number;
  offset: number;
}

export const JOURNAL_START: JournalPosition = { segment: 1, offset: 0 };

export function comparePositions(a: JournalPosition, b: JournalPosition): number {
  return a.segment - b.segment || a.offset - b.offset;
}
