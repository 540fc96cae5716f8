/** What an IMAP sink needs from its memory. Implemented on a file by jobs/ledger.ts; the sink never sees the file. */
import type { MailboxLedger, OpenIntent, Placing, PlacedMessage } from '../sink.ts';

export interface AppendLedger {
  /** A run before this one did not hear what became of messages that it sent: when it wrote last. null: none. */
  readonly unheardSince: Date | null;
  /**
   * Open what is recorded about one pair of mailboxes.
   *
   * @param target UIDVALIDITY as the target serves it now; null: the mailbox was just created. Records made under
   *   another UIDVALIDITY of the target say nothing about what it holds now and are not known any more.
   */
  mailbox(sourcePath: string, targetPath: string, target: { uidValidity: number } | null): AppendMailbox;
  /** Everything recorded is durable; the file is closed. */
  close(): Promise<void>;
}

/** The ledger's half of `SinkMailbox`; `Placing.status` is the sink's. */
export interface AppendMailbox extends MailboxLedger, Omit<Placing, 'status'> {
  /** Durable on return, before the first octet of an APPEND is sent. */
  intend(intents: AppendIntent[]): Promise<void>;
  /** Durable on return; closes the intents. The sink settles the messages after it. */
  stored(entries: PlacedMessage[]): Promise<void>;
  /** The server refused these: their intents are closed. */
  refused(uidValidity: number, uids: number[]): Promise<void>;
  openIntents(): OpenIntent[];
}

export interface AppendIntent extends OpenIntent {
  sizeBytes: number;
  /** null: the message streams through, and its fingerprint is known at its end only. */
  fingerprint: string | null;
}
