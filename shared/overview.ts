/** An account as its screen shows it: whole snapshots while folders and sizes come in. */
import type { ConnectionReport, Quota } from './connection.ts';
import type { Failure } from './failure.ts';
import type { MailboxStatus } from './mailbox.ts';

export interface OverviewMailbox extends MailboxStatus {
  /** Messages that the archive has of it; null: no archive. */
  archivedMessages: number | null;
  /** On the server and not in the archive; null until known. */
  newMessages: number | null;
  newBytes: number | null;
}

export interface AccountOverview {
  /** offline: what is shown was read at `readAt`, and the server cannot be reached now (see failure). */
  state: 'connecting' | 'reading' | 'ready' | 'offline' | 'secret-needed';
  /** ISO; null: never read. */
  readAt: string | null;
  mailboxes: OverviewMailbox[];
  quota: Quota[];
  connection: ConnectionReport | null;
  serverName: string;
  failure: Failure | null;
}

export interface LargeMessage {
  mailbox: string;
  uid: number;
  uidValidity: number;
  sizeBytes: number;
  subject: string;
  from: string;
  /** ISO or null. */
  date: string | null;
}
