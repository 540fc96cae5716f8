import type { Account, Credential } from '../../../shared/account.ts';
import { isEngineError } from '../errors.ts';
import { silentLog, type Clock, type Log } from '../ports.ts';
import type { Namespace, Source } from '../source.ts';
import { ImapSourceLane, type LaneParts } from './imap-source-lane.ts';
import { SessionHolder } from './session-holder.ts';
import { openSession } from './session.ts';
import type { SpareLines } from './spare-lines.ts';
import type { ScannedMailbox, SessionOptions } from './session-types.ts';
import { WireConnection } from './wire/connection.ts';
import type { Deadlines } from './wire/watchdog.ts';

export interface ImapAccountOptions {
  account: Account;
  credential: Credential;
  clock: Clock;
  log?: Log;
  sessionOptions?: Partial<SessionOptions>;
  /** Name of the account in ledgers; default `user@host`. */
  id?: string;
  /** Connections at once; default 4, never more than the server is known to bear. */
  maxLanes?: number;
  deadlines?: Partial<Deadlines>;
}

const DEFAULT_LANES = 4;

/** An IMAP account that is read from; see source.ts for the contract. Nothing is connected before the first call. */
export function createImapSource(options: ImapAccountOptions): ImapSource {
  return new ImapSource(options, holdSessions(options));
}

export function holdSessions({ account, credential, clock, log, sessionOptions }: ImapAccountOptions): SessionHolder {
  return new SessionHolder((signal) => openSession(account, credential, { clock, log, ...sessionOptions, signal }));
}

/** null before the first session. */
export function namespaceOf(sessions: SessionHolder): Namespace | null {
  const session = sessions.latest;
  return session ? { ...session.namespace, bmpOnly: session.quirks.bmpNamesOnly } : null;
}

export function accountId({ id, account }: ImapAccountOptions): string {
  return id ?? `${account.user}@${account.endpoint.host}`;
}

export class ImapSource implements Source {
  readonly kind = 'imap';
  readonly id: string;
  readonly #options: ImapAccountOptions;
  readonly #sessions: SessionHolder;
  readonly #lanes: LaneCount;

  readonly #spare: SpareLines | null;

  /** @param spare of the sink that the sessions belong to, and that closes both */
  constructor(options: ImapAccountOptions, sessions: SessionHolder, spare: SpareLines | null = null) {
    this.id = accountId(options);
    this.#spare = spare;
    this.#options = options;
    this.#sessions = sessions;
    this.#lanes = new LaneCount(options.maxLanes ?? DEFAULT_LANES, sessions);
  }

  get maxLanes(): number {
    return this.#lanes.most;
  }

  get roundTripMs(): number | null {
    return this.#lanes.roundTripMs;
  }

  get namespace(): Namespace | null {
    return namespaceOf(this.#sessions);
  }

  scan(signal?: AbortSignal): Promise<ScannedMailbox[]> {
    return this.#sessions.use((session) => session.scan(signal), signal);
  }

  get spareLanes(): number {
    return this.#spare?.count ?? 0;
  }

  async openLane(signal?: AbortSignal): Promise<ImapSourceLane> {
    const spare = this.#spare?.take();
    if (signal) spare?.wire.endWith(signal);
    if (spare) return new ImapSourceLane(spare);
    return new ImapSourceLane(await openLine(this.#options, this.#sessions, this.#lanes, signal));
  }

  async close(): Promise<void> {
    if (this.#spare === null) await this.#sessions.close();
  }
}

/** How many lanes are open, and how many make sense. */
export class LaneCount {
  readonly #sessions: SessionHolder;
  #most: number;
  open = 0;
  /** The shortest so far, milliseconds. */
  roundTripMs: number | null = null;

  constructor(most: number, sessions: SessionHolder) {
    this.#most = most;
    this.#sessions = sessions;
  }

  get most(): number {
    return Math.max(1, Math.min(this.#most, this.#sessions.latest?.quirks.maxConnections ?? this.#most));
  }

  readonly onRoundTrip = (ms: number): void => {
    this.roundTripMs = Math.min(ms, this.roundTripMs ?? ms);
  };

  /** The server grants no further connection: what it bears is what there is. */
  lower(): void {
    this.#most = Math.max(1, this.open);
  }
}

/** A signed-in connection for a lane: imapflow's socket, from now on read and written by us. */
export async function openLine(
  options: ImapAccountOptions,
  sessions: SessionHolder,
  lanes: LaneCount,
  signal?: AbortSignal,
): Promise<LaneParts> {
  const { clock, log = silentLog, deadlines, account } = options;
  try {
    const { session, names } = await sessions.take(signal);
    const { capabilities, quirks } = session;
    const { clean } = session;
    const { onRoundTrip } = lanes;
    const wireOptions = { server: account.endpoint.host, clock, log, signal, deadlines, clean, onRoundTrip };
    const wire = new WireConnection(session.unbind(), wireOptions);
    lanes.open++;
    const onClosed = () => {
      lanes.open--;
    };
    const { noopBeforeLook: noopBeforeList, sizesAreEstimates } = quirks;
    return { wire, names, capabilities, log, noopBeforeList, sizesAreEstimates, onClosed };
  } catch (error) {
    if (isEngineError(error, 'server-throttled') && lanes.open > 0) lanes.lower();
    throw error;
  }
}
