import { EngineError } from '../errors.ts';
import { StreamDigest } from '../message/digest.ts';
import type { MessageHead } from '../source.ts';
import { attributesOf, type Outgoing } from './append-batch.ts';
import { fatesFrom, tooLarge, type Fate } from './append-fate.ts';
import { needsPermanentFlags, planFlags } from './append-flags.ts';
import type { ImapSinkLane } from './imap-sink-lane.ts';
import type { ImapSinkMailbox } from './imap-sink-mailbox.ts';
import { formatInternalDate } from './wire/internal-date.ts';

/** Octets that may wait for the socket before the source is asked to pause. */
const QUEUE_BYTES = 512 * 1024;
const SOCKET_BYTES = 256 * 1024;

/** One large message, sent while it arrives: it is never held whole. */
export class AppendStream {
  readonly message: Outgoing;
  /** The outcome; null fate: unknown, or the source broke off before anything was sent. Never rejects. */
  readonly done: Promise<{ fate: Fate | null; failure: unknown }>;
  readonly #lane: ImapSinkLane;
  readonly #mailbox: ImapSinkMailbox;
  readonly #uidValidity: number;
  /** null: the source has told the digests. */
  readonly #digest: StreamDigest | null;
  /** Buffers of the lane, all but the last one full. */
  readonly #queue: Buffer[] = [];
  /** Octets of the first one that are written, and of the last one that are there. */
  #writtenBytes = 0;
  #lastBytes = 0;
  #queuedBytes = 0;
  #cameBytes = 0;
  #state: 'open' | 'ended' | 'aborted' = 'open';
  /** The server wants none of it: what comes is dropped. */
  #isRefused = false;
  #wakePump: () => void = () => undefined;
  #relief: { promise: Promise<void>; resolve: () => void } | null = null;

  constructor(lane: ImapSinkLane, mailbox: ImapSinkMailbox, uidValidity: number, head: MessageHead) {
    const { uid, flags, internalDate, sizeBytes, digests } = head;
    const date = internalDate === null ? null : formatInternalDate(internalDate);
    this.message = {
      uid,
      flags,
      internalDate,
      sizeBytes,
      date,
      plan: null,
      fingerprint: '',
      headerDigest: '',
      ...digests,
    };
    this.#digest = digests ? null : new StreamDigest();
    this.#lane = lane;
    this.#mailbox = mailbox;
    this.#uidValidity = uidValidity;
    this.done = this.#run();
  }

  chunk(octets: Buffer): void {
    this.#digest?.update(octets);
    this.#cameBytes += octets.length;
    if (this.#isRefused) return;
    for (let at = 0; at < octets.length;) at += this.#keep(octets, at);
    this.#wakePump();
  }

  #keep(octets: Buffer, at: number): number {
    if (this.#queue.length === 0 || this.#lastBytes === this.#lane.pieces.sizeBytes) {
      this.#queue.push(this.#lane.pieces.take());
      this.#lastBytes = 0;
    }
    const copied = octets.copy(this.#queue.at(-1)!, this.#lastBytes, at);
    this.#lastBytes += copied;
    this.#queuedBytes += copied;
    return copied;
  }

  end(): void {
    if (this.#digest) Object.assign(this.message, this.#digest.end());
    // A literal of another size than announced would swallow the next command, or be stored with it.
    this.#state = this.#cameBytes === this.message.sizeBytes ? 'ended' : 'aborted';
    this.#wakePump();
  }

  abort(): void {
    this.#state = 'aborted';
    this.#wakePump();
  }

  pressure(): Promise<void> | null {
    if (this.#queuedBytes < QUEUE_BYTES) return null;
    this.#relief ??= Promise.withResolvers<void>();
    return this.#relief.promise;
  }

  async #run(): Promise<{ fate: Fate | null; failure: unknown }> {
    try {
      const answer = await this.#lane.inTurn(() => this.#send());
      return { fate: await answer(), failure: null };
    } catch (failure) {
      return { fate: null, failure };
    } finally {
      this.#isRefused = true;
      this.#clear();
    }
  }

  /** @returns how to wait for the fate once the turn is over */
  async #send(): Promise<() => Promise<Fate | null>> {
    const { message } = this;
    const mailbox = this.#mailbox;
    await this.#lane.learn(mailbox, needsPermanentFlags(message.flags));
    message.plan = planFlags(message.flags, mailbox.permanentFlags ?? null);
    const limit = mailbox.appendLimit ?? Infinity;
    if (message.sizeBytes > limit) {
      const isWhole = await this.#dropRest();
      return () => Promise.resolve(isWhole ? { refusal: tooLarge(message.sizeBytes, limit) } : null);
    }
    const { uid, sizeBytes } = message;
    const intent = { uidValidity: this.#uidValidity, uid, sizeBytes, fingerprint: null };
    await mailbox.records.intend([{ ...intent, targetUidNext: mailbox.uidNext }]);
    const { sender, wire } = this.#lane;
    const attributes = attributesOf(message.plan.kept, message.date);
    const command = `APPEND ${this.#lane.nameOf(mailbox)} ${attributes}${sender.literal(sizeBytes)}\r\n`;
    const { answer, mayWrite } = await sender.open(command, sizeBytes);
    if (mayWrite) {
      await this.#pump();
      wire.write('\r\n');
    } else if (!(await this.#dropRest())) {
      await mailbox.records.refused(this.#uidValidity, [uid]);
      return () => Promise.resolve(null);
    }
    return async () => {
      const fate = fatesFrom(await answer, 1, mailbox)[0] as Fate;
      if ('refusal' in fate && fate.refusal.code === 'mailbox-missing') await this.#makeMailbox(fate.refusal);
      return fate;
    };
  }

  /** Everything to the socket, as fast as it takes it. */
  async #pump(): Promise<void> {
    const { wire } = this.#lane;
    for (;;) {
      this.#writeQueue();
      if (this.#state === 'aborted') throw await this.#breakOff();
      if (wire.failure) throw wire.failure;
      const drained = wire.drained(SOCKET_BYTES);
      if (drained) await drained;
      else if (this.#queuedBytes === 0) {
        if (this.#state === 'ended') return;
        await this.#more();
      }
    }
  }

  /** A buffer that is not full stays: what comes next goes in behind what is written. */
  #writeQueue(): void {
    const { wire, pieces } = this.#lane;
    while (this.#queuedBytes > 0) {
      const piece = this.#queue[0]!;
      const end = this.#queue.length > 1 ? pieces.sizeBytes : this.#lastBytes;
      wire.write(piece.subarray(this.#writtenBytes, end));
      this.#queuedBytes -= end - this.#writtenBytes;
      this.#writtenBytes = end;
      if (end < pieces.sizeBytes) break;
      this.#queue.shift();
      this.#writtenBytes = 0;
      pieces.give(piece, wire.queuedBytes);
    }
    this.#relieve();
  }

  /** @returns false when the source broke off */
  async #dropRest(): Promise<boolean> {
    this.#isRefused = true;
    this.#clear();
    while (this.#state === 'open' && !this.#lane.wire.failure) await this.#more();
    return this.#state === 'ended';
  }

  /** The literal cannot be taken back: only a dropped connection makes the server forget it. */
  async #breakOff(): Promise<Error> {
    const error = abortedBySource(this.#lane.server);
    await this.#lane.answersBefore();
    this.#lane.wire.fail(error);
    return error;
  }

  /** The octets are gone: the mailbox is made, and the message has to be brought once more. */
  async #makeMailbox(refusal: EngineError): Promise<never> {
    await this.#lane.makeAgain(this.#mailbox);
    const { message } = refusal;
    throw new EngineError('connection-lost', `${message} It was created; the message is sent again.`, { retry: 'now' });
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      const unwatch = this.#lane.wire.onFailure(resolve);
      this.#wakePump = () => {
        this.#wakePump = () => undefined;
        unwatch();
        resolve();
      };
    });
  }

  /** Nothing more of it is written. */
  #clear(): void {
    for (const octets of this.#queue) this.#lane.pieces.give(octets, this.#lane.wire.queuedBytes);
    this.#queue.length = 0;
    this.#queuedBytes = this.#writtenBytes = 0;
    this.#relieve();
  }

  #relieve(): void {
    this.#relief?.resolve();
    this.#relief = null;
  }
}

function abortedBySource(server: string): EngineError {
  const message = `The source broke off inside a message; the connection to ${server} was dropped so that no part of it is stored.`;
  return new EngineError('connection-lost', message, { scope: 'account', retry: 'now' });
}
