/** Proof after a run: the target is read back and compared, and what a server altered is named message by message. */
import { sameFlags } from '../flags.ts';
import { pairByDigest } from '../plan/identity.ts';
import type { PlacedMessage } from '../sink.ts';
import type { MailboxListing, Source, SourceLane } from '../source.ts';
import { digestAll, type DigestedMessage } from './digest-receiver.ts';
import type { Job } from './job.ts';
import { isMailboxError } from './lane-pair.ts';
import { persist } from './persist.ts';
import type { RetryPolicy } from './retry.ts';
import type { PairWork } from './pair-work.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { Proof } from '../../../shared/job.ts';

/** sizes: sizes, flags and dates of all. sample: also the octets of some. full: also the octets of all. */
export type ProofDepth = 'none' | 'sizes' | 'sample' | 'full';

/** Messages whose octets are fetched again for 'sample', spread over the run. */
const SAMPLE_MESSAGES = 100;

const KEYS = ['compared', 'readBack', 'readBackBytes', 'differences'] as const;
const NOTHING: Proof = { compared: 0, readBack: 0, readBackBytes: 0, differences: 0 };

/** @param readBack the target as a source */
export async function prove(
  job: Job,
  readBack: Source,
  works: PairWork[],
  depth: ProofDepth,
  retry: RetryPolicy,
): Promise<void> {
  const moved = works.filter((w) => w.target.placing && w.storedUids.length > 0);
  if (depth === 'none' || moved.length === 0) return;
  job.phase = 'proving';
  const proof: Proof = (job.proof = { ...NOTHING });
  const total = moved.reduce((sum, w) => sum + w.storedUids.length, 0);
  const step = depth === 'full' ? 1 : depth === 'sample' ? Math.max(1, Math.ceil(total / SAMPLE_MESSAGES)) : null;
  const queue = [...moved];
  const work = async (): Promise<void> => {
    const lane = new ProofLane(job, readBack, retry);
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        job.throwIfCancelled();
        const found = await lane.prove(next, step);
        for (const key of KEYS) proof[key] += found[key];
        job.touch();
      }
    } catch (error) {
      queue.length = 0;
      throw error;
    } finally {
      await lane.close();
    }
  };
  // As many as the transfer has left behind: a sign-in more would take longer than it saves.
  const lanes = Math.min(moved.length, Math.max(1, readBack.spareLanes ?? 0));
  const ends = await Promise.allSettled(Array.from({ length: lanes }, work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** One connection that proves mailbox after mailbox. */
class ProofLane {
  readonly #job: Job;
  readonly #readBack: Source;
  readonly #retry: RetryPolicy;
  #lane: SourceLane | null = null;

  constructor(job: Job, readBack: Source, retry: RetryPolicy) {
    this.#job = job;
    this.#readBack = readBack;
    this.#retry = retry;
  }

  async prove(work: PairWork, step: number | null): Promise<Proof> {
    const found = await persist(this.#job, this.#retry, () => this.#try(work, step));
    if (work.lostUids.length > 0) await work.target.placing!.forgetStored(work.generation, work.lostUids);
    return found;
  }

  async close(): Promise<void> {
    await this.#lane?.close();
    this.#lane = null;
  }

  /** Begun again after a broken line it counts once. */
  async #try(work: PairWork, step: number | null): Promise<Proof> {
    this.#lane ??= await this.#readBack.openLane(this.#job.signal);
    try {
      return await new MailboxProof(work, this.#lane, this.#job).run(step);
    } catch (error) {
      await this.close();
      if (!isMailboxError(error)) throw error;
      work.account.remark(null, 'failed', error.code, `The folder could not be read back. ${error.message}`);
      return NOTHING;
    }
  }
}

class MailboxProof {
  readonly #work: PairWork;
  readonly #lane: SourceLane;
  readonly #told: Set<string>;
  readonly #found: Proof = { ...NOTHING };
  readonly #different = new Set<number>();

  constructor(work: PairWork, lane: SourceLane, job: Job) {
    this.#work = work;
    this.#lane = lane;
    // What the upload itself reported is not reported again.
    const mine = job.accounting.exceptions.filter((e) => e.mailbox === work.source.path && e.uid !== null);
    this.#told = new Set(mine.map((e) => `${e.uid} ${e.code}`));
  }

  /** @param step the octets of the first and of each step-th message after it are fetched; null: of none */
  async run(step: number | null): Promise<Proof> {
    const { target, generation, storedUids } = this.#work;
    const stored: PlacedMessage[] = [];
    target.placing!.placed(generation, storedUids).forEach((placed, i) => {
      if (placed) stored.push(placed);
      // The ledger has forgotten it: its mailbox went away after it was stored, and was made again without it.
      else this.#missing(storedUids[i]!);
    });
    // From before the run: by now it is known to hold messages.
    const { status } = target.placing!;
    const messages = Math.max(status.messages, storedUids.length);
    const wish = { flags: 'all', sizes: true, internalDates: true } as const;
    const there = await this.#lane.list({ ...status, messages }, wish);
    const index = new Map<number, number>();
    there.uids.forEach((uid, i) => index.set(uid, i));
    const octets: PlacedMessage[] = [];
    const homeless: PlacedMessage[] = [];
    stored.forEach((message, n) => {
      if (message.targetUid === null) {
        homeless.push(message);
        return;
      }
      const at = index.get(message.targetUid);
      if (at === undefined) this.#missing(message.uid);
      else if (!this.#compareColumns(message, there, at) || (step !== null && n % step === 0)) octets.push(message);
    });
    await this.#compareOctets(octets, there.uidValidity);
    if (homeless.length > 0) await this.#find(homeless, stored, there);
    return { ...this.#found, compared: stored.length, differences: this.#different.size };
  }

  /** @returns false when the size differs */
  #compareColumns(message: PlacedMessage, there: MailboxListing, at: number): boolean {
    const flags = there.flags?.[at];
    if (flags && !sameFlags(flags, message.flags)) {
      this.#remark(
        message.uid,
        'flags-not-kept',
        `Flags at the target are ${said(flags)} instead of ${said(message.flags)}.`,
      );
    }
    const date = there.internalDates?.[at] ?? null;
    if (message.internalDate !== null && instant(date) !== instant(message.internalDate)) {
      this.#remark(
        message.uid,
        'date-not-kept',
        `The target's date is ${date ?? 'none'} instead of ${message.internalDate}.`,
      );
    }
    return there.sizes![at] === message.sizeBytes;
  }

  async #compareOctets(messages: PlacedMessage[], targetUidValidity: number): Promise<void> {
    if (messages.length === 0) return;
    const uids = Uint32Array.from(messages.map((m) => m.targetUid!)).sort();
    const { status } = this.#work.target.placing!;
    const { digested, unreadable } = await digestAll(this.#lane, status, targetUidValidity, uids);
    for (const message of messages) {
      const there = digested.get(message.targetUid!);
      const refusal = unreadable.get(message.targetUid!);
      if (refusal !== undefined) {
        this.#remark(message.uid, 'message-unreadable', notHandedOut(refusal));
        continue;
      }
      this.#found.readBack++;
      this.#found.readBackBytes += there?.sizeBytes ?? 0;
      if (!there) this.#missing(message.uid);
      else if (there.fingerprint !== message.fingerprint) this.#altered(message, there);
    }
  }

  /** Stored on a server without UIDPLUS, so nobody knows under which UID: looked for by fingerprint. */
  async #find(homeless: PlacedMessage[], stored: PlacedMessage[], there: MailboxListing): Promise<void> {
    const taken = new Set(stored.map((m) => m.targetUid));
    const free = there.uids.filter((uid) => !taken.has(uid));
    const { status } = this.#work.target.placing!;
    const { digested, unreadable } = await digestAll(this.#lane, status, there.uidValidity, free);
    const wanted = homeless.map((m) => ({ ...m, likeness: '' }));
    const pairs = pairByDigest(wanted, [...digested.values()]);
    const found = new Set(pairs.map((p) => p.source.uid));
    const used = new Set(pairs.map((p) => p.target.uid));
    const others = [...digested.values()].filter(({ uid }) => uid >= status.uidNext && !used.has(uid));
    const altered = pairAltered(
      homeless.filter(({ uid }) => !found.has(uid)),
      others,
    );
    for (const { uid } of homeless) {
      if (found.has(uid)) continue;
      const [refusal] = unreadable.values();
      if (!altered.has(uid) && refusal === undefined) this.#missing(uid);
      else if (!altered.has(uid)) this.#remark(uid, 'message-unreadable', notHandedOut(refusal!));
      else
        this.#remark(
          uid,
          'message-altered',
          'The target holds no message with exactly these octets; it altered this one on upload.',
        );
    }
  }

  #altered(message: PlacedMessage, there: DigestedMessage): void {
    const sizes =
      there.sizeBytes === message.sizeBytes
        ? 'some octets differ'
        : `${there.sizeBytes} octets instead of ${message.sizeBytes}`;
    this.#remark(
      message.uid,
      'message-altered',
      `The target altered this message on upload: ${sizes}. The original is unharmed.`,
    );
  }

  #missing(uid: number): void {
    this.#different.add(uid);
    // A proof begun again after a broken line finds the same ones.
    if (this.#work.lostUids.includes(uid)) return;
    this.#work.account.restate(
      uid,
      'stored',
      'failed',
      'message-missing-at-target',
      'The target confirmed this message but does not have it. Run again to send it once more.',
    );
    this.#work.lostUids.push(uid);
  }

  #remark(uid: number, code: FailureCode, reason: string): void {
    this.#different.add(uid);
    if (!this.#told.has(`${uid} ${code}`)) this.#work.account.remark(uid, 'stored', code, reason);
  }
}

/**
 * Which of the messages could be one of those that arrived in this run and equal none: by header, by date, and then
 * anyhow. What none is left for is not there.
 */
function pairAltered(messages: PlacedMessage[], arrived: DigestedMessage[]): Set<number> {
  const free = new Set(arrived);
  const altered = new Set<number>();
  const keys: ((m: PlacedMessage | DigestedMessage) => string)[] = [
    (m) => m.headerDigest,
    (m) => String(instant(m.internalDate)),
    () => '',
  ];
  for (const keyOf of keys) {
    const byKey = Map.groupBy(free, keyOf);
    for (const message of messages) {
      const other = altered.has(message.uid) ? undefined : byKey.get(keyOf(message))?.shift();
      if (!other) continue;
      free.delete(other);
      altered.add(message.uid);
    }
  }
  return altered;
}

/** It may be there all right: sent again, it might be there twice. */
const notHandedOut = (why: string): string =>
  `The target does not hand out what would prove that it has this message. ${why}`;

const instant = (date: string | null): number => (date === null ? NaN : Date.parse(date));

const said = (flags: readonly string[]): string => (flags.length === 0 ? 'none' : flags.join(' '));
