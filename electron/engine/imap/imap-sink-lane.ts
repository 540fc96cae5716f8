import { EngineError, isEngineError } from '../errors.ts';
import type { FlagSet } from '../flags.ts';
import type { MessageHead } from '../source.ts';
import type { MessageWriter, Settle, SinkLane, SinkMailbox } from '../sink.ts';
import { AppendBatch, batchBytes } from './append-batch.ts';
import { planFlags } from './append-flags.ts';
import { AppendSender } from './append-sender.ts';
import { AppendWriter } from './append-writer.ts';
import { ImapSinkMailbox } from './imap-sink-mailbox.ts';
import type { LaneParts } from './imap-source-lane.ts';
import { SendBuffers } from './send-buffers.ts';
import { quoteName } from './server-text.ts';
import { letGo } from './spare-lines.ts';
import type { WireConnection } from './wire/connection.ts';
import { compactSet } from './wire/number-set.ts';
import { openMailbox, requireOk, type Selection } from './wire/selection.ts';

/** Batches sealed and not yet answered: one is on the wire while the server stores the other. */
const BATCHES_IN_FLIGHT = 2;
/** Those and the open ones of several mailboxes: one ends while the next begins. */
const BATCHES_KEPT = 4;
/** Of a large message; as much as AppendStream has at the most is kept for the next one. */
const PIECE_BYTES = 128 * 1024;
const PIECES_KEPT = 16;
/** UIDs in one STORE. */
const RANGE = 500;

export interface SinkLaneHome {
  server: string;
  /** Create a mailbox that was there before, and note its new state in it. */
  makeAgain: (mailbox: ImapSinkMailbox) => Promise<void>;
  /** Connections that write to this account now. */
  connections: () => number;
  /** The lane is done with its connection, which has nothing in flight. */
  leave: (line: LaneParts) => void;
}

/** One connection that writes. Commands are written in turns, answers awaited outside of them. */
export class ImapSinkLane implements SinkLane {
  readonly sender: AppendSender;
  readonly server: string;
  readonly #parts: LaneParts;
  readonly #home: SinkLaneHome;
  #turn: Promise<unknown> = Promise.resolve();
  #occupied = 0;
  #isClosed = false;
  #relief: { promise: Promise<void>; resolve: () => void } | null = null;
  readonly #batches: SendBuffers;
  readonly #held = new Set<AppendBatch>();
  /** For large messages that pass through. */
  readonly pieces: SendBuffers;

  constructor(parts: LaneParts, home: SinkLaneHome) {
    this.#parts = parts;
    this.#home = home;
    this.server = home.server;
    this.sender = new AppendSender(parts.wire, parts.capabilities);
    this.#batches = new SendBuffers(parts.wire, batchBytes(home.connections()), BATCHES_KEPT);
    this.pieces = new SendBuffers(parts.wire, PIECE_BYTES, PIECES_KEPT);
  }

  get wire(): WireConnection {
    return this.#parts.wire;
  }

  writer(mailbox: SinkMailbox, uidValidity: number, settle: Settle): MessageWriter {
    return new AppendWriter(this, ours(mailbox), uidValidity, settle);
  }

  async updateFlags(
    mailbox: SinkMailbox,
    uidValidity: number,
    changes: { uid: number; flags: FlagSet }[],
  ): Promise<void> {
    const target = ours(mailbox);
    const places = target.placing.targetUids(
      uidValidity,
      changes.map(({ uid }) => uid),
    );
    const groups = new Map<FlagSet, number[]>();
    changes.forEach(({ flags }, i) => {
      const place = places[i];
      if (place === null || place === undefined) return;
      const group = groups.get(flags);
      if (group) group.push(place);
      else groups.set(flags, [place]);
    });
    const unplaced = places.filter((place) => place === null).length;
    if (unplaced > 0) this.#parts.log.warn('flags-place-unknown', { mailbox: target.targetPath, messages: unplaced });
    if (groups.size > 0) await this.inTurn(() => this.#store(target, groups));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.wire.failure || this.wire.inFlight > 0) await letGo(this.#parts);
    else this.#home.leave(this.#parts);
  }

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  nameOf(mailbox: ImapSinkMailbox): string {
    return this.#parts.names.wireName(mailbox.targetPath);
  }

  makeAgain(mailbox: ImapSinkMailbox): Promise<void> {
    return this.#home.makeAgain(mailbox);
  }

  /** Find out, once for each mailbox, what it takes. Call it in turn. */
  async learn(mailbox: ImapSinkMailbox, wantsFlags: boolean): Promise<void> {
    mailbox.appendLimit ??= await this.#appendLimit(mailbox);
    if (!wantsFlags || mailbox.permanentFlags !== undefined) return;
    const selection = this.#select(mailbox);
    try {
      await selection.opened;
      mailbox.permanentFlags = selection.permanentFlags;
      if (this.#offers('UNSELECT') || this.#offers('IMAP4REV2')) void this.wire.command('UNSELECT');
    } catch (error) {
      if (this.wire.failure || isEngineError(error, 'mailbox-missing')) return;
      // A mailbox that takes mail and cannot be opened: whether flags are kept cannot be known.
      this.#parts.log.warn('permanent-flags-unknown', { mailbox: mailbox.targetPath });
      mailbox.permanentFlags = null;
    }
  }

  newBatch(head: MessageHead): AppendBatch {
    this.#batches.resize(batchBytes(this.#home.connections()));
    const batch = new AppendBatch(this.#batches.take(), this.sender.literal);
    const fitting = batch.fits(head)
      ? batch
      : new AppendBatch(Buffer.allocUnsafeSlow(batch.needs(head)), this.sender.literal);
    this.#held.add(fitting);
    return fitting;
  }

  giveBack(batch: AppendBatch): void {
    this.noteDelivered(batch);
    this.#batches.give(batch.buffer, batch.writtenAt);
  }

  noteDelivered(batch: AppendBatch): void {
    this.#held.delete(batch);
  }

  heldBytes(): number {
    let bytes = 0;
    for (const batch of this.#held) bytes += batch.usedBytes;
    return bytes;
  }

  /** A batch is under way until the function returned is called. */
  occupy(): () => void {
    this.#occupied++;
    return () => {
      this.#occupied--;
      this.#relief?.resolve();
      this.#relief = null;
    };
  }

  pressure(): Promise<void> | null {
    if (this.#occupied < BATCHES_IN_FLIGHT) return null;
    this.#relief ??= Promise.withResolvers<void>();
    return this.#relief.promise;
  }

  /** Every command sent before the one being written has its answer. Does not wait for longer than the deadlines. */
  async answersBefore(): Promise<void> {
    await this.wire.answersBut(1);
  }

  #offers(capability: string): boolean {
    return this.#parts.capabilities.has(capability);
  }

  #select(mailbox: ImapSinkMailbox): Selection {
    return openMailbox(this.wire, 'SELECT', mailbox.targetPath, this.nameOf(mailbox), false);
  }

  /** RFC 7889: one limit for all mailboxes in the capability, or one for each in STATUS. */
  async #appendLimit(mailbox: ImapSinkMailbox): Promise<number> {
    for (const capability of this.#parts.capabilities) {
      const limit = /^APPENDLIMIT=(\d{1,15})$/.exec(capability);
      if (limit) return Number(limit[1]);
    }
    if (!this.#offers('APPENDLIMIT')) return Infinity;
    let limit = Infinity;
    const untagged = (text: string) => {
      const found = /^STATUS .*\(.*\bAPPENDLIMIT (\d{1,15})\b/i.exec(text);
      if (found) limit = Number(found[1]);
    };
    await this.wire.command(`STATUS ${this.nameOf(mailbox)} (APPENDLIMIT)`, { untagged });
    return limit;
  }

  async #store(target: ImapSinkMailbox, groups: Map<FlagSet, number[]>): Promise<void> {
    const selection = this.#select(target);
    await selection.opened;
    if (target.status.uidValidity !== selection.uidValidity) {
      const message = `The server has renumbered the mailbox ${quoteName(target.targetPath)} meanwhile. Run again to go on with it.`;
      throw new EngineError('mailbox-renumbered', message, { scope: 'mailbox', retry: 'now' });
    }
    target.permanentFlags = selection.permanentFlags;
    const answers = [];
    for (const [flags, uids] of groups) {
      const { kept } = planFlags(flags, selection.permanentFlags);
      uids.sort((a, b) => a - b);
      for (let at = 0; at < uids.length;) {
        const { set, next } = compactSet(uids, at, RANGE);
        answers.push(this.wire.command(`UID STORE ${set} FLAGS.SILENT (${kept.join(' ')})`));
        at = next;
      }
    }
    for (const line of await Promise.all(answers)) requireOk(line, 'select');
    if (this.#offers('UNSELECT') || this.#offers('IMAP4REV2')) void this.wire.command('UNSELECT');
  }
}

function ours(mailbox: SinkMailbox): ImapSinkMailbox {
  if (mailbox instanceof ImapSinkMailbox) return mailbox;
  throw new EngineError('internal', 'A mailbox of another store was given to an IMAP account.');
}
