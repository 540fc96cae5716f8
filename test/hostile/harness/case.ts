import type { Endpoint } from '../../../shared/account.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { DemoServerOptions } from '../../../electron/demo/server/options.ts';
import type { Credential } from '../../../shared/account.ts';
import type { SessionTimeouts } from '../../../electron/engine/imap/session-types.ts';
import type { Deadlines } from '../../../electron/engine/imap/wire/watchdog.ts';
import type { Script } from '../../helpers/scripted-imap/script.ts';
import type { ScriptedImap } from '../../helpers/scripted-imap/scripted-imap.ts';
import { MemoryStore } from '../../helpers/memory.ts';
import { fill } from '../../crash/scenarios/mail.ts';

/** How a job has to end. `exceptions`: how many of each code; absent: not looked at. */
export interface Ending {
  state: 'complete' | 'incomplete' | 'failed';
  code?: FailureCode;
  exceptions?: Partial<Record<FailureCode, number>>;
}

export const complete = (exceptions: Ending['exceptions'] = {}): Ending => ({ state: 'complete', exceptions });
export const incomplete = (exceptions: Ending['exceptions']): Ending => ({ state: 'incomplete', exceptions });
export const fails = (code: FailureCode, exceptions?: Ending['exceptions']): Ending =>
  exceptions ? { state: 'failed', code, exceptions } : { state: 'failed', code };

/** What a server does to a job, and what has to come of it. */
export interface HostileCase {
  name: string;
  /** `from` and `to`: migrations, the scripted server being the source or the target. */
  job: 'backup' | 'restore' | 'from' | 'to';
  /** Made anew for each run: scripts count. */
  script: (server: ScriptedImap) => Script;
  ends: Ending;
  /** How the following run ends, the server being well-behaved again. Default: complete without exceptions. */
  then?: Ending;
  /** What is to be moved. Default: nine letters in two mailboxes, and an empty one. */
  mail?: () => MemoryStore;
  /** What the target holds before. */
  there?: () => MemoryStore;
  /** Moved once before the server turns hostile; then changed by `meanwhile`. */
  before?: boolean;
  meanwhile?: (server: ScriptedImap) => void;
  /** Called before the following run. */
  heal?: (server: ScriptedImap) => void;
  capabilities?: (names: string[]) => string[];
  server?: Omit<DemoServerOptions, 'users' | 'tls'>;
  tls?: 'implicit' | 'starttls';
  security?: Endpoint['security'];
  credential?: Credential;
  /** What a server may not keep of a message that it stores. */
  ignoring?: ('flags' | 'date' | 'path')[];
  /** The octets may stand twice: the server took them and said that it had not. */
  mayDouble?: boolean;
  /** Where the usual deadlines would take too long even so. */
  timeouts?: Partial<SessionTimeouts>;
  deadlines?: Partial<Deadlines>;
  /** How much faster than the wall the clock goes. */
  clockFactor?: number;
  /** Further questions after the run under test. */
  look?: (server: ScriptedImap, archive: string) => void | Promise<void>;
}

export function usualMail(): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 6);
  fill(store, 'Projekte/Ärger', 8, 10);
  store.mailbox('Empty');
  return store;
}

/** As a server without these. */
export const without =
  (...lost: string[]) =>
  (names: string[]): string[] =>
    names.filter((name) => !lost.includes(name));

export const withNames =
  (...more: string[]) =>
  (names: string[]): string[] => [...names, ...more];
