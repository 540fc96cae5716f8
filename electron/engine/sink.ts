import type { MailboxStatus, SpecialUse } from '../../shared/mailbox.ts';
import type { FailureCode } from '../../shared/failure.ts';
import type { FlagSet } from './flags.ts';
import type { MessageReceiver, Namespace, Source } from './source.ts';

/** Where messages go: an archive or an IMAP account. */
export interface Sink {
  readonly kind: 'imap' | 'archive' | 'memory';
  readonly id: string;
  readonly maxLanes: number;
  /** The shortest round trip to the server seen so far, milliseconds. Absent or null: not known, or no server. */
  readonly roundTripMs?: number | null;
  /** Where mailboxes are created (RFC 2342); known after scan. */
  readonly namespace?: Namespace | null;
  /**
   * The same store seen as a source: to find what is there already, to look after a lost connection, to prove a run.
   * null: the ledger alone is the truth (an archive holds nothing that its journal does not name).
   */
  readonly readBack: Source | null;
  /** An earlier run was cut off before it heard what became of messages that it had sent: when that was. Absent, null: none. */
  readonly unheardSince?: Date | null;
  /**
   * Mailboxes that exist, without creating any. Empty for a new archive.
   * @param without paths that nobody asks for: they may be left out where counting their messages takes time
   */
  scan(signal?: AbortSignal, without?: ReadonlySet<string>): Promise<MailboxStatus[]>;
  /**
   * Make many target mailboxes at once, where that saves time. What cannot be made is told by `prepare`.
   * @throws EngineError what keeps it from looking at all
   */
  makeAll?(pairs: readonly MailboxPair[], signal?: AbortSignal): Promise<void>;
  /** Make the target mailbox if it is missing, and open what is recorded about this pair. */
  prepare(pair: MailboxPair, signal?: AbortSignal): Promise<SinkMailbox>;
  openLane(signal?: AbortSignal): Promise<SinkLane>;
  /** Everything settled so far is durable; derived files are brought up to date. */
  close(): Promise<void>;
}

export interface MailboxPair {
  source: MailboxStatus;
  targetPath: string;
  targetSpecialUse: SpecialUse | null;
}

/** Source state when a pass over a mailbox ended with every message accounted for and none failed. */
export interface PassState {
  uidValidity: number;
  uidNext: number;
  messages: number;
  highestModSeq: string | null;
}

/** Columns in ascending order of uid. */
export interface KnownMessages {
  uids: Uint32Array;
  flags: FlagSet[];
  /** 1: was recorded as missing on the source. */
  missing: Uint8Array;
}

export interface KnownDetail {
  uidValidity: number;
  uid: number;
  sizeBytes: number;
  internalDate: string | null;
  headerDigest: string;
  fingerprint: string;
}

/** What the sink remembers of one source mailbox. Every record method returns once the record is durable. */
export interface MailboxLedger {
  /** null: never finished, or the last pass left something open. */
  lastPass(): PassState | null;
  known(uidValidity: number): KnownMessages;
  /** Recorded messages of every other generation of this mailbox, for matching after a renumbering. */
  otherGenerations(uidValidity: number): KnownDetail[];
  /** A message recorded as missing that gets a record of flags is there again. */
  recordFlags(uidValidity: number, changes: { uid: number; flags: FlagSet }[]): Promise<void>;
  /** Left the source: kept here, marked missingOnSource. */
  recordMissing(uidValidity: number, uids: Uint32Array): Promise<void>;
  /** The same octets under a new UID: no second copy is stored. */
  recordRenumbered(uidValidity: number, matches: { uid: number; flags: FlagSet; was: KnownDetail }[]): Promise<void>;
  /** A mailbox whose every planned message is accounted for. */
  completePass(state: PassState): Promise<void>;
}

/** An APPEND that was begun and whose fate is unknown, because the line or the process broke off. */
export interface OpenIntent {
  uidValidity: number;
  uid: number;
  /** The target's UIDNEXT before the APPEND: if the message arrived, it has this UID or a higher one. */
  targetUidNext: number;
}

/** A source message found at the target: it was there before, or arrived unseen. */
export interface AdoptedMessage extends KnownDetail {
  flags: FlagSet;
  targetUid: number;
}

export interface PlacedMessage extends KnownDetail {
  flags: FlagSet;
  targetUid: number | null;
}

export interface SinkMailbox extends MailboxLedger {
  readonly sourcePath: string;
  readonly targetPath: string;
  /** --mirror only: remove these from the store for good. Absent where the store cannot. */
  forget?(uidValidity: number, uids: Uint32Array): Promise<void>;
  /** The target as seen when it was prepared, and where messages landed. Absent where the ledger alone is the truth. */
  readonly placing?: Placing;
}

export interface Placing {
  /** Status of the target mailbox at prepare, as the source to read it back. */
  readonly status: MailboxStatus;
  /** The mailbox went away while the job ran and was made again: what had been stored by then is gone with it. */
  readonly isAnother?: boolean;
  openIntents(): OpenIntent[];
  /** Record messages as stored without sending them. Durable on return; closes their intents. */
  adopt(found: AdoptedMessage[]): Promise<void>;
  /** These did not arrive: their intents are closed, they may be sent again. */
  dropIntents(uidValidity: number, uids: number[]): Promise<void>;
  /** Target UIDs of messages recorded as stored, aligned with uids; null: stored, place unknown. */
  targetUids(uidValidity: number, uids: ArrayLike<number>): (number | null)[];
  /** What was recorded about messages when they were stored, aligned with uids; null: not stored. */
  placed(uidValidity: number, uids: ArrayLike<number>): (PlacedMessage | null)[];
  /** Recorded as stored, and gone from the target since: unknown again. */
  forgetStored(uidValidity: number, uids: number[]): Promise<void>;
}

/**
 * The outcome of one message, told once and only when it is durable.
 * `remark` with 'stored' says what the server did not keep.
 */
export type Settle = (
  uid: number,
  outcome: 'stored' | 'duplicate' | 'skipped' | 'failed',
  remark?: { code: FailureCode; reason: string },
) => void;

export interface SinkLane {
  /** A receiver for messages of one source mailbox. Writers of one lane are used one after another. */
  writer(mailbox: SinkMailbox, uidValidity: number, settle: Settle): MessageWriter;
  /** Set the flags of a message stored earlier to these. Absent where flags are journal entries only. */
  updateFlags?(mailbox: SinkMailbox, uidValidity: number, changes: { uid: number; flags: FlagSet }[]): Promise<void>;
  /** Octets that were taken and wait for their command to be sent and answered. Absent where none wait for long. */
  heldBytes?(): number;
  close(): Promise<void>;
}

export interface MessageWriter extends MessageReceiver {
  /**
   * Every message ended so far is durable or refused, and settled.
   * @throws EngineError 'connection-lost' and the like (account, now): what is not settled has an unknown fate;
   *   look at the target before writing it again. 'over-quota' (account, later), 'disk-full' (archive, later).
   */
  flush(): Promise<void>;
}
