import type { ImapFlow, ImapResponse } from 'imapflow';
import type { Endpoint } from '../../../shared/account.ts';
import { EngineError } from '../errors.ts';
import { notImap, tooMuch } from './connect-errors.ts';
import type { Dialer } from './dial.ts';
import type { SessionOptions, SessionTimeouts } from './session-types.ts';

/**
 * The parts of imapflow 2.10.2 that are no public interface and that we need: package.json pins the version exactly,
 * and the tests of this folder fail when one of them is gone.
 */
interface Internals {
  handleResponse(data: RawLine): Promise<boolean>;
  authenticate(): Promise<boolean>;
  setAuthenticationState(): Promise<void>;
  emitError(error: Error): void;
  write(text: string): void;
  rawCapabilities: ({ value?: unknown } | null)[] | null;
  expectCapabilityUpdate: boolean;
  /** Set once COMPRESS is on. */
  _inflate?: unknown;
  exec(
    command: string,
    attributes: unknown,
    options?: {
      untagged?: Record<string, (line: ImapResponse) => Promise<void>>;
      onPlusTag?: (line: ImapResponse) => Promise<void>;
    },
  ): Promise<{ response: ImapResponse; next: () => void }>;
}

/** A whole response; `payload` keeps each literal's `{n}` CRLF, whose octets are in `literals`. */
export interface RawLine {
  payload: Buffer;
  literals: Buffer[];
}

export type Client = Omit<ImapFlow, keyof Internals> & Internals;

export interface Tap {
  /** Takes LIST, LSUB, XLIST and STATUS lines, which imapflow's own parser changes or drops when they are odd. */
  listing: ((line: RawLine) => void) | null;
  /** The BYE with which the server left. */
  bye: { code: string | null; text: string } | null;
  alerts: string[];
  /** Why imapflow gave the connection up: the command under way is only told that it is gone. */
  failure: unknown;
  /** sanitizeServerText() that also blanks out the secret, should the server echo it. */
  readonly clean: (text: string) => string;
}

export interface Tapped {
  client: Client;
  tap: Tap;
}

const LISTING = /^\* (X?LIST|LSUB|STATUS) /i;
const GREETING = /^\* (OK|PREAUTH|BYE)\b/i;
const BYE = /^\* BYE(?: \[([^\] ]{1,40})[^\]]*\])? ?(.*)$/is;
/** A mailbox name or a capability list; mail never goes through imapflow here. */
const MAX_LINE_BYTES = 256 * 1024;
const MAX_ALERTS = 10;
/** Responses, listings aside, before the answer to a command: beyond it a server only wants to keep us busy. */
const MAX_UNASKED = 10_000;

/**
 * An imapflow client that knows no secret, judges nothing about TLS and hands listings over as octets. The library is
 * loaded with the first one: a window that opens, and a command that reads an archive, do without it.
 *
 * @param clean      see Tap
 * @param onGreeting called when the server has greeted like an IMAP server
 */
export async function createClient(
  endpoint: Endpoint,
  dialer: Dialer,
  options: SessionOptions,
  timeouts: SessionTimeouts,
  clean: Tap['clean'],
  onGreeting: () => void,
): Promise<Tapped> {
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host: endpoint.host,
    port: endpoint.port,
    secure: endpoint.security === 'tls',
    doSTARTTLS: endpoint.security === 'tls' ? undefined : endpoint.security === 'starttls',
    transport: dialer.transport,
    logger: false,
    clientInfo: { name: 'Mailferry', version: false, vendor: false, 'support-url': false },
    disableAutoIdle: true,
    disableCompression: options.compress !== true,
    disableIMAP4rev2: true, // the wire reader speaks IMAP4rev1 with extensions: SEARCH, not ESEARCH
    qresync: options.qresync === true,
    // Ours fire first and say what phase it was; these are a second net.
    connectionTimeout: timeouts.connectMs + 5000,
    greetingTimeout: timeouts.greetingMs + 5000,
    socketTimeout: Math.max(timeouts.commandMs, timeouts.signInMs) + 5000,
    maxLineLength: MAX_LINE_BYTES,
    maxLiteralSize: MAX_LINE_BYTES,
    maxResponseSize: 2 * MAX_LINE_BYTES,
  }) as unknown as Client;
  const tap: Tap = { listing: null, bye: null, alerts: [], failure: null, clean };
  client.on('error', (error: unknown) => (tap.failure ??= error)); // without a listener it would end the process
  client.on('alert', ({ message }: { message: string }) => {
    if (tap.alerts.length < MAX_ALERTS) tap.alerts.push(clean(message));
  });
  tapResponses(client, tap, endpoint, onGreeting);
  return { client, tap };
}

function tapResponses(client: Client, tap: Tap, endpoint: Endpoint, onGreeting: () => void): void {
  const inner = client.handleResponse.bind(client);
  let greeted = false;
  let unasked = 0;
  client.handleResponse = async (line) => {
    if (!greeted) {
      const text = line.payload.toString('latin1', 0, 400);
      if (!GREETING.test(text)) {
        client.emitError(notImap(endpoint, text));
        return false;
      }
      greeted = true;
      onGreeting();
    }
    const head = line.payload.toString('latin1', 0, 10);
    if (tap.listing && LISTING.test(head)) {
      tap.listing(line);
      return true;
    }
    unasked = /^[*+]/.test(head) ? unasked + 1 : 0;
    if (unasked > MAX_UNASKED) {
      client.emitError(tooMuch(endpoint));
      client.close();
      return false;
    }
    if (/^\* BYE/i.test(head)) {
      const [, code = null, text = ''] = BYE.exec(line.payload.toString('utf8', 0, 2000)) ?? [];
      tap.bye = { code, text: tap.clean(text) };
    }
    return inner(withoutBackoff(line));
  };
}

/**
 * imapflow sits out the pause that Exchange asks for, up to five minutes, before it tells of the refusal. The job has to
 * know at once, to say what it waits for: so imapflow does not get to read the words that it looks for.
 */
function withoutBackoff(line: RawLine): RawLine {
  if (line.payload.length > 2000) return line;
  const text = line.payload.toString('latin1');
  if (!/^\S+ (NO|BAD) .*backoff time/i.test(text)) return line;
  return { ...line, payload: Buffer.from(text.replace(/backoff time/gi, 'Backoff-Time'), 'latin1') };
}

/** Capabilities as the server wrote them, upper case: imapflow turns `APPENDLIMIT=n` into a pair. */
export function rawCapabilities(client: Client): Set<string> {
  const found = new Set<string>();
  for (const entry of client.rawCapabilities ?? []) {
    const value = entry?.value;
    if (typeof value === 'string' && value !== '' && value.length <= 200 && found.size < 1000)
      found.add(value.toUpperCase());
  }
  return found;
}

/** Fails loudly when a new imapflow no longer has what we hook into. */
export function assertInternals(client: Client): void {
  for (const name of [
    'handleResponse',
    'authenticate',
    'setAuthenticationState',
    'emitError',
    'write',
    'exec',
  ] as const) {
    if (typeof client[name] !== 'function') throw new EngineError('internal', `imapflow has no ${name}() any more.`);
  }
}
