/** Restores and migrations to an IMAP server that outlives the stopped process. */
import path from 'node:path';
import type { DemoAccount } from '../../../electron/demo/server/account.ts';
import type { CapabilityName, DemoServerOptions } from '../../../electron/demo/server/options.ts';
import { DEFAULT_RULES, Engine, type UploadOptions } from '../../../electron/engine/engine.ts';
import { DEFAULT_RETRY } from '../../../electron/engine/jobs/retry.ts';
import { silentLog, type Clock } from '../../../electron/engine/ports.ts';
import { systemClock } from '../../../electron/node/clock.ts';
import { fillAccount } from '../../helpers/fill-account.ts';
import { MemoryStore, type MemoryMessage } from '../../helpers/memory.ts';
import { archiveIn, runBackup } from '../harness/run-backup.ts';
import { expectEnded, type Scenario } from '../harness/scenario.ts';
import { ServerWorld } from '../harness/server-world.ts';
import { messageLine, messagesOf, uploadOutcome } from '../harness/upload-outcome.ts';
import { fill, largeLetter, letter } from './mail.ts';

interface Story {
  name: string;
  kind: 'restore' | 'migrate';
  server?: Omit<DemoServerOptions, 'users'>;
  /** What was moved before, uninterrupted; absent: nothing. */
  before?: () => MemoryStore;
  now: () => MemoryStore;
  /** What the target holds that we did not bring. */
  atTarget?: () => MemoryStore;
  /** Codes of exceptions that belong to the story, and the messages that never arrive. */
  allowed?: string[];
  refuses?: (message: MemoryMessage) => boolean;
  /** Compare subscriptions too. */
  subscriptions?: boolean;
  /** A refused message is tried again each time, and the ledger notes it. */
  triesAgain?: boolean;
}

export interface UploadScenario extends Scenario {
  world: ServerWorld;
}

const OPTIONS: UploadOptions = {
  ...{ only: [], skip: [], lanes: 2, since: null, dateFromHeader: false, bytesPerSecond: null },
  ...{ rules: DEFAULT_RULES, proof: 'full' },
};

function account(): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 6);
  store.mailbox('INBOX').add(letter(1), ['\\Seen'], '2024-05-02T08:01:00+02:00');
  fill(store, 'Projekte/Ärger', 8, 10);
  store.mailbox('Empty');
  return store;
}

function changed(): MemoryStore {
  const store = account();
  fill(store, 'INBOX', 20, 22);
  for (const uid of [1, 4]) store.mailbox('INBOX').setFlags(uid, ['\\Flagged', '\\Seen', '$Done']);
  store.mailbox('INBOX').remove(2);
  fill(store, 'New', 24, 25);
  return store;
}

function renumbered(): MemoryStore {
  const store = account();
  const inbox = store.mailbox('INBOX');
  inbox.renumber(7777);
  for (const { uid } of inbox.messages.slice(0, 3)) inbox.setFlags(uid, ['\\Answered', 'late']);
  fill(store, 'INBOX', 30, 31);
  return store;
}

function partlyThere(): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 3, 5);
  fill(store, 'INBOX', 90, 91);
  fill(store, 'Projekte/Ärger', 8, 8);
  return store;
}

function large(): MemoryStore {
  const store = account();
  store.mailbox('INBOX').add(largeLetter(50, 1_060_000), ['\\Seen'], '2024-07-01T00:00:00Z');
  fill(store, 'INBOX', 51, 52);
  return store;
}

const REFUSED_BYTES = 1777;

function withRefused(): MemoryStore {
  const store = account();
  store.mailbox('INBOX').add(Buffer.concat([letter(60), Buffer.alloc(REFUSED_BYTES - letter(60).length, 'x\r\n')]));
  fill(store, 'INBOX', 61, 62);
  return store;
}

const isRefused = ({ raw }: MemoryMessage): boolean => raw.length === REFUSED_BYTES;

const without = (...names: CapabilityName[]) => ({
  capabilities: Object.fromEntries(names.map((name) => [name, false])),
});

const STORIES: Story[] = [
  { name: 'restore', kind: 'restore', now: account },
  { name: 'restore to where some of it is', kind: 'restore', now: account, atTarget: partlyThere },
  { name: 'restore in single APPENDs', kind: 'restore', now: account, server: without('MULTIAPPEND') },
  { name: 'restore in waiting APPENDs', kind: 'restore', now: account, server: without('MULTIAPPEND', 'LITERAL+') },
  { name: 'restore without UIDPLUS', kind: 'restore', now: account, server: without('UIDPLUS') },
  { name: 'restore with a large message', kind: 'restore', now: large },
  {
    ...{ name: 'restore with a message over the limit', kind: 'restore', now: withRefused },
    ...{ server: { appendLimitBytes: 1500 }, allowed: ['message-too-large'], refuses: isRefused },
  },
  {
    ...{ name: 'restore with a refused message', kind: 'restore', now: withRefused },
    ...{ server: { onCommand: refuse }, allowed: ['message-refused'], refuses: isRefused, triesAgain: true },
  },
  { name: 'restore with subscriptions', kind: 'restore', now: account, subscriptions: true },
  { name: 'restore more of a grown archive', kind: 'restore', before: account, now: changed },
  { name: 'migrate', kind: 'migrate', now: account },
  { name: 'migrate what changed, flags included', kind: 'migrate', before: account, now: changed },
  { name: 'migrate a renumbered mailbox', kind: 'migrate', before: account, now: renumbered },
];

function refuse(verb: string, args: string) {
  const isIt = verb === 'APPEND' && new RegExp(`\\{${REFUSED_BYTES}\\+?\\}`).test(args);
  return isIt ? 'NO [CANNOT] The virus scanner does not like this message' : undefined;
}

/** Each call gives scenarios of their own, with servers of their own that are not open yet. */
export function uploadScenarios(
  clock: Clock = systemClock,
  server: Omit<DemoServerOptions, 'users'> = {},
): UploadScenario[] {
  return STORIES.map((story) => scenarioOf(story, clock, server));
}

function scenarioOf(story: Story, clock: Clock, server: Omit<DemoServerOptions, 'users'>): UploadScenario {
  const world = new ServerWorld({ ...story.server, ...server });
  const run = (root: string) => upload(story, world, root, clock);
  return {
    name: story.name,
    world,
    triesAgain: story.triesAgain ?? false,
    prepare: async (root) => {
      world.reset();
      if (story.atTarget) fillAccount(world.account('target'), story.atTarget());
      if (story.before) {
        await provide(story, world, root, story.before());
        await run(root);
      }
      await provide(story, world, root, story.now());
    },
    run,
    outcome: async (root) => uploadOutcome(world.account('target'), stateFolder(root), story.subscriptions ?? false),
    expectRight: async () => expectThere(world.account('target'), story),
  };
}

/** Bring the source up to what it is now. */
async function provide(story: Story, world: ServerWorld, root: string, store: MemoryStore): Promise<void> {
  if (story.kind === 'restore') await runBackup(root, { layout: 'mbox', store });
  else fillAccount(world.account('source'), store);
}

const stateFolder = (root: string): string => path.join(root, 'state');

async function upload({ kind, allowed }: Story, world: ServerWorld, root: string, clock: Clock): Promise<void> {
  const engine = new Engine({
    clock,
    log: silentLog,
    stateFolder: stateFolder(root),
    retry: { ...DEFAULT_RETRY, lateMs: 0 },
  });
  const target = world.access('target');
  const handle =
    kind === 'restore'
      ? engine.restore(archiveIn(root), target, OPTIONS)
      : engine.migrate(world.access('source'), target, OPTIONS);
  expectEnded(await handle.result, allowed);
}

/** Each message exactly once, beside what was there; what left the source stays at the target. */
function expectThere(account: DemoAccount, story: Story): void {
  const wanted: string[] = [];
  const now = story.now();
  for (const [name, mailbox] of now.mailboxes) {
    const gone = (story.before?.().mailboxes.get(name)?.messages ?? []).filter(
      (m) => !mailbox.messages.some((there) => there.raw.equals(m.raw)),
    );
    for (const m of [...mailbox.messages, ...gone]) {
      if (!story.refuses?.(m)) wanted.push(messageLine(name, m.raw, m.flags, new Date(m.internalDate!)));
    }
  }
  for (const [name, mailbox] of story.atTarget?.().mailboxes ?? []) {
    for (const m of mailbox.messages) {
      const brought = now.mailboxes.get(name)?.messages.some((other) => other.raw.equals(m.raw));
      if (!brought) wanted.push(messageLine(name, m.raw, m.flags, new Date(m.internalDate!)));
    }
  }
  const given = account.mailboxes.flatMap(messagesOf);
  if (JSON.stringify(wanted.sort()) !== JSON.stringify(given.sort())) {
    throw new Error(`The target should hold\n${wanted.join('\n')}\nand holds\n${given.join('\n')}`);
  }
}
