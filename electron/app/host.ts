/** What the app needs of whatever carries it: Electron's main process, or a web server on this machine. */
import type { JobPhase, JobState } from '../../shared/job.ts';

/** Seals small secrets with a key that the operating system keeps for this user. */
export interface Keychain {
  seal(text: string): Promise<Buffer>;
  /** @throws when it was sealed by another user or on another machine */
  open(sealed: Buffer): Promise<string>;
}

/** How far the running jobs are, for a task bar, a dock, a tray and to keep the computer awake. */
export interface Activity {
  /** Jobs that are running now. */
  running: number;
  /** 0 to 1 over all running jobs; null: not known. */
  doneFraction: number | null;
  keepAwake: boolean;
}

/** A job that ended while the user may have looked elsewhere. */
export interface EndOfJob {
  jobId: string;
  title: string;
  body: string;
  state: JobState;
  phase: JobPhase;
}

export interface Host {
  readonly shell: 'desktop' | 'browser';
  /** null: this host has none, and the app offers the vault instead. */
  readonly keychain: Keychain | null;
  /** False in a browser: folders are typed or picked in the page, and files are downloaded. */
  readonly hasDialogs: boolean;
  /** What links in mail begin with, by which the host knows that one was clicked; left out where it need not. */
  readonly linkBase?: string;
  /** null: the user thought better of it. */
  chooseFolder(purpose: 'open-archive' | 'new-archive', start: string | null): Promise<string | null>;
  chooseSave(fileName: string): Promise<string | null>;
  /** With the system's program. @throws where the host cannot */
  openPath(file: string): Promise<void>;
  showFolder(folder: string): Promise<void>;
  /** Only ever called with https: or mailto:. */
  openExternal(url: string): Promise<void>;
  activity(activity: Activity): void;
  jobEnded(end: EndOfJob): void;
}

/** One document that survives the app; written whole. Never holds a secret in clear. */
export interface DocumentStore {
  read(): unknown;
  write(document: unknown): void;
}

/** An answer to a request for a page of mail, a picture or a download; see content.ts. */
export interface ContentReply {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | AsyncIterable<Uint8Array>;
}
