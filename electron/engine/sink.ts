import type { MailboxStatus, SpecialUse } from '../../shared/mailbox.ts';
import type { FailureCode } from '../../shared/failure.ts';
import type { FlagSet } from './flags.ts';
import type { MessageReceiver, Source } from './source.ts';

/** Where messages go: an archive or an IMAP account. */
export interface Sink {
  readonly kind: 'imap' | 'archive' | 'memory';
  readonly id: string;
  readonly maxLanes: number;
  /**
   * The same store seen as a source: to find what is there already, to look after a lost connection, to prove a run.
   * null: the ledger alone is the truth (an archive holds nothing that its journal does not name).
   */
  readonly readBack: Source | null;
  /** Mailboxes that exist, without creating any. Empty for a new archive. */
  scan(signal?: AbortSignal): Promise<MailboxStatus[]>;
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
  recordFlags(uidValidity: number, changes: { uid: number; flags: FlagSet }[]): Promise<void>;
  /** Left the source: kept here, marked missingOnSource. */
  recordMissing(uidValidity: number, uids: Uint32Array): Promise<void>;
  /** The same octets under a new UID: no second copy is stored. */
  recordRenumbered(uidValidity: number, matches: { uid: number; flags: FlagSet; was: KnownDetail }[]): Promise<void>;
  /** A mailbox whose every planned message is accounted for. */
  completePass(state: PassState): Promise<void>;
}

export interface SinkMailbox extends MailboxLedger {
  readonly sourcePath: string;
  readonly targetPath: string;
  /** --mirror only: remove these from the store for good. Absent where the store cannot. */
  forget?(uidValidity: number, uids: Uint32Array): Promise<void>;
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
