/** What hosts and the engine's face say to each other, beside the types of shared/. */
import type { Account, Credential } from '../../shared/account.ts';
import type { ConnectionReport, Quota } from '../../shared/connection.ts';
import type { Archive } from './archive/archive.ts';
import type { SessionTimeouts } from './imap/session-types.ts';
import type { Deadlines } from './imap/wire/watchdog.ts';
import type { RetryPolicy } from './jobs/retry.ts';
import type { SurveyedMailbox } from './jobs/survey.ts';
import type { Clock, Log } from './ports.ts';

/** An account and how to get its secret, which is asked for once and kept in memory only. */
export interface AccountAccess {
  account: Account;
  credential: () => Promise<Credential>;
  /** Allow `security: 'none'` beyond this machine. */
  allowInsecure?: boolean;
}

export interface EnginePorts {
  clock: Clock;
  log: Log;
  /** Folder for transfer ledgers. */
  stateFolder: string;
  retry?: RetryPolicy;
  /** How long servers may take, where the usual deadlines do not fit. */
  timeouts?: Partial<SessionTimeouts>;
  deadlines?: Partial<Deadlines>;
}

export interface SignInTest {
  report: ConnectionReport;
  serverName: string;
  /** How many the account has. */
  folders: number;
}

export interface AccountSizes {
  mailboxes: SurveyedMailbox[];
  quota: Quota[];
  connection: ConnectionReport;
  serverName: string;
}

export interface SizesWatch {
  archive?: Archive | null;
  onUpdate?: (sizes: AccountSizes) => void;
}

/** Which messages of an archive: by mailbox path, as `uidValidity` and `uid`. */
export type ChosenMessages = ReadonlyMap<string, readonly { uidValidity: number; uid: number }[]>;
