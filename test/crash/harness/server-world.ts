/** An IMAP server that lives on while the process under test is stopped; its mailboxes can be put back to any moment. */
import { hash } from 'node:crypto';
import type { DemoAccount } from '../../../electron/demo/server/account.ts';
import type { DemoMailbox, DemoMessage } from '../../../electron/demo/server/mailbox.ts';
import type { CommandHook, DemoServer, DemoServerOptions } from '../../../electron/demo/server/options.ts';
import { startDemoServer } from '../../../electron/demo/server/start-demo-server.ts';
import type { AccountAccess } from '../../../electron/engine/engine.ts';
import { accessTo } from '../../helpers/account.ts';
import type { World } from './scenario.ts';

const USERS = [
  { name: 'source', password: 'source secret' },
  { name: 'target', password: 'target secret' },
] as const;
type UserName = (typeof USERS)[number]['name'];

/** Commands that change something at the server. */
const CHANGING = new Set(['APPEND', 'CREATE', 'UID STORE', 'SUBSCRIBE', 'DELETE', 'UID EXPUNGE']);

interface SavedMailbox {
  path: string;
  selectable: boolean;
  specialUse: string[];
  uidValidity: number;
  uidNext: number;
  highestModSeq: number;
  sizeBytes: number;
  messages: DemoMessage[];
  keywords: [string, string][];
}

interface SavedAccount {
  mailboxes: SavedMailbox[];
  subscriptions: string[];
}

export class ServerWorld implements World {
  readonly #options: Omit<DemoServerOptions, 'users'>;
  #server: DemoServer | null = null;
  #port = 0;
  #listener: ((what: string) => void) | null = null;

  constructor(options: Omit<DemoServerOptions, 'users'> = {}) {
    this.#options = options;
  }

  async open(): Promise<void> {
    this.#server = await startDemoServer({ uidValidityStart: 5000, ...this.#options, users: [...USERS] });
    this.#port = this.#server.port;
    this.#server.setHook(this.#hook());
    watch(this.account('target'), (what) => this.#listener?.(what));
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  /** The server runs in another process; nothing but `access` can be asked for then. */
  attach(port: number): void {
    this.#port = port;
  }

  get port(): number {
    return this.#port;
  }

  get server(): DemoServer {
    if (!this.#server) throw new Error('The server is not open.');
    return this.#server;
  }

  account(name: UserName): DemoAccount {
    return this.server.account(name);
  }

  access(name: UserName): AccountAccess {
    const user = USERS.find((one) => one.name === name)!;
    const access = accessTo({ port: this.#port }, user);
    const { tls } = this.#options;
    if (tls?.mode !== 'implicit') return access;
    const endpoint = { ...access.account.endpoint, security: 'tls' as const, tlsCa: String(tls.cert) };
    return { ...access, account: { ...access.account, endpoint } };
  }

  /** A fault on top of the scenario's own hook; null: none. */
  setFault(fault: CommandHook | null): void {
    const hook = this.#hook();
    this.server.setHook(
      async (verb, args, session) => (await fault?.(verb, args, session)) ?? hook(verb, args, session),
    );
  }

  onEvent(listener: ((what: string) => void) | null): void {
    this.#listener = listener;
  }

  /** Both accounts without mail and without mailboxes of their own. */
  reset(): void {
    for (const { name } of USERS) loadAccount(this.account(name), { mailboxes: [], subscriptions: ['INBOX'] });
  }

  save(): SavedAccount {
    return saveAccount(this.account('target'));
  }

  load(saved: unknown): void {
    loadAccount(this.account('target'), saved as SavedAccount);
  }

  key(saved: unknown): string {
    const { mailboxes, subscriptions } = saved as SavedAccount;
    const told = mailboxes.map(({ messages, ...rest }) => ({
      ...rest,
      messages: messages.map((m) => [m.uid, m.internalDate, m.flags, m.modSeq, digestOf(m.raw)]),
    }));
    return hash('sha256', JSON.stringify([told, subscriptions]), 'hex');
  }

  #hook(): CommandHook {
    return (verb, args, session) => {
      if (session.userName === 'target' && CHANGING.has(verb)) this.#listener?.(`before ${verb} ${args.slice(0, 60)}`);
      return this.#options.onCommand?.(verb, args, session);
    };
  }
}

const digests = new WeakMap<Buffer, string>();

function digestOf(raw: Buffer): string {
  let found = digests.get(raw);
  if (found === undefined) digests.set(raw, (found = hash('sha256', raw, 'hex')));
  return found;
}

/** Tell of changes at the moment they are made: before any answer is written. */
function watch(account: DemoAccount, tell: (what: string) => void): void {
  for (const mailbox of account.mailboxes) watchMailbox(mailbox, tell);
  const create = account.create.bind(account);
  account.create = (path, options) => {
    const made = create(path, options);
    watchMailbox(made, tell);
    tell(`after making ${path}`);
    return made;
  };
}

function watchMailbox(mailbox: DemoMailbox, tell: (what: string) => void): void {
  const append = mailbox.append.bind(mailbox);
  mailbox.append = (message) => {
    const stored = append(message);
    tell(`after storing ${mailbox.path} ${stored.uid}`);
    return stored;
  };
  const setFlags = mailbox.setFlags.bind(mailbox);
  mailbox.setFlags = (message, flags) => {
    setFlags(message, flags);
    tell(`after flagging ${mailbox.path} ${message.uid}`);
  };
}

function saveAccount(account: DemoAccount): SavedAccount {
  const mailboxes = account.mailboxes.map((m): SavedMailbox => {
    const { path, selectable, uidValidity, uidNext, highestModSeq, sizeBytes } = m;
    const columns = { path, selectable, uidValidity, uidNext, highestModSeq, sizeBytes };
    const messages = m.messages.map((message) => ({ ...message }));
    return { ...columns, specialUse: [...m.specialUse], messages, keywords: [...m.keywords] };
  });
  return { mailboxes, subscriptions: [...account.subscriptions] };
}

const EMPTY = { selectable: true, specialUse: [], uidNext: 1, highestModSeq: 1, sizeBytes: 0, messages: [] };

function loadAccount(account: DemoAccount, { mailboxes, subscriptions }: SavedAccount): void {
  const deepestFirst = account.mailboxes.map((m) => m.path).sort((a, b) => b.length - a.length);
  for (const path of deepestFirst) if (path !== 'INBOX') account.delete(path);
  loadMailbox(account.find('INBOX')!, EMPTY);
  for (const saved of mailboxes) {
    const there = account.find(saved.path);
    // A level that only has children is made with them.
    loadMailbox(there ?? account.create(saved.path), saved);
  }
  account.subscriptions.clear();
  for (const path of subscriptions) account.subscriptions.add(path);
}

function loadMailbox(mailbox: DemoMailbox, saved: Partial<SavedMailbox>): void {
  const { keywords = [], messages = [], ...columns } = saved;
  Object.assign(mailbox, columns, { messages: messages.map((m) => ({ ...m })), revision: mailbox.revision + 1 });
  mailbox.keywords.clear();
  for (const [key, spelling] of keywords) mailbox.keywords.set(key, spelling);
}
