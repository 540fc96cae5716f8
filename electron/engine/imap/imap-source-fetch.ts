import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { EngineError } from '../errors.ts';
import { NO_FLAGS } from '../flags.ts';
import type { MessageHead, MessageReceiver } from '../source.ts';
import { classifyResponse } from './classify-response.ts';
import type { ImapSourceLane } from './imap-source-lane.ts';
import { CAME_EARLY, DOUBTED, FetchRows, indexOfUid, WAS_NIL } from './imap-source-rows.ts';
import { quoteName } from './server-text.ts';
import { searchUids } from './wire/search.ts';
import { parseInternalDate } from './wire/internal-date.ts';
import { compactSet } from './wire/number-set.ts';
import type { Selection } from './wire/selection.ts';
import type { StatusLine } from './wire/status-line.ts';

/** Messages in one FETCH: at least as many as a call asks for. */
const RANGE = 4000;
/** When something went wrong with the first. */
const RANGE_AGAIN = 500;
const ITEMS = '(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])';

/** SourceLane.fetch for IMAP; see there for the contract. */
export async function fetchMessages(
  lane: ImapSourceLane,
  mailbox: MailboxStatus,
  uidValidity: number,
  uids: Uint32Array,
  receiver: MessageReceiver,
): Promise<void> {
  if (uids.length > 0) await new FetchCall(lane, mailbox, uidValidity, uids, receiver).run();
}

class FetchCall {
  readonly #lane: ImapSourceLane;
  readonly #path: string;
  readonly #uidValidity: number;
  readonly #uids: Uint32Array;
  readonly #receiver: MessageReceiver;
  readonly #rows: FetchRows;
  #selection: Selection | null = null;
  /** Why the server says that it could not hand out what a UID lacks. */
  readonly #refusals = new Map<number, EngineError>();

  constructor(
    lane: ImapSourceLane,
    mailbox: MailboxStatus,
    uidValidity: number,
    uids: Uint32Array,
    receiver: MessageReceiver,
  ) {
    this.#lane = lane;
    this.#path = mailbox.path;
    this.#uidValidity = uidValidity;
    this.#uids = uids;
    this.#receiver = receiver;
    this.#rows = new FetchRows(uids, receiver, () => this.#isMeant(), lane.sizeDoubts);
  }

  async run(): Promise<void> {
    const answers = await this.#lane.inTurn(() => this.#sendAll());
    await this.#requireMeant();
    for (const answer of answers) this.#judge(await answer);
    const open = this.#openUids();
    if (open.length > 0) await this.#lane.inTurn(() => this.#reconcile(open));
  }

  /** Synchronous: rows may stand right behind the answer to EXAMINE. */
  #isMeant(): boolean {
    return this.#selection?.state === 'open' && this.#selection.uidValidity === this.#uidValidity;
  }

  async #sendAll(): Promise<Promise<StatusLine>[]> {
    const selection = this.#open();
    const answers: Promise<StatusLine>[] = [];
    for (let at = 0; at < this.#uids.length;) {
      const { set, next } = compactSet(this.#uids, at, RANGE);
      const { answer } = await this.#lane.send(`UID FETCH ${set} ${ITEMS}`, { rows: this.#rows });
      answers.push(answer);
      at = next;
      if (this.#lane.wire.failure || (selection.state !== 'pending' && !this.#isMeant())) break;
    }
    return answers;
  }

  #open(): Selection {
    this.#selection = this.#lane.examine(this.#path);
    return this.#selection;
  }

  async #requireMeant(): Promise<void> {
    await this.#selection?.opened;
    if (this.#isMeant()) return;
    const message = `The server has renumbered the mailbox ${quoteName(this.#path)} meanwhile. It is listed anew.`;
    throw new EngineError('mailbox-renumbered', message, { scope: 'mailbox', retry: 'now' });
  }

  /** A refusal that is about one message is dealt with message by message; any other ends the call. */
  #judge(line: StatusLine): EngineError | null {
    if (line.status !== 'NO' && line.status !== 'BAD') return null;
    const error = classifyResponse(line.status, line.code, line.text, 'fetch');
    if (error.scope !== 'message') throw error;
    return error;
  }

  #openUids(): number[] {
    const open: number[] = [];
    for (let i = 0; i < this.#uids.length; i++) if (this.#rows.isOpen(i)) open.push(this.#uids[i] as number);
    return open;
  }

  /** What did not come is asked for once more, then told as vanished or failed. */
  async #reconcile(open: number[]): Promise<void> {
    this.#open();
    const { wire } = this.#lane;
    await Promise.all([this.#requireMeant(), wire.command('NOOP')]);
    const early = open.filter((uid) => this.#stateOf(uid) === CAME_EARLY);
    const others = open.filter((uid) => this.#stateOf(uid) !== CAME_EARLY);
    for (let at = 0; at < others.length; at += RANGE_AGAIN) await this.#askAgain(others.slice(at, at + RANGE_AGAIN));
    for (const uid of this.#openUids()) {
      if (early.includes(uid) || this.#stateOf(uid) === CAME_EARLY) await this.#askAlone(uid);
    }
    const missing = this.#openUids();
    if (missing.length > 0) await this.#tellMissing(missing);
  }

  /** One message that the server cannot hand out may break off the whole command: halve until it stands alone. */
  async #askAgain(uids: number[]): Promise<void> {
    let refusal: EngineError | null = null;
    for (let at = 0; at < uids.length;) {
      const { set, next } = compactSet(uids, at, RANGE_AGAIN);
      const line = await this.#lane.wire.command(`UID FETCH ${set} ${ITEMS}`, { rows: this.#rows });
      refusal = this.#judge(line) ?? refusal;
      at = next;
    }
    const left = uids.filter((uid) => this.#rows.isOpen(indexOfUid(this.#uids, uid)));
    if (refusal === null || left.length === 0) return;
    if (uids.length === 1) this.#refusals.set(uids[0] as number, refusal);
    else {
      const half = Math.ceil(left.length / 2);
      await this.#askAgain(left.slice(0, half));
      if (half < left.length) await this.#askAgain(left.slice(half));
    }
  }

  /** Its attributes first, then its body: whatever their order in the row, they are known when the octets come. */
  async #askAlone(uid: number): Promise<void> {
    const { wire } = this.#lane;
    let head: MessageHead | null = null;
    const attributes = {
      bodyBegin: () => undefined,
      bodyChunk: () => undefined,
      bodyEnd: () => undefined,
      pressure: () => null,
      broken: () => undefined,
      rowEnd: (row: Parameters<FetchRows['rowEnd']>[0]) => {
        if (row.uid !== uid) return false;
        const date = row.internalDate ?? null;
        const internalDate = date === null ? null : parseInternalDate(date);
        head = { uid, flags: row.flags ?? NO_FLAGS, internalDate, sizeBytes: 0 };
        return true;
      },
    };
    this.#judge(await wire.command(`UID FETCH ${uid} (UID FLAGS INTERNALDATE)`, { rows: attributes }));
    if (head === null) return;
    this.#rows.alone = head;
    try {
      this.#judge(await wire.command(`UID FETCH ${uid} (UID BODY.PEEK[])`, { rows: this.#rows }));
    } finally {
      this.#rows.alone = null;
    }
  }

  async #tellMissing(missing: number[]): Promise<void> {
    const present = new Set<number>();
    for (let at = 0; at < missing.length;) {
      const { set, next } = compactSet(missing, at, RANGE);
      const found = await searchUids(this.#lane.wire, `UID ${set}`, this.#lane.offers('ESEARCH'));
      for (const uid of found) present.add(uid);
      at = next;
    }
    for (const uid of missing) {
      if (present.has(uid)) this.#receiver.missed(uid, 'failed', 'message-unreadable', this.#reasonFor(uid));
      else {
        const reason = 'The message was deleted on the server while the job was running.';
        this.#receiver.missed(uid, 'vanished', 'message-vanished', reason);
      }
    }
  }

  #reasonFor(uid: number): string {
    const refusal = this.#refusals.get(uid);
    if (refusal) return refusal.message;
    if (this.#stateOf(uid) === WAS_NIL) return 'The server lists this message but gives no content for it.';
    if (this.#stateOf(uid) === DOUBTED) return 'The server gives this message with a wrong length each time.';
    return 'The server lists this message but does not hand it out.';
  }

  #stateOf(uid: number): number {
    return this.#rows.states[indexOfUid(this.#uids, uid)] ?? 0;
  }
}
