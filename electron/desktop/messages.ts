/** What the main process and the engine's process say to each other. Types only: the engine's side imports no electron. */
import type { Settings } from '../../shared/app.ts';
import type { Activity, EndOfJob } from '../app/host.ts';

/** The engine's first message: all it needs to know of this computer. */
export interface EngineStart {
  type: 'start';
  version: string;
  dataFolder: string;
  homeFolder: string;
  defaultArchivesFolder: string;
  /** BCP 47. */
  systemLanguage: string;
  keychain: boolean;
  /** See outside.ts. */
  linkBase: string;
  /** As it was last written. */
  document: unknown;
}

export type ToEngine =
  | EngineStart
  /** ports[0] comes from a page. */
  | { type: 'page' }
  /** ports[0] takes the answer, see content-link.ts. */
  | { type: 'content'; path: string }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; message: string }
  | { type: 'close' };

/** Calls of the host that have an answer. Arguments and results survive a structured clone. */
export interface HostCalls {
  chooseFolder: (purpose: 'open-archive' | 'new-archive', start: string | null) => Promise<string | null>;
  chooseSave: (fileName: string) => Promise<string | null>;
  openPath: (file: string) => Promise<void>;
  showFolder: (folder: string) => Promise<void>;
  openExternal: (url: string) => Promise<void>;
  seal: (text: string) => Promise<Uint8Array>;
  open: (sealed: Uint8Array) => Promise<string>;
}

/** What the shell itself follows: its menu, dialogs and title bar speak and look as the page does. */
export type Preferences = Pick<Settings, 'language' | 'theme'>;

export type FromEngine =
  | { type: 'ready' }
  | { type: 'failed'; message: string }
  | { type: 'call'; id: number; method: keyof HostCalls; args: unknown[] }
  | { type: 'activity'; activity: Activity }
  | { type: 'ended'; end: EndOfJob }
  | { type: 'document'; document: unknown }
  | { type: 'preferences'; preferences: Preferences }
  /** What the page's rail leads to, for the menu. */
  | { type: 'places'; names: string[] }
  | { type: 'closed' };

/** On a content port, engine to main: one head, then chunks as they are asked for by 'next', then the end. */
export type ContentMessage =
  | { type: 'head'; status: number; headers: Record<string, string> }
  | { type: 'chunk'; chunk: Uint8Array }
  | { type: 'end' }
  | { type: 'broken' };
