import { EngineError, isEngineError } from '../errors.ts';
import type { MessageHead } from '../source.ts';
import type { MessageWriter, PlacedMessage, Settle } from '../sink.ts';
import { AppendBatch, SMALL_BYTES, type Outgoing } from './append-batch.ts';
import { deliver } from './append-delivery.ts';
import { remarkOn, type Fate } from './append-fate.ts';
import { AppendStream } from './append-stream.ts';
import type { ImapSinkLane } from './imap-sink-lane.ts';
import type { ImapSinkMailbox } from './imap-sink-mailbox.ts';
import { asError } from './wire/line-errors.ts';

/** Takes messages for one target mailbox: small ones are gathered in batches, large ones streamed through. */
export class AppendWriter implements MessageWriter {
  readonly #lane: ImapSinkLane;
  readonly #mailbox: ImapSinkMailbox;
  readonly #uidValidity: number;
  readonly #settle: Settle;
  readonly #jobs = new Set<Promise<void>>();
  #batch: AppendBatch | null = null;
  #stream: AppendStream | null = null;
  #isInBatch = false;
  #failure: Error | null = null;

  constructor(lane: ImapSinkLane, mailbox: ImapSinkMailbox, uidValidity: number, settle: Settle) {
    this.#lane = lane;
    this.#mailbox = mailbox;
    this.#uidValidity = uidValidity;
    this.#settle = settle;
  }

  begin(head: MessageHead): void {
    if (this.#isFailed()) return;
    if (head.sizeBytes > SMALL_BYTES) {
      this.#seal();
      this.#stream = new AppendStream(this.#lane, this.#mailbox, this.#uidValidity, head);
      this.#track(this.#finishStream(this.#stream));
      return;
    }
    if (this.#batch && !this.#batch.fits(head)) this.#seal();
    this.#batch ??= this.#lane.newBatch(head);
    this.#batch.begin(head);
    this.#isInBatch = true;
  }

  chunk(octets: Buffer): void {
    if (this.#stream) this.#stream.chunk(octets);
    else if (this.#isInBatch) this.#batch?.chunk(octets);
  }

  end(): void {
    if (this.#stream) this.#stream.end();
    else if (this.#isInBatch) this.#batch?.end();
    this.#stream = null;
    this.#isInBatch = false;
  }

  abort(): void {
    if (this.#stream) this.#stream.abort();
    else if (this.#isInBatch) this.#batch?.abort();
    this.#stream = null;
    this.#isInBatch = false;
  }

  missed(): void {
    // Nothing to store; the job has accounted for it.
  }

  pressure(): Promise<void> | null {
    if (this.#isFailed()) {
      const refused = Promise.reject<void>(this.#failure!);
      refused.catch(() => undefined);
      return refused;
    }
    return this.#stream ? this.#stream.pressure() : this.#lane.pressure();
  }

  async flush(): Promise<void> {
    this.#seal();
    while (this.#jobs.size > 0) await Promise.all(this.#jobs);
    if (this.#failure) throw this.#failure;
  }

  #isFailed(): boolean {
    if (this.#failure === null && this.#lane.wire.failure) this.#failure = this.#lane.wire.failure;
    return this.#failure !== null;
  }

  #seal(): void {
    const batch = this.#batch;
    this.#batch = null;
    if (batch && batch.messages.length > 0 && !this.#isFailed()) this.#track(this.#finishBatch(batch));
    else if (batch) this.#lane.giveBack(batch);
  }

  #track(work: Promise<void>): void {
    const job = work.catch((error: unknown) => this.#fail(error)).finally(() => this.#jobs.delete(job));
    this.#jobs.add(job);
  }

  #fail(error: unknown): void {
    this.#failure ??= asError(error);
  }

  async #finishBatch(batch: AppendBatch): Promise<void> {
    const done = this.#lane.occupy();
    try {
      const { fates, failure } = await deliver(this.#lane, this.#mailbox, this.#uidValidity, batch);
      this.#lane.noteDelivered(batch);
      await this.#record(batch.messages, fates);
      if (failure !== null) this.#fail(failure);
    } finally {
      this.#lane.giveBack(batch);
      done();
    }
  }

  async #finishStream(stream: AppendStream): Promise<void> {
    const { fate, failure } = await stream.done;
    await this.#record([stream.message], [fate]);
    if (failure !== null) this.#fail(failure);
  }

  /** Durable first, settled then. A message whose fate is unknown is left to whoever looks at the target. */
  async #record(messages: readonly Outgoing[], fates: readonly (Fate | null)[]): Promise<void> {
    const { records } = this.#mailbox;
    const entries: PlacedMessage[] = [];
    const refused: { message: Outgoing; refusal: EngineError }[] = [];
    messages.forEach((message, i) => {
      const fate = fates[i];
      if (!fate) return;
      if ('refusal' in fate) refused.push({ message, refusal: fate.refusal });
      else entries.push(entryOf(message, fate.targetUid, this.#uidValidity));
    });
    if (entries.length > 0) await records.stored(entries);
    const stored = new Set(entries.map(({ uid }) => uid));
    for (const message of messages) if (stored.has(message.uid)) this.#settle(message.uid, 'stored', remarkOn(message));
    if (refused.length === 0) return;
    const uids = refused.map(({ message }) => message.uid);
    await records.refused(this.#uidValidity, uids);
    for (const { message, refusal } of refused) this.#settleRefused(message, refusal);
  }

  /** What is wrong with one message ends it; what is wrong with mailbox or account ends the writer as well. */
  #settleRefused({ uid }: Outgoing, refusal: EngineError): void {
    const isFirstOverQuota = refusal.code === 'over-quota' && !isEngineError(this.#failure, 'over-quota');
    if (refusal.scope === 'message' || isFirstOverQuota) {
      this.#settle(uid, 'failed', { code: refusal.code, reason: refusal.message });
    }
    if (refusal.scope !== 'message') this.#fail(refusal);
  }
}

function entryOf(message: Outgoing, targetUid: number | null, uidValidity: number): PlacedMessage {
  const { uid, flags, internalDate, sizeBytes, fingerprint, headerDigest } = message;
  return { uidValidity, uid, flags, internalDate, sizeBytes, fingerprint, headerDigest, targetUid };
}
