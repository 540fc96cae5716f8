import type { MailboxStatus, SpecialUse } from '../../../shared/mailbox.ts';
import type { MailboxPair, Sink } from '../sink.ts';
import type { Namespace } from '../source.ts';
import type { AppendLedger, AppendMailbox } from './append-ledger.ts';
import { ImapSinkLane } from './imap-sink-lane.ts';
import { ImapSinkMailbox } from './imap-sink-mailbox.ts';
import {
  accountId,
  holdSessions,
  ImapSource,
  LaneCount,
  openLine,
  type ImapAccountOptions,
  namespaceOf,
} from './imap-source.ts';
import type { LaneParts } from './imap-source-lane.ts';
import type { SessionHolder } from './session-holder.ts';
import type { ScannedMailbox } from './session-types.ts';
import { requireOk } from './wire/selection.ts';

export interface ImapSinkOptions extends ImapAccountOptions {
  /** What was sent where; it outlives the sink, which does not close it. */
  ledger: AppendLedger;
}

/** An IMAP account that is written to; see sink.ts for the contract. Nothing is connected before the first call. */
export function createImapSink(options: ImapSinkOptions): ImapSink {
  return new ImapSink(options, holdSessions(options));
}

const DEFAULT_LANES = 4;

export class ImapSink implements Sink {
  readonly kind = 'imap';
  readonly id: string;
  readonly readBack: ImapSource;
  readonly #options: ImapSinkOptions;
  readonly #sessions: SessionHolder;
  readonly #lanes: LaneCount;
  #scanned: Map<string, MailboxStatus> | null = null;
  /** A line opened to ask for the state of a mailbox just made; the next lane takes it over. */
  #spare: LaneParts | null = null;
  readonly #making = new Map<string, Promise<MailboxStatus>>();

  constructor(options: ImapSinkOptions, sessions: SessionHolder) {
    this.id = accountId(options);
    this.#options = options;
    this.#sessions = sessions;
    this.#lanes = new LaneCount(options.maxLanes ?? DEFAULT_LANES, sessions);
    this.readBack = new ImapSource(options, sessions, true);
  }

  get maxLanes(): number {
    return this.#lanes.most;
  }

  get namespace(): Namespace | null {
    return namespaceOf(this.#sessions);
  }

  async scan(signal?: AbortSignal): Promise<ScannedMailbox[]> {
    const found = await this.#sessions.use((session) => session.scan(signal), signal);
    this.#scanned = new Map(found.map((mailbox) => [mailbox.path, mailbox]));
    return found;
  }

  async prepare({ source, targetPath, targetSpecialUse }: MailboxPair, signal?: AbortSignal): Promise<ImapSinkMailbox> {
    if (this.#scanned === null) await this.scan(signal);
    const found = this.#scanned?.get(targetPath);
    const status = found?.selectable
      ? await this.#settled(found)
      : await this.#make(targetPath, targetSpecialUse, signal);
    const records = this.#options.ledger.mailbox(source.path, status.path, status);
    if (source.subscribed && !status.subscribed && isUntouched(status, records)) await this.#subscribe(status, signal);
    return new ImapSinkMailbox(source.path, status, records);
  }

  /** The ledger's records hang on the UIDVALIDITY: where an empty mailbox may have none yet, it is opened first. */
  async #settled(found: MailboxStatus): Promise<MailboxStatus> {
    if (found.messages > 0 || !this.#sessions.latest?.quirks.selectBeforeStatus) return found;
    const status = { ...found, ...(await this.#status(found.path, found.specialUse)), subscribed: found.subscribed };
    this.#scanned?.set(found.path, status);
    return status;
  }

  /** A run stopped between CREATE and SUBSCRIBE left a mailbox that clients do not show. Making it again is harmless. */
  async #subscribe(status: MailboxStatus, signal?: AbortSignal): Promise<void> {
    await this.#sessions.use((session) => session.createMailbox(status.path, {}, signal), signal);
    status.subscribed = true;
  }

  async openLane(signal?: AbortSignal): Promise<ImapSinkLane> {
    const spare = this.#spare;
    this.#spare = null;
    const usable = spare && !spare.wire.failure && !signal ? spare : null;
    if (spare && !usable) await this.#drop(spare);
    const parts = usable ?? (await openLine(this.#options, this.#sessions, this.#lanes, signal));
    const server = this.#options.account.endpoint.host;
    const makeAgain = (mailbox: ImapSinkMailbox) => this.#makeAgain(mailbox);
    return new ImapSinkLane({ ...parts, server, makeAgain, connections: () => this.#lanes.open });
  }

  async close(): Promise<void> {
    if (this.#spare) await this.#drop(this.#spare);
    this.#spare = null;
    await this.#sessions.close();
  }

  /** Two lanes may miss the same mailbox at the same time. */
  #make(path: string, specialUse: SpecialUse | null, signal?: AbortSignal): Promise<MailboxStatus> {
    const making = this.#making.get(path) ?? this.#create(path, specialUse, signal);
    this.#making.set(path, making);
    const over = () => this.#making.delete(path);
    making.then(over, over);
    return making;
  }

  async #create(path: string, specialUse: SpecialUse | null, signal?: AbortSignal): Promise<MailboxStatus> {
    const madePath = await this.#sessions.use(async (session) => {
      const made = await session.createMailbox(path, { specialUse }, signal);
      this.#sessions.names?.learn(made, session.names.octets(made));
      return made;
    }, signal);
    const status = await this.#status(madePath, specialUse);
    this.#scanned?.set(madePath, status);
    return status;
  }

  async #makeAgain(mailbox: ImapSinkMailbox): Promise<void> {
    const status = await this.#make(mailbox.targetPath, mailbox.status.specialUse);
    mailbox.restart(status, this.#options.ledger.mailbox(mailbox.sourcePath, mailbox.targetPath, status));
  }

  /** The state of a new mailbox: its UIDVALIDITY is what the ledger's records hang on. */
  async #status(path: string, specialUse: SpecialUse | null): Promise<MailboxStatus> {
    const line = this.#spare ?? (await openLine(this.#options, this.#sessions, this.#lanes));
    this.#spare = line;
    const numbers = new Map<string, number>();
    const untagged = (text: string) => {
      const items = /^STATUS .*\(([^()]*)\)$/i.exec(text)?.[1] ?? '';
      for (const [, name, value] of items.matchAll(/([A-Z]+) (\d{1,10})/gi))
        numbers.set(name!.toUpperCase(), Number(value));
    };
    const wireName = line.names.wireName(path);
    try {
      if (this.#sessions.latest?.quirks.selectBeforeStatus)
        requireOk(await line.wire.command(`SELECT ${wireName}`), 'select');
      requireOk(await line.wire.command(`STATUS ${wireName} (MESSAGES UIDNEXT UIDVALIDITY)`, { untagged }), 'select');
    } catch (error) {
      if (line.wire.failure) this.#spare = null;
      throw error;
    }
    return {
      path,
      delimiter: this.namespace?.delimiter ?? null,
      specialUse,
      selectable: true,
      subscribed: true,
      messages: numbers.get('MESSAGES') ?? 0,
      unseen: null,
      uidValidity: numbers.get('UIDVALIDITY') ?? 0,
      uidNext: numbers.get('UIDNEXT') ?? 1,
      highestModSeq: null,
      sizeBytes: null,
    };
  }

  async #drop(line: LaneParts): Promise<void> {
    await line.wire.close();
    line.onClosed?.();
  }
}

/** Empty, and nothing was ever recorded of it. */
function isUntouched(status: MailboxStatus, records: AppendMailbox): boolean {
  return status.messages === 0 && records.lastPass() === null && records.otherGenerations(NaN).length === 0;
}
