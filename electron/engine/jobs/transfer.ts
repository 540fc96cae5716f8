/** THE loop: any source → plan → transfer → any sink. Knows no IMAP and no archive. See ARCHITECTURE.md, "Transfer". */
import { openCount, type MailboxAccount } from './accounting.ts';
import { endPass } from './end-pass.ts';
import type { Job } from './job.ts';
import type { OpenOptions } from './open-mailbox.ts';
import { Pace } from './pace.ts';
import { persist } from './persist.ts';
import { PairWork } from './pair-work.ts';
import { DISTANT_MS, Ramp } from './ramp.ts';
import { runWorker, type WorkerContext } from './worker.ts';
import { WorkQueue } from './work-queue.ts';
import { isEngineError } from '../errors.ts';
import { isUnchanged } from '../plan/delta.ts';
import type { RetryPolicy } from './retry.ts';
import { replacementName } from '../plan/mapping.ts';
import type { MailboxPair, PassState, Sink, SinkMailbox } from '../sink.ts';
import type { Source } from '../source.ts';

export interface TransferOptions extends OpenOptions {
  /** Upper bound of connections on each side. */
  lanes: number;
  /** Start each mailbox with its newest messages: a person at the target sees today's mail at once. */
  newestFirst: boolean;
  dateFromHeader: boolean;
  /** Octets a second over all lanes; null: no limit. */
  bytesPerSecond: number | null;
}

export interface TransferContext {
  job: Job;
  source: Source;
  sink: Sink;
  options: TransferOptions;
  retry: RetryPolicy;
}

/**
 * A lane more is worth its sign-in for about this much work: no fewer than the units that a lane has under way. Where each
 * message waits for the server (no LITERAL+), 4,000 of them take 80 s over two lanes 40 ms away, and 40 s over four.
 */
const MESSAGES_PER_LANE = 1_000;
const BYTES_PER_LANE = 32 * 1024 * 1024;

/**
 * Move every planned message of these pairs, and account for each.
 *
 * @returns the works, for the proof
 * @throws EngineError what no retry mends: over-quota, disk-full, cancelled, a lost server after every try. Everything
 *   settled until then is durable, and the next run goes on from there.
 */
export async function transfer(context: TransferContext, pairs: MailboxPair[]): Promise<PairWork[]> {
  const { job } = context;
  job.phase = 'scanning';
  const works = await prepareAll(context, pairs);
  const pending = works.filter((work) => work.account.state === 'waiting');
  job.phase = 'transferring';
  const finisher = new Finisher(context);
  const abort = new AbortController();
  const worker: WorkerContext = {
    ...context,
    queue: new WorkQueue(pending),
    signal: AbortSignal.any([job.signal, abort.signal]),
    onSettled: (work) => finisher.check(work),
    alive: { count: 0 },
    pace:
      context.options.bytesPerSecond === null ? null : new Pace(context.options.bytesPerSecond, job.clock, job.signal),
  };
  if (pending.length > 0) {
    const results = await runLanes(worker, lanesFor(context, pending), abort);
    await finisher.done();
    const failed = results.find((r) => r.status === 'rejected');
    job.throwIfCancelled();
    if (failed) throw failed.reason;
  }
  return works;
}

/** Start with one lane, and add another whenever that would help. */
async function runLanes(
  worker: WorkerContext,
  most: number,
  abort: AbortController,
): Promise<PromiseSettledResult<void>[]> {
  const running: Promise<void>[] = [];
  const ended = new AbortController();
  const start = (): void => {
    const lane = runWorker(worker).catch((error: unknown) => {
      abort.abort(error);
      throw error;
    });
    running.push(lane);
    void lane.catch(() => undefined).finally(() => ended.abort());
  };
  start();
  const ramp = new Ramp(worker.job.clock);
  const roundTripMs = () => Math.max(worker.source.roundTripMs ?? 0, worker.sink.roundTripMs ?? 0);
  while (running.length < most && !ended.signal.aborted) {
    // Far away a lane more helps whatever this machine does, and its sign-in alone takes as long as a look.
    const helps = roundTripMs() >= DISTANT_MS || (await ramp.look(ended.signal, roundTripMs));
    if (helps && !ended.signal.aborted && worker.job.state === 'running') start();
  }
  return Promise.allSettled(running);
}

async function prepareAll(context: TransferContext, pairs: MailboxPair[]): Promise<PairWork[]> {
  const { job } = context;
  const works: PairWork[] = [];
  await persist(job, context.retry, async () => context.sink.makeAll?.(pairs, job.signal));
  for (const pair of pairs) {
    job.throwIfCancelled();
    const { source, targetPath } = pair;
    const account = job.accounting.mailbox(source.path, targetPath);
    account.counts.planned = source.messages;
    account.plannedBytes = source.sizeBytes;
    try {
      const generation = source.uidValidity || Math.floor(job.clock.date().getTime() / 1000);
      const target = await persist(job, context.retry, () => prepareUnderSomeName(context, pair, account, pairs));
      const work = new PairWork(pair, account, target, generation);
      await passOver(context, work);
      works.push(work);
    } catch (error) {
      if (!isEngineError(error) || error.scope !== 'mailbox') throw error;
      account.fail(error.code, error.message);
    }
    job.touch();
  }
  return works;
}

/** A name the target refuses is replaced by a plainer one, and the user is told. */
async function prepareUnderSomeName(
  { job, sink }: TransferContext,
  pair: MailboxPair,
  account: MailboxAccount,
  pairs: MailboxPair[],
): Promise<SinkMailbox> {
  try {
    return await sink.prepare(pair, job.signal);
  } catch (error) {
    const isTaken = (path: string) => pairs.some((p) => p !== pair && p.targetPath === path);
    const name =
      isEngineError(error, 'mailbox-refused') && sink.namespace
        ? replacementName(pair.targetPath, sink.namespace, isTaken)
        : null;
    if (name === null) throw error;
    const target = await sink.prepare({ ...pair, targetPath: name }, job.signal);
    account.remark(
      null,
      'stored',
      'name-changed',
      `The server refused the name ${pair.targetPath}; the folder is called ${name} there.`,
    );
    // Later pairs see the new name as taken.
    pair.targetPath = name;
    account.targetPath = name;
    return target;
  }
}

/** A mailbox in which STATUS shows no change is not opened; an empty one has nothing to open for. */
async function passOver(context: TransferContext, work: PairWork): Promise<void> {
  const { source, account, target } = work;
  const { since, mirror } = context.options;
  const whole = since === null && mirror === 'off';
  const hasIntents = (target.placing?.openIntents().length ?? 0) > 0;
  const last = target.lastPass();
  if (whole && !hasIntents && isUnchanged(source, last)) {
    account.counts.duplicate = source.messages;
    account.plannedBytes = 0;
    account.state = 'done';
  } else if (source.messages === 0 && source.uidValidity !== 0 && target.known(work.generation).uids.length === 0) {
    const { uidValidity, uidNext, messages, highestModSeq } = source;
    const state = { uidValidity, uidNext, messages, highestModSeq };
    account.plannedBytes = 0;
    account.state = 'done';
    if (!samePass(state, last)) await endPass(target, state);
  }
}

function lanesFor(context: TransferContext, pending: PairWork[]): number {
  const { options, source, sink } = context;
  let messages = 0;
  let bytes = 0;
  for (const { source: status, target, account } of pending) {
    const fresh = Math.max(1, status.messages - (target.lastPass()?.messages ?? 0));
    messages += fresh;
    bytes += ((account.plannedBytes ?? 0) * fresh) / Math.max(1, status.messages);
  }
  const worth = Math.max(Math.ceil(messages / MESSAGES_PER_LANE), Math.ceil(bytes / BYTES_PER_LANE));
  return Math.max(1, Math.min(options.lanes, source.maxLanes, sink.maxLanes, worth));
}

/** Ends mailboxes as their last message is settled, without holding up the lanes. */
class Finisher {
  readonly #context: TransferContext;
  readonly #running = new Set<Promise<void>>();
  #failure: { error: unknown } | null = null;

  constructor(context: TransferContext) {
    this.#context = context;
  }

  check(work: PairWork): void {
    this.#context.job.touch();
    if (!work.isOpened || !work.isSettled || work.account.state !== 'active') return;
    work.account.state = 'done';
    const { passState, target } = work;
    if (target.placing?.isAnother) return;
    if (!passState || !work.isClean || openCount(work.account.counts) !== 0 || samePass(passState, target.lastPass()))
      return;
    const running: Promise<void> = endPass(target, passState)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async done(): Promise<void> {
    await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }
}

function samePass(a: PassState, b: PassState | null): boolean {
  return (
    b !== null &&
    a.uidValidity === b.uidValidity &&
    a.uidNext === b.uidNext &&
    a.messages === b.messages &&
    a.highestModSeq === b.highestModSeq
  );
}
