/** A source and a sink in memory, with faults on demand: the transfer loop is tested on these without a socket. */
import { EngineError } from '../../electron/engine/errors.ts';
import { internFlags, NO_FLAGS, type FlagSet } from '../../electron/engine/flags.ts';
import { digestMessage } from '../../electron/engine/message/digest.ts';
import type { Clock } from '../../electron/engine/ports.ts';
import type {
  ListWish,
  MailboxListing,
  MessageHead,
  MessageReceiver,
  Source,
  SourceLane,
} from '../../electron/engine/source.ts';
import type {
  AdoptedMessage,
  KnownDetail,
  KnownMessages,
  MailboxPair,
  MessageWriter,
  OpenIntent,
  PassState,
  Placing,
  Settle,
  Sink,
  SinkLane,
  SinkMailbox,
} from '../../electron/engine/sink.ts';
import type { MailboxStatus } from '../../shared/mailbox.ts';

export interface MemoryMessage {
  uid: number;
  raw: Buffer;
  flags: FlagSet;
  internalDate: string | null;
  modSeq: number;
}

export class MemoryMailbox {
  uidValidity: number;
  uidNext = 1;
  modSeq = 1;
  messages: MemoryMessage[] = [];
  constructor(uidValidity = 1000) {
    this.uidValidity = uidValidity;
  }

  add(raw: string | Buffer, flags: string[] = [], internalDate: string | null = '2024-05-01T10:00:00+02:00'): number {
    const uid = this.uidNext++;
    this.messages.push({ uid, raw: Buffer.from(raw), flags: internFlags(flags), internalDate, modSeq: ++this.modSeq });
    return uid;
  }

  setFlags(uid: number, flags: string[]): void {
    const message = this.messages.find((m) => m.uid === uid)!;
    message.flags = internFlags(flags);
    message.modSeq = ++this.modSeq;
  }

  remove(uid: number): void {
    this.messages = this.messages.filter((m) => m.uid !== uid);
    this.modSeq++;
  }

  /** The server lost its index: the same messages under new UIDs. */
  renumber(uidValidity: number, firstUid = 100): void {
    this.uidValidity = uidValidity;
    this.uidNext = firstUid;
    for (const m of this.messages) m.uid = this.uidNext++;
  }
}

export interface MemoryStoreOptions {
  condstore?: boolean;
}

export class MemoryStore {
  readonly mailboxes = new Map<string, MemoryMailbox>();
  readonly condstore: boolean;
  /** What lanes were asked for, to prove what was not done. */
  readonly log: string[] = [];
  constructor(options: MemoryStoreOptions = {}) {
    this.condstore = options.condstore ?? true;
  }

  mailbox(path: string): MemoryMailbox {
    let mailbox = this.mailboxes.get(path);
    if (!mailbox) this.mailboxes.set(path, (mailbox = new MemoryMailbox(1000 + this.mailboxes.size)));
    return mailbox;
  }

  status(path: string): MailboxStatus {
    const m = this.mailbox(path);
    return {
      path,
      delimiter: '/',
      specialUse: path === 'INBOX' ? 'inbox' : null,
      selectable: true,
      subscribed: true,
      messages: m.messages.length,
      unseen: null,
      uidValidity: m.uidValidity,
      uidNext: m.uidNext,
      highestModSeq: this.condstore ? String(m.modSeq) : null,
      sizeBytes: m.messages.reduce((sum, x) => sum + x.raw.length, 0),
    };
  }

  statuses(): MailboxStatus[] {
    return [...this.mailboxes.keys()].map((path) => this.status(path));
  }
}

/** Called before each message; throw to break the lane there. */
export type Fault = (path: string, uid: number, nth: number) => void;

export class MemorySource implements Source {
  readonly kind = 'memory';
  readonly id = 'memory';
  readonly maxLanes: number;
  readonly store: MemoryStore;
  fault: Fault = () => undefined;
  messagesServed = 0;

  constructor(store: MemoryStore, maxLanes = 4) {
    this.store = store;
    this.maxLanes = maxLanes;
  }

  async scan(): Promise<MailboxStatus[]> {
    this.store.log.push('scan');
    return this.store.statuses();
  }

  async openLane(): Promise<SourceLane> {
    this.store.log.push('lane');
    return new MemoryLane(this);
  }

  async close(): Promise<void> {}
}

class MemoryLane implements SourceLane {
  readonly #source: MemorySource;
  #turn: Promise<unknown> = Promise.resolve();
  constructor(source: MemorySource) {
    this.#source = source;
  }

  list(mailbox: MailboxStatus, wish: ListWish): Promise<MailboxListing> {
    return this.#inTurn(async () => {
      const { store } = this.#source;
      store.log.push(`list ${mailbox.path}`);
      const m = store.mailbox(mailbox.path);
      const since = wish.flags && wish.flags !== 'all' ? Number(wish.flags.changedSince) : -1;
      const column = <T>(wanted: unknown, of: (x: MemoryMessage) => T): T[] | null =>
        wanted ? m.messages.map(of) : null;
      return {
        uidValidity: m.uidValidity,
        uidNext: m.uidNext,
        highestModSeq: store.condstore ? String(m.modSeq) : null,
        uids: Uint32Array.from(m.messages, (x) => x.uid),
        inScope: wish.since
          ? Uint32Array.from(m.messages.filter((x) => (x.internalDate ?? '') >= wish.since!).map((x) => x.uid))
          : null,
        flags: column(wish.flags, (x) => (x.modSeq > since ? x.flags : undefined)),
        sizes: wish.sizes ? Float64Array.from(m.messages, (x) => x.raw.length) : null,
        internalDates: column(wish.internalDates, (x) => x.internalDate),
        headerDigests: column(wish.headerDigests, (x) => digestMessage(x.raw).headerDigest),
        messageIds: column(
          wish.messageIds,
          (x) => /^message-id: *(.*?)\r?$/im.exec(x.raw.toString('latin1'))?.[1] ?? '',
        ),
      };
    });
  }

  fetch(mailbox: MailboxStatus, uidValidity: number, uids: Uint32Array, receiver: MessageReceiver): Promise<void> {
    return this.#inTurn(async () => {
      const m = this.#source.store.mailbox(mailbox.path);
      this.#source.store.log.push(`fetch ${mailbox.path} ${uids.length}`);
      if (m.uidValidity !== uidValidity) {
        throw new EngineError('mailbox-renumbered', 'renumbered', { scope: 'mailbox', retry: 'now' });
      }
      for (const uid of uids) {
        const message = m.messages.find((x) => x.uid === uid);
        if (!message) {
          receiver.missed(uid, 'vanished', 'message-vanished', 'It was deleted on the server meanwhile.');
          continue;
        }
        receiver.begin({
          uid,
          flags: message.flags,
          internalDate: message.internalDate,
          sizeBytes: message.raw.length,
        });
        const half = message.raw.length >> 1;
        try {
          receiver.chunk(message.raw.subarray(0, half));
          this.#source.fault(mailbox.path, uid, this.#source.messagesServed);
          receiver.chunk(message.raw.subarray(half));
        } catch (error) {
          receiver.abort();
          throw error;
        }
        receiver.end();
        this.#source.messagesServed++;
        await receiver.pressure();
      }
    });
  }

  async close(): Promise<void> {}

  #inTurn<T>(body: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(body, body);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

interface LedgerEntry extends KnownDetail {
  flags: FlagSet;
  missing: boolean;
  targetUid: number | null;
}

/** A target server with a ledger that survives it; appends arrive in batches of three. */
export class MemorySink implements Sink {
  readonly kind = 'memory';
  readonly id = 'memory-target';
  readonly maxLanes: number;
  readonly readBack: MemorySource;
  readonly store: MemoryStore;
  readonly ledgers = new Map<string, MemorySinkMailbox>();
  /** Throw to lose the connection: 'before' nothing of the batch arrived, 'after' all of it did. */
  fault: (when: 'before' | 'after', nth: number) => void = () => undefined;
  appends = 0;
  batches = 0;

  constructor(store: MemoryStore, maxLanes = 4) {
    this.store = store;
    this.maxLanes = maxLanes;
    this.readBack = new MemorySource(store);
  }

  async scan(): Promise<MailboxStatus[]> {
    return this.store.statuses();
  }

  async prepare(pair: MailboxPair): Promise<SinkMailbox> {
    const key = `${pair.source.path}\0${pair.targetPath}`;
    let ledger = this.ledgers.get(key);
    this.store.mailbox(pair.targetPath);
    if (!ledger) this.ledgers.set(key, (ledger = new MemorySinkMailbox(this.store, pair.source.path, pair.targetPath)));
    ledger.refresh();
    return ledger;
  }

  async openLane(): Promise<SinkLane> {
    return new MemorySinkLane(this);
  }

  async close(): Promise<void> {}
}

export class MemorySinkMailbox implements SinkMailbox {
  readonly sourcePath: string;
  readonly targetPath: string;
  readonly entries: LedgerEntry[] = [];
  readonly intents: OpenIntent[] = [];
  readonly placing: Placing;
  readonly #store: MemoryStore;
  #pass: PassState | null = null;
  passes = 0;
  #status: MailboxStatus;

  constructor(store: MemoryStore, sourcePath: string, targetPath: string) {
    this.#store = store;
    this.sourcePath = sourcePath;
    this.targetPath = targetPath;
    this.#status = store.status(targetPath);
    const status = () => this.#status;
    this.placing = {
      get status() {
        return status();
      },
      openIntents: () => [...this.intents],
      adopt: async (found: AdoptedMessage[]) => {
        for (const f of found) {
          this.entries.push({ ...f, missing: false });
          this.closeIntent(f.uid);
        }
      },
      dropIntents: async (_generation, uids) => uids.forEach((uid) => this.closeIntent(uid)),
      targetUids: (generation, uids) =>
        Array.from(
          uids,
          (uid) => this.entries.find((e) => e.uidValidity === generation && e.uid === uid)?.targetUid ?? null,
        ),
      placed: (generation, uids) =>
        Array.from(uids, (uid) => this.entries.find((e) => e.uidValidity === generation && e.uid === uid) ?? null),
      forgetStored: async (generation, uids) => {
        const gone = new Set(uids);
        this.#replace(this.entries.filter((e) => e.uidValidity !== generation || !gone.has(e.uid)));
      },
    };
  }

  refresh(): void {
    this.#status = this.#store.status(this.targetPath);
  }

  closeIntent(uid: number): void {
    const at = this.intents.findIndex((i) => i.uid === uid);
    if (at >= 0) this.intents.splice(at, 1);
  }

  lastPass(): PassState | null {
    return this.#pass;
  }

  known(uidValidity: number): KnownMessages {
    const mine = this.entries.filter((e) => e.uidValidity === uidValidity).sort((a, b) => a.uid - b.uid);
    return {
      uids: Uint32Array.from(mine, (e) => e.uid),
      flags: mine.map((e) => e.flags),
      missing: Uint8Array.from(mine, (e) => (e.missing ? 1 : 0)),
    };
  }

  otherGenerations(uidValidity: number): KnownDetail[] {
    return this.entries.filter((e) => e.uidValidity !== uidValidity);
  }

  async recordFlags(uidValidity: number, changes: { uid: number; flags: FlagSet }[]): Promise<void> {
    for (const { uid, flags } of changes) {
      const entry = this.entries.find((e) => e.uidValidity === uidValidity && e.uid === uid)!;
      entry.flags = flags;
      entry.missing = false;
    }
  }

  async recordMissing(uidValidity: number, uids: Uint32Array): Promise<void> {
    for (const e of this.entries) if (e.uidValidity === uidValidity && uids.includes(e.uid)) e.missing = true;
  }

  async recordRenumbered(
    uidValidity: number,
    matches: { uid: number; flags: FlagSet; was: KnownDetail }[],
  ): Promise<void> {
    for (const { uid, flags, was } of matches) {
      const old = this.entries.find((e) => e.uidValidity === was.uidValidity && e.uid === was.uid)!;
      this.entries.push({ ...old, uidValidity, uid, flags, missing: false });
    }
  }

  async completePass(state: PassState): Promise<void> {
    this.#pass = state;
    this.passes++;
  }

  async forget(uidValidity: number, uids: Uint32Array): Promise<void> {
    this.#replace(this.entries.filter((e) => e.uidValidity !== uidValidity || !uids.includes(e.uid)));
  }

  #replace(entries: LedgerEntry[]): void {
    this.entries.splice(0, this.entries.length, ...entries);
  }
}

class MemorySinkLane implements SinkLane {
  readonly #sink: MemorySink;
  #dead: EngineError | null = null;
  constructor(sink: MemorySink) {
    this.#sink = sink;
  }

  writer(mailbox: SinkMailbox, uidValidity: number, settle: Settle): MessageWriter {
    const ledger = mailbox as MemorySinkMailbox;
    let batch: { head: MessageHead; raw: Buffer }[] = [];
    let current: { head: MessageHead; parts: Buffer[] } | null = null;
    const send = async (): Promise<void> => {
      if (this.#dead) throw this.#dead;
      const sending = batch;
      batch = [];
      if (sending.length === 0) return;
      const box = this.#sink.store.mailbox(ledger.targetPath);
      for (const { head } of sending) ledger.intents.push({ uidValidity, uid: head.uid, targetUidNext: box.uidNext });
      try {
        this.#sink.fault('before', this.#sink.batches);
        const placed = sending.map(({ head, raw }) => box.add(raw, [...head.flags], head.internalDate));
        this.#sink.appends += sending.length;
        this.#sink.fault('after', this.#sink.batches++);
        sending.forEach(({ head, raw }, i) => {
          const { uid, flags, internalDate, sizeBytes } = head;
          ledger.entries.push({
            uidValidity,
            uid,
            flags,
            internalDate,
            sizeBytes,
            ...digestMessage(raw),
            missing: false,
            targetUid: placed[i]!,
          });
          ledger.closeIntent(uid);
          settle(uid, 'stored');
        });
      } catch (error) {
        this.#dead = error as EngineError;
        throw error;
      }
    };
    return {
      begin: (head) => void (current = { head, parts: [] }),
      chunk: (octets) => void current!.parts.push(Buffer.from(octets)),
      end: () => {
        batch.push({ head: current!.head, raw: Buffer.concat(current!.parts) });
        current = null;
      },
      abort: () => void (current = null),
      missed: () => undefined,
      pressure: () => (batch.length >= 3 || this.#dead ? send() : null),
      flush: send,
    };
  }

  async updateFlags(
    mailbox: SinkMailbox,
    uidValidity: number,
    changes: { uid: number; flags: FlagSet }[],
  ): Promise<void> {
    const ledger = mailbox as MemorySinkMailbox;
    for (const { uid, flags } of changes) {
      const place = ledger.placing.targetUids(uidValidity, [uid])[0];
      if (place) this.#sink.store.mailbox(ledger.targetPath).setFlags(place, [...flags]);
    }
  }

  async close(): Promise<void> {}
}

/** A clock that never waits; sleeps are recorded. */
export class FakeClock implements Clock {
  ms = 0;
  readonly sleeps: number[] = [];
  now(): number {
    return (this.ms += 1);
  }
  date(): Date {
    return new Date(1_790_000_000_000 + this.ms);
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.ms += ms;
  }
}

export const connectionLost = () =>
  new EngineError('connection-lost', 'The connection to the server was lost.', { scope: 'account', retry: 'now' });

export { NO_FLAGS };
