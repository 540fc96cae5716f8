/** Backups from a mailbox in memory: what was there, what is new, and with which options. */
import type { Layout } from '../../../electron/engine/archive/layout.ts';
import type { BackupOptions } from '../../../electron/engine/jobs/backup.ts';
import { MemoryStore } from '../../helpers/memory.ts';
import { archiveOutcome, expectArchived, type ExpectedMessage } from '../harness/archive-outcome.ts';
import { ORDERS, Queue, type Order } from '../harness/orders.ts';
import { archiveIn, runBackup } from '../harness/run-backup.ts';
import type { Scenario } from '../harness/scenario.ts';
import { fill, largeLetter, letter } from './mail.ts';

interface Story {
  name: string;
  layouts: Layout[];
  /** The account as the first backup found it; null: there was none. */
  before: (() => MemoryStore) | null;
  now: () => MemoryStore;
  options?: Partial<BackupOptions>;
  allowed?: string[];
}

const BOTH: Layout[] = ['mbox', 'eml'];

/** An account of three mailboxes, one of them empty. */
function account(): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 7);
  fill(store, 'Projekte/Ärger', 8, 11);
  store.mailbox('Empty');
  return store;
}

function grown(): MemoryStore {
  const store = account();
  fill(store, 'INBOX', 20, 23);
  store.mailbox('INBOX').setFlags(2, ['\\Seen', '\\Deleted']);
  store.mailbox('INBOX').remove(3);
  fill(store, 'New', 24, 25);
  return store;
}

function flagged(): MemoryStore {
  const store = account();
  for (const uid of [1, 2, 5]) store.mailbox('INBOX').setFlags(uid, ['\\Flagged', `$Label${uid % 2}`]);
  for (const uid of [4, 7]) store.mailbox('INBOX').remove(uid);
  store.mailbox('Projekte/Ärger').remove(2);
  return store;
}

/** With exact copies, and two letters alike in size, date and header: those are told apart by their bodies. */
function confusable(): MemoryStore {
  const store = account();
  const inbox = store.mailbox('INBOX');
  inbox.add(letter(1), ['\\Seen']);
  inbox.add(letter(30, 'one way'), [], '2024-06-01T09:00:00Z');
  inbox.add(letter(30, 'or else'), [], '2024-06-01T09:00:00Z');
  return store;
}

function renumbered(): MemoryStore {
  const store = confusable();
  const inbox = store.mailbox('INBOX');
  inbox.remove(2);
  inbox.setFlags(5, ['\\Answered']);
  inbox.renumber(7777);
  fill(store, 'INBOX', 40, 41);
  return store;
}

function withLarge(): MemoryStore {
  const store = account();
  const inbox = store.mailbox('INBOX');
  inbox.add(largeLetter(50), ['\\Seen'], '2024-07-01T00:00:00Z');
  fill(store, 'INBOX', 51, 52);
  inbox.add(largeLetter(50), [], '2024-07-02T00:00:00Z');
  return store;
}

function copies(): MemoryStore {
  const store = new MemoryStore();
  for (const path of ['INBOX', 'Archive', 'Archive/2024']) {
    fill(store, path, 1, 3);
    store.mailbox(path).add(letter(1), ['\\Seen', 'again'], '2024-05-20T00:00:00Z');
  }
  return store;
}

/** Tells of sizes that are worth several lanes. */
class WideStore extends MemoryStore {
  override status(path: string) {
    return { ...super.status(path), sizeBytes: 64 * 1024 * 1024 };
  }
}

function wide(): MemoryStore {
  const store = new WideStore();
  ['INBOX', 'Sent', 'Drafts', 'A', 'A/B', 'A/B/C', 'con', 'Trash'].forEach((path, i) => {
    fill(store, path, i * 4 + 1, i * 4 + 3);
  });
  return store;
}

function thinned(): MemoryStore {
  const store = account();
  for (const uid of [1, 4]) store.mailbox('INBOX').remove(uid);
  store.mailbox('Projekte/Ärger').remove(3);
  fill(store, 'INBOX', 60, 61);
  return store;
}

/** A mailbox is gone as a whole, another one has changed its place in the tree. */
function rearranged(): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 7);
  fill(store, 'Projekte/Alt/Ärger', 8, 11);
  return store;
}

const STORIES: Story[] = [
  { name: 'new backup', layouts: BOTH, before: null, now: account },
  { name: 'incremental backup', layouts: BOTH, before: account, now: grown },
  { name: 'flags changed and messages gone', layouts: BOTH, before: account, now: flagged },
  { name: 'renumbered mailbox', layouts: BOTH, before: confusable, now: renumbered },
  { name: 'mirror forgets', layouts: BOTH, before: account, now: thinned, options: { mirror: 'on' } },
  { name: 'several lanes', layouts: BOTH, before: null, now: wide },
  { name: 'large messages', layouts: BOTH, before: null, now: withLarge },
  { name: 'exact copies', layouts: BOTH, before: null, now: copies },
  { name: 'mailboxes gone and moved', layouts: BOTH, before: account, now: rearranged },
];

/** Each call gives scenarios of their own. */
export function backupScenarios(): Scenario[] {
  return STORIES.flatMap((story) => story.layouts.map((layout) => scenarioOf(story, layout)));
}

/** Where several things are under way at once. */
const AT_ONCE = ['several lanes', 'exact copies', 'large messages', 'incremental backup'];

/** The same with the order forced in which they end. @param told of how many waited at once */
export function orderedScenarios(told: (name: string, most: number) => void): Scenario[] {
  return STORIES.filter(({ name }) => AT_ONCE.includes(name)).flatMap((story) =>
    story.layouts.flatMap((layout) => ORDERS.map((order) => scenarioOf(story, layout, order, told))),
  );
}

function scenarioOf(
  story: Story,
  layout: Layout,
  order: Order | null = null,
  told: (name: string, most: number) => void = () => undefined,
): Scenario {
  const { before, now, options, allowed } = story;
  const name = `${story.name}, ${layout}${order ? `, ${order.name}` : ''}`;
  const run = async (root: string, store: MemoryStore): Promise<void> => {
    const queue = order && new Queue(order);
    await runBackup(root, { layout, store, options, allowed, queue });
    if (queue) told(name, queue.most);
  };
  return {
    name,
    prepare: async (root) => {
      if (before) await runBackup(root, { layout, store: before() });
    },
    run: (root) => run(root, now()),
    outcome: (root) => archiveOutcome(archiveIn(root)),
    expectRight: (root) => expectArchived(archiveIn(root), truthOf(now())),
  };
}

export function truthOf(store: MemoryStore): Map<string, ExpectedMessage[]> {
  return new Map([...store.mailboxes].map(([path, mailbox]) => [path, mailbox.messages]));
}
