/** The app's whole state as every window sees it: snapshots, each replacing the one before. */
import type { Account } from './account.ts';
import type { Provider } from './connection.ts';
import type { JobKind, JobPhase, JobState, Counts } from './job.ts';

/** keychain: sealed by the operating system. vault: a file of ours under a passphrase. ask: nowhere. */
export type SecretPlace = 'keychain' | 'vault' | 'ask';

export interface Settings {
  language: 'system' | 'en' | 'de';
  theme: 'system' | 'light' | 'dark';
  /** New archives go below this folder. */
  archivesFolder: string;
  connections: number;
  /** Octets a second, null: as fast as the line. */
  bytesPerSecond: number | null;
  notify: boolean;
  keepAwake: boolean;
  /** Keys without Ctrl or Command, such as P for pause. */
  singleKeys: boolean;
}

export interface SavedAccount {
  id: string;
  /** What the user calls it. */
  name: string;
  address: string;
  account: Account;
  provider: Provider | null;
  secretPlace: SecretPlace;
  /** A password is at hand without asking: kept, or given since the start. */
  signedIn: boolean;
  /** Demo accounts are gone when the app closes. */
  demo: boolean;
  /** Where its backup is; null: not backed up yet. */
  archiveId: string | null;
  lastBackup: { jobId: string; endedAt: string; state: JobState; failed: number } | null;
}

export interface KnownArchive {
  /** Of this place on disk; the same archive copied elsewhere has another. */
  id: string;
  folder: string;
  name: string;
  /** `alice@imap.example.org`, '' when of no single account. */
  account: string;
  layout: 'mbox' | 'eml';
  messages: number;
  sizeBytes: number;
  firstYear: number | null;
  lastYear: number | null;
  /** When every body was last read back and found right. */
  verifiedAt: string | null;
  /** present: can be read now. missing: the folder is not there, such as an unplugged disk. */
  state: 'present' | 'missing' | 'damaged';
  demo: boolean;
}

/** A job in lists. A job that was running when the app ended is 'stopped' and can be gone on with. */
export interface JobBrief {
  id: string;
  kind: JobKind;
  state: JobState;
  phase: JobPhase;
  fromName: string;
  toName: string;
  accountId: string | null;
  archiveId: string | null;
  startedAt: string;
  endedAt: string | null;
  /** 0 to 1; null while unknown. */
  doneFraction: number | null;
  counts: Counts;
  bytes: number;
  /** It can be started again and goes on where it stopped. */
  resumable: boolean;
}

export interface AppState {
  version: string;
  shell: 'desktop' | 'browser';
  platform: 'linux' | 'darwin' | 'win32';
  /** BCP 47, of the system. */
  systemLanguage: string;
  keychain: 'available' | 'unavailable';
  vault: 'none' | 'locked' | 'open';
  settings: Settings;
  accounts: SavedAccount[];
  archives: KnownArchive[];
  /** Newest first. */
  jobs: JobBrief[];
  demoRunning: boolean;
}
