import type { MailboxStatus } from '../../shared/mailbox.ts';
import type { Failure, FailureCode } from '../../shared/failure.ts';
import type { FlagSet } from './flags.ts';
import type { MessageDigests } from './message/digest.ts';
import type { Envelope } from './message/header.ts';

/** Where messages come from: an IMAP account or an archive. Jobs join a Source to a Sink. */
export interface Source {
  readonly kind: 'imap' | 'archive' | 'memory';
  /** Stable name of this account or archive in ledgers, such as `alice@imap.example.org`. */
  readonly id: string;
  /** Lanes that make sense at once; the source lowers it when the server objects. */
  readonly maxLanes: number;
  /** The shortest round trip to the server seen so far, milliseconds. Absent or null: not known, or no server. */
  readonly roundTripMs?: number | null;
  /** The personal namespace (RFC 2342) that mailboxes live under, such as prefix `INBOX.`; known after scan. */
  readonly namespace?: Namespace | null;
  /** Every mailbox with its status, in one round trip where the server can. Opens no mailbox. */
  scan(signal?: AbortSignal): Promise<ListedMailbox[]>;
  /** Connections that are signed in and have nothing to do: as many lanes open at once. Absent: none. */
  readonly spareLanes?: number;
  openLane(signal?: AbortSignal): Promise<SourceLane>;
  close(): Promise<void>;
}

/** failure: it is there, but cannot be told or opened; the job has to say so. */
export type ListedMailbox = MailboxStatus & { failure?: Failure | null };

export interface Namespace {
  /** Ends with the delimiter, or is empty. */
  prefix: string;
  delimiter: string | null;
  /** Mailbox names are kept to the Basic Multilingual Plane: the server cannot list others to every client. */
  bmpOnly?: boolean;
}

/** One connection (or one reader of an archive). Calls are answered in the order made and may overlap. */
export interface SourceLane {
  list(mailbox: MailboxStatus, wish: ListWish): Promise<MailboxListing>;
  /**
   * Hand the messages with these UIDs to the receiver. Every UID ends in exactly one of `end` or `missed`
   * before the promise resolves. Up to two calls may be in flight on one lane; they are served in order.
   *
   * @param uids ascending
   * @throws EngineError 'connection-lost', 'server-stalled', 'server-bye' (account, now): a message begun was aborted
   *   on the receiver, UIDs not yet ended are the caller's to ask for again on another lane.
   *   'mailbox-renumbered' (mailbox, now): uidValidity is no longer the one given; nothing was handed over.
   */
  fetch(mailbox: MailboxStatus, uidValidity: number, uids: Uint32Array, receiver: MessageReceiver): Promise<void>;
  /** What lists show of these messages, where the source can tell; a message that it cannot give is left out. */
  envelopes?(mailbox: MailboxStatus, uids: readonly number[]): Promise<Map<number, Envelope>>;
  close(): Promise<void>;
}

export interface ListWish {
  /** all: every message's flags. changedSince: only where MODSEQ is greater (RFC 7162 §3.1.4.1); decimal text. */
  flags?: 'all' | { changedSince: string };
  sizes?: boolean;
  internalDates?: boolean;
  /** SHA-256 of the header; see message/digest.ts. Costs the source one header fetch for each message. */
  headerDigests?: boolean;
  /** Message-ID as written, '' when absent. */
  messageIds?: boolean;
  /** Only messages whose INTERNALDATE is on or after this day, `YYYY-MM-DD`: fills inScope. */
  since?: string;
}

/** Columns aligned with uids, each null unless wished for. */
export interface MailboxListing {
  uidValidity: number;
  uidNext: number;
  highestModSeq: string | null;
  /** Ascending, every message the mailbox holds now. */
  uids: Uint32Array;
  /** The UIDs that `since` selects; null: all. */
  inScope: Uint32Array | null;
  /** undefined: not changed since the MODSEQ given. */
  flags: (FlagSet | undefined)[] | null;
  sizes: Float64Array | null;
  internalDates: (string | null)[] | null;
  headerDigests: string[] | null;
  messageIds: string[] | null;
}

/** What is known of a message before its octets come. */
export interface MessageHead {
  uid: number;
  flags: FlagSet;
  /** RFC 3339 with the zone as served (`2026-11-24T03:40:45+01:00`); null when the server gave none or nonsense. */
  internalDate: string | null;
  /** Exactly the number of octets that follow. */
  sizeBytes: number;
  /** Known to the source, which hands the message over only if its octets have this fingerprint: need not be computed again. */
  digests?: MessageDigests;
}

/** Push side of a transfer. Nothing here is async: the reader asks for `pressure` after each block it was given. */
export interface MessageReceiver {
  begin(head: MessageHead): void;
  /** The view is valid during the call only. */
  chunk(octets: Buffer): void;
  end(): void;
  /** The message begun breaks off; forget what came of it. */
  abort(): void;
  /** A UID that the source could not give. */
  missed(uid: number, outcome: 'vanished' | 'failed', code: FailureCode, reason: string): void;
  /** null: go on. Otherwise wait before handing over more. */
  pressure(): Promise<void> | null;
}
