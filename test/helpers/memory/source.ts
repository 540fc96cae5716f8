/** A source in memory, with faults on demand. */
import { EngineError } from '../../../electron/engine/errors.ts';
import { digestMessage } from '../../../electron/engine/message/digest.ts';
import type { ListWish, MailboxListing, MessageReceiver, Source, SourceLane } from '../../../electron/engine/source.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { MemoryMessage, MemoryStore } from './store.ts';

/** Called before each message; throw to break the lane there. */
export type Fault = (path: string, uid: number, nth: number) => void;

export class MemorySource implements Source {
  readonly kind = 'memory';
  readonly id = 'memory';
  readonly maxLanes: number;
  readonly store: MemoryStore;
  fault: Fault = () => undefined;
  /** Waited for after each message, so that lanes can be made to take turns. */
  turn: () => Promise<void> = async () => undefined;
  messagesServed = 0;
  /** As if so many connections were signed in already. */
  spareLanes = 0;

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
        await this.#source.turn();
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
