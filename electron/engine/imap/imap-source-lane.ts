import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { Log } from '../ports.ts';
import type { Envelope } from '../message/header.ts';
import type { ListWish, MailboxListing, MessageReceiver, SourceLane } from '../source.ts';
import { fetchMessages } from './imap-source-fetch.ts';
import { readEnvelopes } from './imap-source-envelopes.ts';
import { listMailbox } from './imap-source-listing.ts';
import type { SizeDoubts } from './imap-source-rows.ts';
import type { MailboxNames } from './names.ts';
import type { CommandOptions } from './wire/command-options.ts';
import type { WireConnection } from './wire/connection.ts';
import { openMailbox, type Selection } from './wire/selection.ts';
import type { StatusLine } from './wire/status-line.ts';

/** FETCH commands in flight: the server works on the second while the first one's octets travel. */
const IN_FLIGHT = 2;

/** So many messages that come a second time with another size than told, and the server is known to estimate. */
const MOST_DOUBTS = 3;

export interface LaneParts {
  wire: WireConnection;
  names: MailboxNames;
  capabilities: ReadonlySet<string>;
  log: Log;
  /** Send NOOP before looking: the server shows what other connections stored only then (Courier). */
  noopBeforeList?: boolean;
  /** RFC822.SIZE tells nothing about the octets that come (Exchange). */
  sizesAreEstimates?: boolean;
  onClosed?: () => void;
}

/** One connection that reads. Mailboxes are opened with EXAMINE and bodies asked for with BODY.PEEK: nothing changes. */
export class ImapSourceLane implements SourceLane {
  readonly parts: LaneParts;
  readonly sizeDoubts: SizeDoubts;
  #selection: Selection | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #sent: Promise<unknown>[] = [];

  constructor(parts: LaneParts) {
    this.parts = parts;
    this.sizeDoubts = { left: parts.sizesAreEstimates ? 0 : MOST_DOUBTS };
  }

  get wire(): WireConnection {
    return this.parts.wire;
  }

  offers(capability: string): boolean {
    return this.parts.capabilities.has(capability);
  }

  list(mailbox: MailboxStatus, wish: ListWish): Promise<MailboxListing> {
    return this.inTurn(() => listMailbox(this, mailbox, wish));
  }

  envelopes(mailbox: MailboxStatus, uids: readonly number[]): Promise<Map<number, Envelope>> {
    return this.inTurn(() => readEnvelopes(this, mailbox, uids));
  }

  fetch(mailbox: MailboxStatus, uidValidity: number, uids: Uint32Array, receiver: MessageReceiver): Promise<void> {
    return fetchMessages(this, mailbox, uidValidity, uids, receiver);
  }

  async close(): Promise<void> {
    await this.wire.close();
    this.parts.onClosed?.();
    this.parts.onClosed = undefined;
  }

  /** Calls send their commands one call after another; waiting for the answers is not part of the turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => undefined);
    return run;
  }

  /** The mailbox as it is open, or opened now without waiting. Call it in turn. */
  examine(path: string, anew = false): Selection {
    const current = this.#selection;
    if (!anew && current?.path === path && current.state !== 'failed') return current;
    const wireName = this.parts.names.wireName(path);
    const condstore = this.offers('CONDSTORE') || this.offers('QRESYNC');
    this.#selection = openMailbox(this.wire, 'EXAMINE', path, wireName, condstore);
    return this.#selection;
  }

  /** Send a FETCH once fewer than two are in flight. Call it in turn. The answer comes boxed, not waited for. */
  async send(text: string, options: CommandOptions): Promise<{ answer: Promise<StatusLine> }> {
    while (this.#sent.length >= IN_FLIGHT) await this.#sent[0];
    const answer = this.wire.command(text, options);
    const over = answer.then(
      () => undefined,
      () => undefined,
    );
    this.#sent.push(over);
    void over.then(() => this.#sent.splice(this.#sent.indexOf(over), 1));
    return { answer };
  }
}
