/** One source lane joined to one sink lane: the receiver between them, and what is still under way on it. */
import { EngineError, isEngineError } from '../errors.ts';
import { DateFromHeader } from './date-from-header.ts';
import type { MessageWriter, SinkLane } from '../sink.ts';
import type { MessageHead, MessageReceiver, SourceLane } from '../source.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { Pace } from './pace.ts';
import type { PairWork, Unit } from './pair-work.ts';

/** An error of the sink's side: what it was given and did not settle has an unknown fate. */
export class SinkFailure extends Error {
  override readonly cause: unknown;
  /** The mailbox that was written to. */
  readonly work: PairWork;

  constructor(cause: unknown, work: PairWork) {
    super('the sink failed');
    this.cause = cause;
    this.work = work;
  }
}

export interface Moved {
  left: Uint32Array;
  error: unknown;
}

export interface LanePairOptions {
  dateFromHeader: boolean;
  /** Shared by all lanes of the job; null: as fast as both sides go. */
  pace: Pace | null;
  /** Octets went by, a message was settled: for the progress display. */
  onProgress: () => void;
  onSettled: (work: PairWork) => void;
}

/** Flushes of mailboxes left behind that may be under way before the lane waits for the oldest. */
const MAX_FLUSHES = 16;

export class LanePair {
  readonly source: SourceLane;
  readonly sink: SinkLane;
  readonly #options: LanePairOptions;
  #current: { work: PairWork; writer: MessageWriter } | null = null;
  readonly #flushes = new Set<Promise<void>>();
  #flushFailure: SinkFailure | null = null;
  /** Handed to the sink and not settled, by mailbox: UID → octets counted as done. */
  readonly unsettled = new Map<PairWork, Map<number, number>>();

  constructor(source: SourceLane, sink: SinkLane, options: LanePairOptions) {
    this.source = source;
    this.sink = sink;
    this.#options = options;
  }

  /**
   * Move one unit. Resolves when its messages were handed to the sink, not when they are settled. Never rejects.
   *
   * @returns UIDs of the unit that came to no end because a side broke off, and why (a SinkFailure for the sink's side)
   */
  async move(unit: Unit): Promise<Moved> {
    const { work, uids } = unit;
    const receiver = new UnitReceiver(this, unit);
    let error: unknown = null;
    try {
      const guarded = this.#options.dateFromHeader ? new DateFromHeader(receiver) : receiver;
      await this.source.fetch(work.source, work.source.uidValidity, uids, guarded);
    } catch (caught) {
      error = caught;
    }
    if (this.#flushes.size > MAX_FLUSHES) await this.#oldestFlush();
    return { left: uids.filter((uid) => receiver.isOpen(uid)), error: error ?? this.#flushFailure };
  }

  /** Everything handed over is settled. */
  async flush(): Promise<void> {
    this.#retire();
    while (this.#flushes.size > 0) await this.#oldestFlush();
    if (this.#flushFailure) throw this.#flushFailure;
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.source.close(), this.sink.close()]);
  }

  writerFor(work: PairWork): MessageWriter {
    if (this.#current?.work === work) return this.#current.writer;
    this.#retire();
    const writer = this.sink.writer(work.target, work.generation, (uid, outcome, remark) => {
      this.unsettled.get(work)?.delete(uid);
      if (work.settle(uid, outcome, remark)) this.#options.onSettled(work);
    });
    this.#current = { work, writer };
    return writer;
  }

  onOctets(bytes: number): void {
    this.#options.pace?.count(bytes);
    this.#options.onProgress();
  }

  pace(): Promise<void> | null {
    return this.#options.pace?.wait() ?? null;
  }

  onSettled(work: PairWork): void {
    this.#options.onSettled(work);
  }

  noteBegun(work: PairWork, { uid, sizeBytes }: MessageHead): void {
    let open = this.unsettled.get(work);
    if (!open) this.unsettled.set(work, (open = new Map<number, number>()));
    open.set(uid, sizeBytes);
  }

  /** The target takes nothing more into this mailbox; the others go on. */
  drop(work: PairWork, { code, message }: EngineError): void {
    this.unsettled.delete(work);
    work.drop(code, message);
    this.#options.onSettled(work);
  }

  noteAborted(work: PairWork, uid: number): void {
    this.unsettled.get(work)?.delete(uid);
  }

  /** The lane turns to another mailbox: what the old writer holds is made durable meanwhile. */
  #retire(): void {
    const current = this.#current;
    if (!current) return;
    this.#current = null;
    const flush: Promise<void> = current.writer
      .flush()
      .catch((error: unknown) => {
        if (isMailboxError(error)) this.drop(current.work, error);
        else this.#flushFailure ??= new SinkFailure(error, current.work);
      })
      .finally(() => this.#flushes.delete(flush));
    this.#flushes.add(flush);
  }

  async #oldestFlush(): Promise<void> {
    for (const flush of this.#flushes) return flush;
  }
}

/** Between source and writer: counts, keeps what came to an end apart from what did not. */
class UnitReceiver implements MessageReceiver {
  readonly #lane: LanePair;
  readonly #work: PairWork;
  readonly #open: Set<number>;
  #writer: MessageWriter | null = null;
  #uid = 0;
  #bytes = 0;

  constructor(lane: LanePair, unit: Unit) {
    this.#lane = lane;
    this.#work = unit.work;
    this.#open = new Set(unit.uids);
  }

  isOpen(uid: number): boolean {
    return this.#open.has(uid);
  }

  begin(head: MessageHead): void {
    // The writer is taken at the first message, when the lane's unit before this one has come to its end.
    this.#writer ??= this.#lane.writerFor(this.#work);
    this.#uid = head.uid;
    this.#bytes = 0;
    this.#lane.noteBegun(this.#work, head);
    this.#writer.begin(head);
  }

  chunk(octets: Buffer): void {
    this.#bytes += octets.length;
    this.#work.account.doneBytes += octets.length;
    this.#writer!.chunk(octets);
    this.#lane.onOctets(octets.length);
  }

  end(): void {
    this.#writer!.end();
    this.#open.delete(this.#uid);
  }

  abort(): void {
    this.#work.account.doneBytes -= this.#bytes;
    this.#writer?.abort();
    this.#lane.noteAborted(this.#work, this.#uid);
  }

  missed(uid: number, outcome: 'vanished' | 'failed', code: FailureCode, reason: string): void {
    this.#open.delete(uid);
    if (this.#work.settle(uid, outcome, { code, reason })) this.#lane.onSettled(this.#work);
  }

  pressure(): Promise<void> | null {
    const wait = this.#writer?.pressure() ?? null;
    if (wait === null) return this.#lane.pace();
    return wait.catch((error: unknown) => {
      throw new SinkFailure(error, this.#work);
    });
  }
}

/** The error behind a SinkFailure, or the error itself. */
export function causeOf(error: unknown): unknown {
  return error instanceof SinkFailure ? error.cause : error;
}

export function isMailboxError(error: unknown): error is EngineError {
  return isEngineError(error) && error.scope === 'mailbox';
}
