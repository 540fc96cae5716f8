/** The application behind the contract. Plain Node: a host carries its calls and lends it dialogs and a keychain. */
import path from 'node:path';
import type { AppState } from '../../shared/app.ts';
import { Engine } from '../engine/engine.ts';
import type { Clock, Log } from '../engine/ports.ts';
import { Accounts } from './accounts.ts';
import { Archives } from './archives.ts';
import { ContentShelf } from './content.ts';
import { Demo } from './demo.ts';
import { Book } from './document.ts';
import { follow, Signal } from './follow.ts';
import type { ContentReply, DocumentStore, Host } from './host.ts';
import { JobDesk } from './job-desk.ts';
import { JobEnds } from './job-ends.ts';
import { MailDesk } from './mail-desk.ts';
import { Overviews } from './overview.ts';
import { createRouter, type AppRouter } from './router.ts';
import { SecretStore } from './secrets/secret-store.ts';

export interface AppPorts {
  host: Host;
  store: DocumentStore;
  /** Private to this user; job history, vault and indexes go here. */
  dataFolder: string;
  clock: Clock;
  log: Log;
  version: string;
  /** BCP 47. */
  systemLanguage: string;
  homeFolder: string;
  defaultArchivesFolder: string;
  /** Where the host serves `content`, such as `app://mail/` or `/content/`. */
  contentBase: string;
}

/** What the calls work on. */
export interface AppParts {
  ports: AppPorts;
  engine: Engine;
  book: Book;
  secrets: SecretStore;
  accounts: Accounts;
  archives: Archives;
  overviews: Overviews;
  jobs: JobDesk;
  mail: MailDesk;
  demo: Demo;
  state(): AppState;
  watchState(signal?: AbortSignal): AsyncGenerator<AppState, void, void>;
  changed(): void;
}

export interface App {
  readonly router: AppRouter;
  /** @param path the URL without the host's `contentBase` */
  content(path: string): Promise<ContentReply>;
  /** Running jobs are stopped durably and can be gone on with. */
  close(): Promise<void>;
}

const STATE_EVERY_MS = 200;

export function createApp(ports: AppPorts): App {
  const { host, clock, log, dataFolder } = ports;
  const signal = new Signal();
  const changed = () => {
    ends.tellActivity(jobs);
    signal.emit();
  };
  const inData = (...names: string[]) => path.join(dataFolder, ...names);
  const engine = new Engine({ clock, log, stateFolder: inData('ledgers') });
  const book = new Book(ports.store, ports.defaultArchivesFolder, changed);
  const secrets = new SecretStore({ keychain: host.keychain, folder: dataFolder });
  const accounts = new Accounts(book, secrets);
  const archives = new Archives({ engine, book, indexFolder: inData('indexes') });
  const shelf = new ContentShelf(ports.contentBase);
  const demo = new Demo(accounts);
  const openArchiveOf = async (accountId: string) => {
    const { archiveId } = accounts.get(accountId);
    return archiveId === null ? null : archives.openReader(archiveId).catch(() => null);
  };
  const overviews = new Overviews({ engine, accounts, clock, folder: inData('overviews'), openArchiveOf });
  const ends: JobEnds = new JobEnds({ ports, book, accounts, archives, overviews });
  const jobs: JobDesk = new JobDesk({
    ...{ engine, book, accounts, archives, clock },
    folder: inData('jobs'),
    onChange: changed,
    onEnd: (record) => ends.note(record),
  });
  const mail = new MailDesk({ archives, book, host, shelf, clock, openedFolder: inData('opened'), ports });
  const state = (): AppState => ({
    version: ports.version,
    shell: host.shell,
    platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
    systemLanguage: ports.systemLanguage,
    keychain: secrets.keychainState,
    vault: secrets.vaultState,
    settings: book.document.settings,
    accounts: accounts.list(),
    archives: archives.list(),
    jobs: jobs.list(),
    demoRunning: demo.running,
  });
  const watchState = (abort?: AbortSignal) =>
    follow({ read: state, subscribe: (listener) => signal.subscribe(listener) }, clock, STATE_EVERY_MS, abort);
  const parts: AppParts = {
    ...{ ports, engine, book, secrets, accounts, archives, overviews, jobs, mail, demo, state, watchState, changed },
  };
  return {
    router: createRouter(parts),
    content: (place) => shelf.reply(place),
    close: async () => {
      await jobs.close();
      await mail.close();
      await archives.close();
      await demo.stop();
      secrets.close();
    },
  };
}
