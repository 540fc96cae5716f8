import type { Duplex, Readable, Writable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { Account, Credential } from '../../../shared/account.ts';
import { EngineError } from '../errors.ts';
import { silentLog } from '../ports.ts';
import { classifyResponse } from './classify-response.ts';
import { assertInternals, createClient, rawCapabilities } from './client.ts';
import type { Line } from './command.ts';
import { connectError, type Phase, timeoutError } from './connect-errors.ts';
import { createDialer } from './dial.ts';
import { MailboxNames } from './names.ts';
import { pickQuirks, type Quirks } from './quirks/quirks.ts';
import { readQuota } from './quota.ts';
import { countMailboxes, scanMailboxes, type ScanState } from './scan.ts';
import { sanitizeServerText, secretForms } from './server-text.ts';
import {
  type ConnectionReport,
  DEFAULT_TIMEOUTS,
  type Namespace,
  type Quota,
  type ScannedMailbox,
  type Session,
  type SessionOptions,
  type SessionTimeouts,
  type WireSockets,
} from './session-types.ts';
import { assertCredential, signIn } from './sign-in.ts';
import { underDeadline } from './watchdog.ts';
import { SlicedWriter } from './wire/sliced-writer.ts';

const LOGOUT_MS = 3_000;

/**
 * Connect, encrypt, sign in. Not retried: the caller decides, with a clock and a bound.
 *
 * The credential lives in closures until the sign-in is over; no object made here shows it. After that only the
 * blanking of server text still knows it.
 *
 * @throws EngineError 'host-unknown', 'connection-refused', 'connection-timeout', 'connection-lost', 'server-bye',
 *   'server-throttled', 'protocol-error'; 'tls-failed', 'starttls-missing', 'insecure-refused', 'certificate-…';
 *   'authentication-failed', 'authentication-unsupported', 'secret-missing'; 'cancelled'. Scope account.
 */
export async function openSession(account: Account, credential: Credential, options: SessionOptions): Promise<Session> {
  assertCredential(account, credential);
  const { endpoint } = account;
  const timeouts: SessionTimeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const secrets = secretForms(account.user, 'password' in credential ? credential.password : credential.accessToken);
  let phase: Phase = 'connect';
  let enter: (next: Phase, ms: number) => void = () => undefined;
  const dialer = createDialer(endpoint, options.allowInsecure === true, () => enter('greeting', timeouts.greetingMs));
  const clean = (text: string) => sanitizeServerText(text, secrets);
  const tapped = await createClient(endpoint, dialer, options, timeouts, clean, () =>
    enter('sign-in', timeouts.signInMs),
  );
  const { client, tap } = tapped;
  assertInternals(client);
  let mechanism = 'PREAUTH';
  const authenticate = client.authenticate.bind(client);
  client.authenticate = async () => {
    if (client.state !== client.states.NOT_AUTHENTICATED) return authenticate();
    mechanism = await signIn(client, account, credential, tap);
    await client.setAuthenticationState();
    return true;
  };
  const connect = async (restart: (ms: number) => void) => {
    enter = (next, ms) => {
      phase = next;
      restart(ms);
    };
    await client.connect();
  };
  try {
    const expired = () => timeoutError(endpoint, phase);
    await underDeadline(options.clock, timeouts.connectMs, options.signal, expired, () => client.close(), connect);
  } catch (error) {
    client.close();
    if (!(error instanceof EngineError) && tap.bye) throw classifyResponse('BYE', tap.bye.code, tap.bye.text, 'other');
    throw connectError(tap.failure ?? error, endpoint, phase);
  } finally {
    client.authenticate = authenticate;
  }
  const line: Line = { ...tapped, endpoint, clock: options.clock, commandMs: timeouts.commandMs };
  const report: ConnectionReport = { ...dialer.facts(), mechanism, compressed: Boolean(client._inflate) };
  options.log?.debug('imap-session-open', { host: endpoint.host, port: endpoint.port, ...report });
  return new ImapSession(line, report, options);
}

class ImapSession implements Session {
  readonly capabilities: ReadonlySet<string>;
  readonly enabled: ReadonlySet<string>;
  readonly names: MailboxNames;
  readonly serverName: string;
  readonly namespace: Namespace;
  readonly quirks: Quirks;
  readonly connectionReport: ConnectionReport;
  readonly clean: (text: string) => string;
  readonly #log;
  readonly #scan: ScanState;
  readonly #alerts: string[];
  #line: Line | null;

  constructor(line: Line, report: ConnectionReport, options: SessionOptions) {
    const { client, endpoint } = line;
    this.#line = line;
    this.#alerts = line.tap.alerts;
    this.clean = line.tap.clean;
    this.#log = options.log ?? silentLog;
    this.connectionReport = report;
    this.capabilities = rawCapabilities(client);
    this.enabled = new Set(client.enabled);
    const rev2Only = this.capabilities.has('IMAP4REV2') && !this.capabilities.has('IMAP4REV1');
    this.names = new MailboxNames(this.enabled.has('UTF8=ACCEPT') || rev2Only);
    this.#scan = { capabilities: this.capabilities, names: this.names, plainListOnly: false };
    const idName = String(client.serverInfo?.name || '');
    const greeting = client.greeting ?? '';
    this.serverName = line.tap.clean(idName || greeting);
    this.quirks = pickQuirks({ capabilities: this.capabilities, greeting, idName, host: endpoint.host });
    const { prefix = '', delimiter = null } = client.namespace ?? {};
    this.namespace = {
      prefix: this.names.pathOf(Buffer.from(prefix, 'utf8').toString('latin1')),
      delimiter: delimiter || null,
    };
  }

  get alerts(): readonly string[] {
    return [...this.#alerts];
  }

  async scan(signal?: AbortSignal): Promise<ScannedMailbox[]> {
    const found = await scanMailboxes(this.#bound(), this.#scan, signal);
    const failed = found.filter(({ failure }) => failure !== null).length;
    this.#log.debug('imap-scan', { mailboxes: found.length, failed });
    return found;
  }

  async count(signal?: AbortSignal): Promise<number> {
    return countMailboxes(this.#bound(), signal);
  }

  async quota(signal?: AbortSignal): Promise<Quota[]> {
    return readQuota(this.#bound(), this.capabilities, signal);
  }

  unbind(): WireSockets {
    const { client } = this.#bound();
    this.#line = null;
    const { readSocket, writeSocket, socket } = client.unbind() as {
      readSocket: Readable;
      writeSocket: Writable;
      socket: Duplex & { setTimeout?(ms: number): void };
    };
    socket.setTimeout?.(0); // imapflow's watchdog has no listener any more
    // A reset between this call and the caller's own listeners must not end the process; 'close' still tells it.
    for (const stream of new Set([readSocket, writeSocket, socket])) stream.on('error', () => undefined);
    const isBareTls = writeSocket === socket && socket instanceof TLSSocket;
    return { readSocket, writeSocket: isBareTls ? new SlicedWriter(socket) : writeSocket, socket };
  }

  async logout(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    if (!line || line.client.isClosed) return;
    const { client, endpoint, clock } = line;
    const stop = () => client.close();
    try {
      await underDeadline(
        clock,
        LOGOUT_MS,
        undefined,
        () => timeoutError(endpoint, 'command'),
        stop,
        () => client.logout(),
      );
    } catch (error) {
      this.#log.debug('imap-logout-failed', { code: error instanceof EngineError ? error.code : 'connection-lost' });
    } finally {
      client.close();
    }
  }

  #bound(): Line {
    if (this.#line) return this.#line;
    throw new EngineError('internal', 'This session was ended or handed over.');
  }
}
