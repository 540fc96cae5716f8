/** A target in memory with a ledger that survives it. */
import { EngineError } from '../../../electron/engine/errors.ts';
import type { FlagSet } from '../../../electron/engine/flags.ts';
import { digestMessage } from '../../../electron/engine/message/digest.ts';
import type { MessageHead } from '../../../electron/engine/source.ts';
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
} from '../../../electron/engine/sink.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { MemorySource } from './source.ts';
import { MemoryStore } from './store.ts';

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
