import type { Duplex, Readable, Writable } from 'node:stream';
import type { Failure } from '../../../shared/failure.ts';
import type { ConnectionReport, Quota } from '../../../shared/connection.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { Clock, Log } from '../ports.ts';
import type { MailboxNames } from './names.ts';
import type { Quirks } from './quirks/quirks.ts';

export type { ConnectionReport, Quota };

/** Every phase of a session has a deadline of its own. */
export interface SessionTimeouts {
  /** Look-up, TCP and, with `tls`, the TLS handshake. */
  connectMs: number;
  greetingMs: number;
  /** From the greeting until the session is usable: STARTTLS, ID, sign-in, NAMESPACE, ENABLE. */
  signInMs: number;
  /** One command. Generous: a cold server may count sizes for minutes before it answers LIST … STATUS (SIZE). */
  commandMs: number;
}

export const DEFAULT_TIMEOUTS: SessionTimeouts = {
  connectMs: 30_000,
  greetingMs: 30_000,
  signInMs: 60_000,
  commandMs: 600_000,
};

export interface SessionOptions {
  clock: Clock;
  signal?: AbortSignal;
  log?: Log;
  timeouts?: Partial<SessionTimeouts>;
  /** Let `security: 'none'` reach a server that is not on this machine. The password then travels readable. */
  allowInsecure?: boolean;
  /** COMPRESS=DEFLATE where offered; off by default, as it costs the server more than most lines gain. */
  compress?: boolean;
  /** Also ENABLE QRESYNC (RFC 7162 §3.2.3): expunges are then told as VANISHED. */
  qresync?: boolean;
}

/** A mailbox as listed. failure: it is there, but its STATUS could not be had; nothing about it may be concluded. */
export interface ScannedMailbox extends MailboxStatus {
  failure: Failure | null;
}

/** A signed-in connection, taken out of imapflow. Attach `error` listeners and call `readSocket.resume()`. */
export interface WireSockets {
  readSocket: Readable;
  writeSocket: Writable;
  /** The transport under both; destroy this one to cut the line. Without COMPRESS and TLS it is both. */
  socket: Duplex;
}

export interface Namespace {
  /** Put before every mailbox of the user but INBOX; '' in most accounts, `INBOX.` at Courier. */
  prefix: string;
  delimiter: string | null;
}

/** One signed-in connection. Its methods are called one after another; after unbind() it is only data. */
export interface Session {
  /** Upper case, as the server gave them after the sign-in: `UIDPLUS`, `APPENDLIMIT=35651584`, `AUTH=PLAIN`. */
  readonly capabilities: ReadonlySet<string>;
  /** Upper case, extensions that ENABLE switched on: `CONDSTORE`, `UTF8=ACCEPT`, `QRESYNC`. */
  readonly enabled: ReadonlySet<string>;
  /** Text of the server as it may be shown: sanitised, and without the secret. */
  readonly clean: (text: string) => string;
  /** Learns from scan() and whenever a mailbox is made. */
  readonly names: MailboxNames;
  /** From ID, else from the greeting; sanitised. */
  readonly serverName: string;
  readonly namespace: Namespace;
  readonly quirks: Quirks;
  readonly connectionReport: ConnectionReport;
  /** [ALERT] texts told so far, which a user has to see (RFC 9051 §7.1); sanitised. */
  readonly alerts: readonly string[];
  /** Every mailbox, in one LIST where LIST-STATUS is offered. */
  scan(signal?: AbortSignal): Promise<ScannedMailbox[]>;
  /** How many there are, in one LIST. */
  count(signal?: AbortSignal): Promise<number>;
  /** Empty when the server tells nothing. */
  quota(signal?: AbortSignal): Promise<Quota[]>;
  unbind(): WireSockets;
  /** Never throws; closes the line whatever the server answers. */
  logout(): Promise<void>;
}
