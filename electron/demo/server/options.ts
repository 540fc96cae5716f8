import type { DemoAccount } from './account.ts';
import type { CommandLog } from './command-log.ts';

/** Every extension the server knows. All are offered unless switched off. */
export const CAPABILITY_NAMES = [
  'LITERAL+',
  'SASL-IR',
  'AUTH=PLAIN',
  'ID',
  'ENABLE',
  'NAMESPACE',
  'UNSELECT',
  'MOVE',
  'UIDPLUS',
  'MULTIAPPEND',
  'LIST-EXTENDED',
  'LIST-STATUS',
  'SPECIAL-USE',
  'CREATE-SPECIAL-USE',
  'STATUS=SIZE',
  'CONDSTORE',
  'ESEARCH',
  'QUOTA',
] as const;
export type CapabilityName = (typeof CAPABILITY_NAMES)[number];

export interface DemoUser {
  name: string;
  password: string;
}

export interface DemoTls {
  /** PEM. */
  key: string | Buffer;
  cert: string | Buffer;
  /** implicit: TLS from the first octet (port 993's way). starttls: offered, and required before a password is taken. */
  mode: 'implicit' | 'starttls';
}

/** What a hook may know of the connection that sent a command. */
export interface SessionFacts {
  /** Counts from 1 in the order of connecting. */
  readonly id: number;
  readonly userName: string | null;
  readonly selectedPath: string | null;
}

/**
 * undefined: go on as usual. A text such as `NO [OVERQUOTA] Full`: the tagged reply, instead of doing anything;
 * untagged lines before it as `{ untagged, tagged }`. 'drop': cut the line instead of doing anything.
 * 'drop-after': do it, then cut the line instead of replying: the client cannot know that it was done.
 */
export type HookAnswer = void | undefined | string | { untagged: string[]; tagged: string };

/**
 * Called once a command has been read completely.
 *
 * @param verb upper case, `UID FETCH` for the UID forms
 * @param args the rest of the line, literals shown as `{size}`; empty for LOGIN and AUTHENTICATE
 */
export type CommandHook = (verb: string, args: string, session: SessionFacts) => HookAnswer | Promise<HookAnswer>;

export interface DemoServerOptions {
  /** At least one. */
  users: DemoUser[];
  /** Free port when 0 or absent. Always on 127.0.0.1. */
  port?: number;
  capabilities?: Partial<Record<CapabilityName, boolean>>;
  /** Octets that one message may have (RFC 7889); offered as APPENDLIMIT=n and enforced. */
  appendLimitBytes?: number;
  /** Storage quota of every user in octets (RFC 9208). */
  quotaBytes?: number;
  /** Hierarchy delimiter, `/` when absent. */
  delimiter?: string;
  /** Prefix of the personal namespace, such as `INBOX.`; it must end in the delimiter. */
  namespacePrefix?: string;
  /** UIDVALIDITY of the first mailbox, counted up for each further one. The current second when absent. */
  uidValidityStart?: number;
  /** Every response reaches the client this much after its command was read; pipelined commands overlap. */
  latencyMs?: number;
  /** Each connection, each direction. */
  bytesPerSecond?: number;
  /** Largest literal taken at all; 256 MiB when absent. */
  maxLiteralBytes?: number;
  tls?: DemoTls;
  onCommand?: CommandHook;
}

export interface DemoServer {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly log: CommandLog;
  /** Connections that are open now. */
  readonly connections: number;
  /** The mailboxes of one user, of the first one when no name is given. */
  account(userName?: string): DemoAccount;
  /** Replaces the hook; null removes it. */
  setHook(hook: CommandHook | null): void;
  /** Cuts every connection and frees the port. Nothing of the server runs once this has resolved. */
  stop(): Promise<void>;
}

/** Options with every default filled in, as the sessions use them. */
export interface ServerSettings {
  offers(name: CapabilityName): boolean;
  accounts: ReadonlyMap<string, { password: string; account: DemoAccount }>;
  delimiter: string;
  namespacePrefix: string;
  appendLimitBytes: number | null;
  quotaBytes: number | null;
  latencyMs: number;
  bytesPerSecond: number | null;
  maxLiteralBytes: number;
  tls: DemoTls | null;
  hook: CommandHook | null;
  log: CommandLog;
}
