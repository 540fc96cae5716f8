/** One mailbox on its way: what is planned of it, what is ready to be moved, what is settled. */
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import type { MailboxPair, PassState, SinkMailbox } from '../sink.ts';
import { noCounts, type MailboxAccount } from './accounting.ts';

/** A part of one mailbox, moved by one lane with one call of fetch. */
export interface Unit {
  work: PairWork;
  uids: Uint32Array;
}

/** Enough to hide the round trip, few enough to lose little when a line breaks. */
const FEWEST_MESSAGES = 500;
/**
 * A large mailbox is cut into about so many, which all lanes share. Some servers look through the whole folder for each
 * FETCH, as Dovecot does in a maildir: with units of one size that would grow with the square of the folder.
 */
const UNITS = 32;
/** Of a unit, by the average: what a pause has to wait for. */
const UNIT_BYTES = 16 * 1024 * 1024;
const MOST_MESSAGES = 4000;

export class PairWork {
  readonly pair: MailboxPair;
  readonly account: MailboxAccount;
  readonly target: SinkMailbox;
  /**
   * Generation under which messages are recorded: the source's UIDVALIDITY, or a number of our own where the server
   * gives none, so that its UIDs are never taken for those of another session.
   */
  readonly generation: number;
  /** Source state at listing; recorded when the pass ends clean. null: not to be recorded (part of a mailbox only). */
  passState: PassState | null = null;
  /** UIDs to move that have no outcome yet. */
  readonly #open = new Set<number>();
  /** UIDs stored in this run, for the proof. */
  readonly storedUids: number[] = [];
  /** Of these, the ones the proof did not find: they are to be sent again next time. */
  readonly lostUids: number[] = [];
  /** Listed, and every UID to move is known. */
  isOpened = false;
  #failedMessages = false;
  #dropped = false;

  constructor(pair: MailboxPair, account: MailboxAccount, target: SinkMailbox, generation: number) {
    this.pair = pair;
    this.account = account;
    this.target = target;
    this.generation = generation;
  }

  get source(): MailboxStatus {
    return this.pair.source;
  }

  get openUids(): ReadonlySet<number> {
    return this.#open;
  }

  get isSettled(): boolean {
    return this.#open.size === 0;
  }

  /** Settled with nothing failed: the state may be remembered, and an unchanged mailbox skipped next time. */
  get isClean(): boolean {
    return this.isSettled && !this.#failedMessages && !this.#dropped;
  }

  /** The mailbox failed as a whole; late settlements of its messages count no more. */
  get isDropped(): boolean {
    return this.#dropped;
  }

  /** Cut the work into units. Ascending within a unit, as servers answer anyway. */
  units(uids: Uint32Array, newestFirst: boolean): Unit[] {
    const units: Unit[] = [];
    const messages = unitMessages(uids.length, this.source);
    for (let i = 0; i < uids.length; i += messages) units.push({ work: this, uids: uids.subarray(i, i + messages) });
    return newestFirst ? units.reverse() : units;
  }

  /**
   * Listed again after a lost connection: what was settled is known to the ledger by now. Until the list is there, as
   * many are planned as before.
   */
  reset(): void {
    this.isOpened = false;
    this.#open.clear();
    Object.assign(this.account.counts, noCounts(), { planned: this.account.counts.planned });
  }

  addOpen(uids: Iterable<number>): void {
    for (const uid of uids) this.#open.add(uid);
  }

  /** @returns false when this message was settled before; a second outcome must not count */
  settle(
    uid: number,
    outcome: 'stored' | 'duplicate' | 'skipped' | 'vanished' | 'failed',
    remark?: { code: FailureCode; reason: string },
  ): boolean {
    if (this.#dropped || !this.#open.delete(uid)) return false;
    if (outcome === 'failed') this.#failedMessages = true;
    if (outcome === 'stored') this.storedUids.push(uid);
    this.account.settle(uid, outcome, remark);
    return true;
  }

  /** Give the whole mailbox up, with the server's reason. */
  drop(code: FailureCode, reason: string): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#open.clear();
    // Never listed: what STATUS told is what is missing now.
    if (!this.isOpened) Object.assign(this.account.counts, noCounts(), { planned: this.source.messages });
    this.account.fail(code, reason);
  }
}

/** @param count of messages to be moved */
function unitMessages(count: number, { messages, sizeBytes }: MailboxStatus): number {
  if (sizeBytes === null || messages === 0) return FEWEST_MESSAGES;
  const fitting = Math.floor((UNIT_BYTES * messages) / Math.max(1, sizeBytes));
  return Math.max(FEWEST_MESSAGES, Math.min(Math.ceil(count / UNITS), fitting, MOST_MESSAGES));
}
