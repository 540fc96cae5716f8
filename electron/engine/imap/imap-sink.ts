import type { MailboxStatus, SpecialUse } from '../../../shared/mailbox.ts';
import { isEngineError } from '../errors.ts';
import type { MailboxPair, Sink } from '../sink.ts';
import type { Namespace } from '../source.ts';
import type { AppendLedger, AppendMailbox } from './append-ledger.ts';
import { createMailbox } from './create-mailbox.ts';
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
import { SpareLines } from './spare-lines.ts';
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
/** Mailboxes made at the same time on one line: a distant server is not waited for with each. */
const MAKING_AT_ONCE = 32;

export class ImapSink implements Sink {
  readonly kind = 'imap';
  readonly id: string;
  readonly readBack: ImapSource;
  readonly #options: ImapSinkOptions;
  readonly #sessions: SessionHolder;
  readonly #lanes: LaneCount;
  #scanned: Map<string, MailboxStatus> | null = null;
  /** Mailboxes are made on the first of them; lanes take them over, and leave them behind for the proof. */
  readonly #spare = new SpareLines();
  #opening: Promise<LaneParts> | null = null;
  readonly #making = new Map<string, Promise<MailboxStatus>>();
  /** Made or opened by us: their state is as it will stay. */
  readonly #settled = new Set<string>();

  constructor(options: ImapSinkOptions, sessions: SessionHolder) {
    this.id = accountId(options);
    this.#options = options;
    this.#sessions = sessions;
    this.#lanes = new LaneCount(options.maxLanes ?? DEFAULT_LANES, sessions);
    this.readBack = new ImapSource(options, sessions, this.#spare);
  }

  get maxLanes(): number {
    return this.#lanes.most;
  }

  get roundTripMs(): number | null {
    return this.#lanes.roundTripMs;
  }

  get unheardSince(): Date | null {
    return this.#options.ledger.unheardSince;
  }

  get namespace(): Namespace | null {
    return namespaceOf(this.#sessions);
  }

  async scan(signal?: AbortSignal): Promise<ScannedMailbox[]> {
    const found = await this.#sessions.use((session) => session.scan(signal), signal);
    this.#scanned = new Map(found.map((mailbox) => [mailbox.path, mailbox]));
    return found;
  }

  async makeAll(pairs: readonly MailboxPair[], signal?: AbortSignal): Promise<void> {
    const scanned = this.#scanned ?? new Map((await this.scan(signal)).map((mailbox) => [mailbox.path, mailbox]));
    const missing = pairs.filter(({ targetPath }) => !scanned.get(targetPath)?.selectable);
    let next = 0;
    const work = async (): Promise<void> => {
      for (let pair = missing[next++]; pair; pair = missing[next++]) {
        await this.#make(pair.targetPath, pair.targetSpecialUse, signal).catch((error: unknown) => {
          // It is told when this mailbox is prepared. What is not about it stops the others too.
          if (!isEngineError(error) || error.scope !== 'mailbox') next = missing.length;
        });
      }
    };
    await Promise.all(Array.from({ length: Math.min(MAKING_AT_ONCE, missing.length) }, work));
  }

  async prepare({ source, targetPath, targetSpecialUse }: MailboxPair, signal?: AbortSignal): Promise<ImapSinkMailbox> {
    if (this.#scanned === null) await this.scan(signal);
    const found = this.#scanned?.get(targetPath);
    const status = found?.selectable
      ? await this.#settle(found, signal)
      : await this.#make(targetPath, targetSpecialUse, signal);
    const records = this.#options.ledger.mailbox(source.path, status.path, status);
    if (source.subscribed && !status.subscribed && isUntouched(status, records)) await this.#subscribe(status, signal);
    return new ImapSinkMailbox(source.path, status, records);
  }

  /** The ledger's records hang on the UIDVALIDITY: where an empty mailbox may have none yet, it is opened first. */
  async #settle(found: MailboxStatus, signal?: AbortSignal): Promise<MailboxStatus> {
    if (found.messages > 0 || this.#settled.has(found.path) || !this.#sessions.latest?.quirks.selectBeforeStatus)
      return found;
    const now = await this.#onSpare((line) => this.#status(line, found.path, found.specialUse), signal);
    const status = { ...found, ...now, subscribed: found.subscribed };
    this.#learn(status);
    return status;
  }

  #learn(status: MailboxStatus): void {
    this.#scanned?.set(status.path, status);
    this.#settled.add(status.path);
  }

  /** A run stopped between CREATE and SUBSCRIBE left a mailbox that clients do not show. */
  async #subscribe(status: MailboxStatus, signal?: AbortSignal): Promise<void> {
    await this.#onSpare((line) => subscribe(line, status.path), signal);
    status.subscribed = true;
  }

  async openLane(signal?: AbortSignal): Promise<ImapSinkLane> {
    const spare = this.#spare.take();
    if (signal) spare?.wire.endWith(signal);
    const parts = spare ?? (await openLine(this.#options, this.#sessions, this.#lanes, signal));
    const server = this.#options.account.endpoint.host;
    const makeAgain = (mailbox: ImapSinkMailbox) => this.#makeAgain(mailbox);
    const connections = () => this.#lanes.open;
    return new ImapSinkLane(parts, { server, makeAgain, connections, leave: (line) => this.#spare.put(line) });
  }

  async close(): Promise<void> {
    await this.#spare.close();
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
    const status = await this.#onSpare(async (line) => {
      const madePath = await createMailbox(line, path, specialUse);
      const [made] = await Promise.all([this.#status(line, madePath, specialUse), subscribe(line, madePath)]);
      return made;
    }, signal);
    this.#learn(status);
    return status;
  }

  async #onSpare<T>(work: (line: LaneParts) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return work(this.#spare.first ?? (await this.#openSpare(signal)));
  }

  /** Several that need it at the same time get the same one. */
  #openSpare(signal?: AbortSignal): Promise<LaneParts> {
    this.#opening ??= openLine(this.#options, this.#sessions, this.#lanes, signal)
      .then((line) => {
        this.#spare.put(line);
        return line;
      })
      .finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #makeAgain(mailbox: ImapSinkMailbox): Promise<void> {
    const status = await this.#make(mailbox.targetPath, mailbox.status.specialUse);
    mailbox.restart(status, this.#options.ledger.mailbox(mailbox.sourcePath, mailbox.targetPath, status));
  }

  /** The state of a new mailbox: its UIDVALIDITY is what the ledger's records hang on. */
  async #status(line: LaneParts, path: string, specialUse: SpecialUse | null): Promise<MailboxStatus> {
    const numbers = new Map<string, number>();
    const untagged = (text: string) => {
      const items = /^STATUS .*\(([^()]*)\)$/i.exec(text)?.[1] ?? '';
      for (const [, name, value] of items.matchAll(/([A-Z]+) (\d{1,10})/gi))
        numbers.set(name!.toUpperCase(), Number(value));
    };
    const wireName = line.names.wireName(path);
    if (this.#sessions.latest?.quirks.selectBeforeStatus)
      requireOk(await line.wire.command(`SELECT ${wireName}`), 'select');
    requireOk(await line.wire.command(`STATUS ${wireName} (MESSAGES UIDNEXT UIDVALIDITY)`, { untagged }), 'select');
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
}

/** Not worth failing for: the mailbox is there, and some servers know no subscriptions. */
async function subscribe({ wire, names }: LaneParts, path: string): Promise<void> {
  await wire.command(`SUBSCRIBE ${names.wireName(path)}`);
}

/** Empty, and nothing was ever recorded of it. */
function isUntouched(status: MailboxStatus, records: AppendMailbox): boolean {
  return status.messages === 0 && records.lastPass() === null && records.otherGenerations(NaN).length === 0;
}
