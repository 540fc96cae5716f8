import type { AppendBatch } from './append-batch.ts';
import { fatesFrom, tooLarge, type Fate } from './append-fate.ts';
import { needsPermanentFlags, planFlags } from './append-flags.ts';
import type { ImapSinkLane } from './imap-sink-lane.ts';
import type { ImapSinkMailbox } from './imap-sink-mailbox.ts';
import type { StatusLine } from './wire/status-line.ts';

export interface Delivery {
  /** Aligned with the batch's messages; null: unknown, its intent stays open. */
  fates: (Fate | null)[];
  /** Why something is unknown. */
  failure: unknown;
}

/** Send a batch and say what became of each message. Never rejects. */
export function deliver(
  lane: ImapSinkLane,
  mailbox: ImapSinkMailbox,
  uidValidity: number,
  batch: AppendBatch,
): Promise<Delivery> {
  return new BatchDelivery(lane, mailbox, uidValidity, batch).run();
}

/** Everything refused is judged in rounds: made mailbox, one by one, without keywords, without date. */
const MOST_ROUNDS = 5;

class BatchDelivery {
  readonly #lane: ImapSinkLane;
  readonly #mailbox: ImapSinkMailbox;
  readonly #uidValidity: number;
  readonly #batch: AppendBatch;
  readonly #fates: (Fate | null)[];
  /** Commands sent and not yet judged, with the messages in them. */
  #sent: { indexes: number[]; answer: Promise<StatusLine> }[] = [];
  /** Refused as part of a whole batch, which says nothing about the single message. */
  readonly #together = new Set<number>();
  #hasMadeMailbox = false;

  constructor(lane: ImapSinkLane, mailbox: ImapSinkMailbox, uidValidity: number, batch: AppendBatch) {
    this.#lane = lane;
    this.#mailbox = mailbox;
    this.#uidValidity = uidValidity;
    this.#batch = batch;
    this.#fates = new Array<Fate | null>(batch.messages.length).fill(null);
  }

  async run(): Promise<Delivery> {
    let failure = await this.#round(() => this.#plan(), true);
    for (let round = 1; round < MOST_ROUNDS && failure === null; round++) {
      const { again, needsMailbox } = this.#judge();
      if (again.length === 0) break;
      failure = await this.#round(async () => {
        return needsMailbox ? await this.#makeMailbox() : again;
      }, needsMailbox);
    }
    return { fates: this.#fates, failure };
  }

  /** @returns null, or why not everything was answered */
  async #round(prepare: () => Promise<number[]>, mayBeTogether: boolean): Promise<unknown> {
    let failure: unknown = null;
    try {
      await this.#lane.inTurn(async () => {
        const indexes = await prepare();
        try {
          await this.#send(indexes, mayBeTogether);
        } finally {
          this.#batch.writtenAt = this.#lane.wire.queuedBytes;
        }
      });
    } catch (error) {
      failure = error;
    }
    for (const { indexes, answer } of this.#sent.splice(0)) {
      try {
        const fates = fatesFrom(await answer, indexes.length, this.#mailbox);
        indexes.forEach((index, i) => (this.#fates[index] = fates[i] as Fate));
      } catch (error) {
        failure ??= error;
      }
    }
    return failure;
  }

  async #plan(): Promise<number[]> {
    const { messages } = this.#batch;
    const mailbox = this.#mailbox;
    await this.#lane.learn(
      mailbox,
      messages.some(({ flags }) => needsPermanentFlags(flags)),
    );
    const limit = mailbox.appendLimit ?? Infinity;
    messages.forEach((message, i) => {
      message.plan = planFlags(message.flags, mailbox.permanentFlags ?? null);
      if (message.sizeBytes > limit) this.#fates[i] = { refusal: tooLarge(message.sizeBytes, limit) };
    });
    const indexes = [...messages.keys()].filter((i) => this.#fates[i] === null);
    await this.#intend(indexes);
    return indexes;
  }

  /** Before the first octet: after a lost connection these are looked for at the target. */
  async #intend(indexes: number[]): Promise<void> {
    if (indexes.length === 0) return;
    const { uidNext, records } = this.#mailbox;
    const intents = indexes.map((i) => {
      const { uid, sizeBytes, fingerprint } = this.#batch.messages[i]!;
      return { uidValidity: this.#uidValidity, uid, targetUidNext: uidNext, sizeBytes, fingerprint };
    });
    await records.intend(intents);
  }

  async #send(indexes: number[], mayBeTogether: boolean): Promise<void> {
    const { messages } = this.#batch;
    const { sender } = this.#lane;
    const wireName = this.#lane.nameOf(this.#mailbox);
    // An empty literal takes a MULTIAPPEND back (RFC 3502); octet 0 needs a literal of its own kind.
    const areOrdinary = messages.every(({ sizeBytes, hasNul }) => sizeBytes > 0 && !hasNul);
    const all = indexes.length === messages.length && indexes.length > 1;
    if (mayBeTogether && all && areOrdinary && sender.canSendMany) {
      indexes.forEach((i) => this.#together.add(i));
      this.#sent.push({ indexes, ...sender.many(wireName, this.#batch) });
      return;
    }
    for (const i of indexes) {
      this.#together.delete(i);
      this.#sent.push({ indexes: [i], ...(await sender.one(wireName, this.#batch, messages[i]!)) });
    }
  }

  /** Which of the refused are worth another try, changed where that helps. */
  #judge(): { again: number[]; needsMailbox: boolean } {
    const again: number[] = [];
    let needsMailbox = false;
    this.#fates.forEach((fate, i) => {
      if (fate === null || !('refusal' in fate)) return;
      const { code, scope } = fate.refusal;
      const isMissing = code === 'mailbox-missing' && !this.#hasMadeMailbox;
      const wasTogether = this.#together.has(i) && (scope === 'message' || code === 'over-quota');
      if (!isMissing && !wasTogether && !this.#easeOff(i, fate.refusal.details?.about)) return;
      needsMailbox ||= isMissing;
      again.push(i);
      this.#fates[i] = null;
    });
    return { again, needsMailbox };
  }

  /** @returns true when the message can be tried with less: without keywords, then without flags; without its date */
  #easeOff(index: number, about: string | number | undefined): boolean {
    const message = this.#batch.messages[index]!;
    const kept = message.plan?.kept ?? [];
    if (about === 'flags' && kept.length > 0) {
      const system = kept.filter((flag) => !needsPermanentFlags([flag]));
      const less = system.length < kept.length ? system : [];
      message.plan = { kept: less, lost: message.flags.filter((flag) => !less.includes(flag)) };
      return true;
    }
    if (about !== 'date' || message.date === null) return false;
    message.date = null;
    return true;
  }

  /** @returns what is to be sent: with the old mailbox went what it had already taken of this batch */
  async #makeMailbox(): Promise<number[]> {
    this.#hasMadeMailbox = true;
    const before = this.#mailbox.status.uidValidity;
    await this.#lane.makeAgain(this.#mailbox);
    const isAnother = this.#mailbox.status.uidValidity !== before;
    this.#fates.forEach((fate, i) => {
      if (isAnother && fate && !('refusal' in fate)) this.#fates[i] = null;
    });
    const again = [...this.#fates.keys()].filter((i) => this.#fates[i] === null);
    await this.#intend(again);
    return again;
  }
}
