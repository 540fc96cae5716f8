/** One worker: a pair of lanes, two units under way, and what to do when a line breaks. */
import { EngineError, isEngineError, toEngineError } from '../errors.ts';
import type { Placing, SinkMailbox } from '../sink.ts';
import { settleIntents } from './identify.ts';
import { causeOf, isMailboxError, LanePair, SinkFailure, type Moved } from './lane-pair.ts';
import { identifyContext, openMailbox } from './open-mailbox.ts';
import type { Pace } from './pace.ts';
import type { PairWork, Unit } from './pair-work.ts';
import { Backoff } from './retry.ts';
import type { TransferContext } from './transfer.ts';
import type { WorkQueue } from './work-queue.ts';

export interface WorkerContext extends TransferContext {
  queue: WorkQueue;
  /** The job's own signal, or another worker's fatal error. */
  signal: AbortSignal;
  onSettled: (work: PairWork) => void;
  /** Workers that have had a connection: one more that gets none is not needed. */
  alive: { count: number };
  pace: Pace | null;
}

interface Moving {
  unit: Unit;
  result: Promise<Moved>;
}

/** The server works on the second range while the first one travels. */
const UNITS_IN_FLIGHT = 2;

/** @throws what no retry mends; what this worker was given and did not settle is then open in the ledger */
export async function runWorker(context: WorkerContext): Promise<void> {
  await context.job.working(async () => {
    const worker = new Worker(context);
    try {
      await worker.run();
    } finally {
      await worker.close();
    }
  });
}

class Worker {
  readonly #context: WorkerContext;
  readonly #backoff: Backoff;
  #lanes: LanePair | null = null;
  #moving: Moving[] = [];
  /** Handed to a sink that broke off, with their octets: looked for at the target before anything is sent again. */
  #unknown = new Map<PairWork, Map<number, number>>();
  #everConnected = false;

  constructor(context: WorkerContext) {
    this.#context = context;
    const { job, retry } = context;
    this.#backoff = new Backoff(job.clock, retry, (reason, ms) => {
      job.log.warn('lane-lost', { reason, waitMs: ms });
      job.waiting = { reason, untilMs: job.clock.date().getTime() + ms };
      job.touch(true);
    });
  }

  async run(): Promise<void> {
    const { job, signal } = this.#context;
    for (;;) {
      try {
        await job.gate(() => this.#drain());
        const lanes = await this.#connect();
        const unit = await this.#context.queue.next((work) => this.#open(work, lanes), signal);
        if (unit) {
          this.#moving.push({ unit, result: lanes.move(unit) });
          if (this.#moving.length >= UNITS_IN_FLIGHT) await this.#finishOldest();
        } else {
          await this.#drain();
          return;
        }
      } catch (error) {
        if (!this.#everConnected && this.#context.alive.count > 0 && !signal.aborted) {
          job.log.warn('lane-not-granted', { error: isEngineError(error) ? error.code : String(error) });
          return;
        }
        await this.#recover(error);
      }
    }
  }

  async close(): Promise<void> {
    await this.#closeLanes();
  }

  async #connect(): Promise<LanePair> {
    if (this.#lanes) return this.#lanes;
    const { source, sink, signal, job, options } = this.#context;
    const sourceLane = await source.openLane(signal);
    try {
      // No signal for the sink: what it was given is made durable even while the job stops.
      const sinkLane = await sink.openLane();
      this.#lanes = new LanePair(sourceLane, sinkLane, {
        dateFromHeader: options.dateFromHeader,
        pace: this.#context.pace,
        onProgress: () => job.touch(),
        onSettled: (settled) => this.#onSettled(settled),
      });
    } catch (error) {
      await sourceLane.close();
      throw error;
    }
    if (!this.#everConnected) this.#context.alive.count++;
    this.#everConnected = true;
    job.connections++;
    job.holding.add(this.#lanes.sink);
    job.waiting = null;
    await this.#resolveUnknown(this.#lanes);
    return this.#lanes;
  }

  async #open(work: PairWork, lanes: LanePair): Promise<Unit[]> {
    const { sink, options } = this.#context;
    work.account.state = 'active';
    try {
      const uids = await openMailbox(work, lanes, sink.readBack, options);
      work.isOpened = true;
      this.#context.onSettled(work);
      return work.units(uids, options.newestFirst);
    } catch (error) {
      if (!isMailboxError(error)) throw error;
      work.drop(error.code, error.message);
      return [];
    }
  }

  async #finishOldest(): Promise<void> {
    const { unit, result } = this.#moving.shift()!;
    const { left, error } = await result;
    if (error === null && left.length === 0) return;
    if (isMailboxError(error)) {
      unit.work.drop(error.code, error.message);
      return;
    }
    this.#requeue(unit.work, left);
    throw (
      (error as Error | null) ??
      new EngineError('protocol-error', 'The server ended an answer without its messages.', { retry: 'now' })
    );
  }

  /** Only what is settled is progress: a source may hand the same messages to a sink that breaks off each time. */
  #onSettled(work: PairWork): void {
    this.#backoff.progress();
    this.#context.onSettled(work);
  }

  async #drain(): Promise<void> {
    while (this.#moving.length > 0) await this.#finishOldest();
    await this.#lanes?.flush();
  }

  /**
   * A lane broke. What the source did not deliver goes back to the queue; what the sink was given and did not settle
   * is remembered, to be looked for at the target once there is a connection again.
   *
   * @throws the error when another try makes no sense
   */
  async #recover(error: unknown): Promise<void> {
    const { job, signal } = this.#context;
    const lanes = this.#lanes;
    let cause = causeOf(error);
    // The source's line broke only because the sink would take no more of one mailbox.
    let isDropped = false;
    if (lanes && error instanceof SinkFailure && isMailboxError(cause)) {
      lanes.drop(error.work, cause);
      isDropped = true;
    }
    if (lanes) {
      const moving = this.#moving.splice(0);
      if (!signal.aborted) await lanes.source.close();
      for (const { unit, result } of moving) this.#requeue(unit.work, (await result).left);
      try {
        await lanes.flush();
      } catch (sinkError) {
        // A source that broke is tried again; a sink that is full or refuses us decides.
        if (!signal.aborted) cause = causeOf(sinkError);
        isDropped = false;
      }
      for (const [work, uids] of lanes.unsettled) {
        for (const bytes of uids.values()) work.account.doneBytes -= bytes;
        if (uids.size > 0) this.#unknown.set(work, new Map([...(this.#unknown.get(work) ?? []), ...uids]));
      }
    }
    await this.#closeLanes();
    if (signal.aborted) {
      job.signal.throwIfAborted();
      const stopped: unknown = toEngineError(cause);
      throw stopped as Error;
    }
    if (!isDropped) await this.#backoff.wait(cause, signal);
  }

  async #resolveUnknown(lanes: LanePair): Promise<void> {
    for (const [work, uids] of [...this.#unknown]) {
      const { target } = work;
      const open = [...uids.keys()].filter((uid) => work.openUids.has(uid));
      const readBack = this.#context.sink.readBack;
      if (target.placing && readBack && open.length > 0) {
        const wanted = new Set(open);
        const intents = target.placing
          .openIntents()
          .filter((i) => i.uidValidity === work.generation && wanted.has(i.uid));
        const targetLane = await readBack.openLane(this.#context.signal);
        try {
          const placed = target as SinkMailbox & { readonly placing: Placing };
          const found = await settleIntents(identifyContext(work, lanes, targetLane, placed), intents);
          for (const uid of found) {
            if (!work.settle(uid, 'stored')) continue;
            work.account.doneBytes += uids.get(uid) ?? 0;
            this.#onSettled(work);
          }
        } finally {
          await targetLane.close();
        }
      }
      this.#unknown.delete(work);
      this.#requeue(work, Uint32Array.from(open.filter((uid) => work.openUids.has(uid))).sort());
    }
  }

  #requeue(work: PairWork, uids: Uint32Array): void {
    if (uids.length > 0 && !work.isDropped) this.#context.queue.putBack(work.units(uids, false));
  }

  async #closeLanes(): Promise<void> {
    if (!this.#lanes) return;
    const lanes = this.#lanes;
    this.#lanes = null;
    this.#context.job.connections--;
    this.#context.job.holding.delete(lanes.sink);
    await lanes.close();
  }
}
