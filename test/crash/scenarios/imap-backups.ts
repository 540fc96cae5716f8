/** Backups from an IMAP server that outlives the stopped process. */
import { Engine } from '../../../electron/engine/engine.ts';
import { silentLog, type Clock } from '../../../electron/engine/ports.ts';
import type { DemoServerOptions } from '../../../electron/demo/server/options.ts';
import { fillAccount } from '../../helpers/fill-account.ts';
import { MemoryStore } from '../../helpers/memory.ts';
import { archiveOutcome, expectArchived } from '../harness/archive-outcome.ts';
import { archiveIn } from '../harness/run-backup.ts';
import { expectEnded } from '../harness/scenario.ts';
import { ServerWorld } from '../harness/server-world.ts';
import { fill, largeLetter } from './mail.ts';
import type { UploadScenario } from './uploads.ts';

const OPTIONS = { only: [], skip: [], lanes: 2, since: null, mirror: 'off', dateFromHeader: false } as const;

function account(): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 8);
  store.mailbox('INBOX').add(largeLetter(40, 30_000), ['\\Seen'], '2024-07-01T00:00:00Z');
  fill(store, 'Projekte/Ärger', 10, 13);
  store.mailbox('Empty');
  return store;
}

function changed(): MemoryStore {
  const store = account();
  fill(store, 'INBOX', 20, 23);
  store.mailbox('INBOX').setFlags(1, ['\\Flagged', '\\Seen', '$Done']);
  store.mailbox('INBOX').remove(2);
  fill(store, 'New', 24, 26);
  return store;
}

/** Each call gives scenarios of their own, with servers of their own that are not open yet. */
export function imapBackupScenarios(clock: Clock, server: Omit<DemoServerOptions, 'users'> = {}): UploadScenario[] {
  return [
    scenarioOf('backup', clock, server, null, account),
    scenarioOf('backup of what changed', clock, server, account, changed),
  ];
}

function scenarioOf(
  name: string,
  clock: Clock,
  server: Omit<DemoServerOptions, 'users'>,
  before: (() => MemoryStore) | null,
  now: () => MemoryStore,
): UploadScenario {
  const world = new ServerWorld(server);
  const run = async (root: string): Promise<void> => {
    const engine = new Engine({ clock, log: silentLog, stateFolder: `${root}/state` });
    const options = { ...OPTIONS, bytesPerSecond: null };
    expectEnded(await engine.backup(world.access('source'), archiveIn(root), 'mbox', options).result);
  };
  return {
    ...{ name, world, run },
    prepare: async (root) => {
      world.reset();
      if (before) {
        fillAccount(world.account('source'), before());
        await run(root);
      }
      fillAccount(world.account('source'), now());
    },
    outcome: (root) => archiveOutcome(archiveIn(root)),
    expectRight: (root) => {
      const truth = [...now().mailboxes].map(([path, { messages }]) => [path, messages] as const);
      return expectArchived(archiveIn(root), new Map(truth), ['date']);
    },
  };
}
