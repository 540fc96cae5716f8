import type { DemoMailbox, DemoMessage } from './mailbox.ts';
import type { ResponseWriter } from './response-writer.ts';
import { bad } from './refusal.ts';
import { selectIndices } from './text/number-set.ts';
import type { NumberRange } from './text/number-set.ts';

/**
 * What one session believes of its selected mailbox: sequence numbers are places in this list, and they move only
 * when the client is told (RFC 3501 §7.4.1).
 */
export class MailboxView {
  readonly mailbox: DemoMailbox;
  readonly readOnly: boolean;
  messages: DemoMessage[];
  #revision: number;
  /** Flag changes up to this MODSEQ were told. */
  #toldModSeq: number;

  constructor(mailbox: DemoMailbox, readOnly: boolean) {
    this.mailbox = mailbox;
    this.readOnly = readOnly;
    this.messages = [...mailbox.messages];
    this.#revision = mailbox.revision;
    this.#toldModSeq = mailbox.highestModSeq;
  }

  /** Indices (sequence number - 1) of the messages meant, ascending. @throws Refusal BAD for a number out of range */
  resolve(ranges: readonly NumberRange[], byUid: boolean): number[] {
    const count = this.messages.length;
    if (byUid) return selectIndices(ranges, count, (i) => this.messages[i]?.uid ?? 0);
    const beyond = ranges.some((r) => (r.to !== Infinity && r.to > count) || (r.from !== Infinity && r.from > count));
    if (beyond || (count === 0 && ranges.length > 0)) throw bad('Message number out of range');
    return selectIndices(ranges, count, (i) => i + 1);
  }

  /** Tell what changed, by this session or another. Removals only when the numbers may move (RFC 3501 §7.4.1). */
  announce(out: ResponseWriter, withExpunges: boolean, withModSeq: boolean): void {
    if (this.#revision === this.mailbox.revision) return;
    if (withExpunges) {
      this.#announceExpunges(out);
      this.#revision = this.mailbox.revision;
    }
    this.announceFlags(out, withModSeq);
    const lastUid = this.messages.at(-1)?.uid ?? 0;
    const all = this.mailbox.messages;
    let firstFresh = all.length;
    while (firstFresh > 0 && (all[firstFresh - 1]?.uid ?? 0) > lastUid) firstFresh--;
    if (firstFresh === all.length) return;
    for (const message of all.slice(firstFresh)) this.messages.push(message);
    out.line(`* ${this.messages.length} EXISTS`);
  }

  announceFlags(out: ResponseWriter, withModSeq: boolean): void {
    const told = this.#toldModSeq;
    this.#toldModSeq = this.mailbox.highestModSeq;
    if (told === this.#toldModSeq) return;
    this.messages.forEach((message, i) => {
      if (message.modSeq > told && !message.expunged) out.line(flagsResponse(message, i + 1, withModSeq));
    });
  }

  /** The session knows of the changes it has just made itself. */
  flagsTold(): void {
    this.#toldModSeq = this.mailbox.highestModSeq;
  }

  #announceExpunges(out: ResponseWriter): void {
    // From the end, so that each number is right at the moment it is read.
    for (let i = this.messages.length - 1; i >= 0; i--) {
      if (this.messages[i]?.expunged) out.line(`* ${i + 1} EXPUNGE`);
    }
    this.messages = this.messages.filter((message) => !message.expunged);
  }
}

function flagsResponse(message: DemoMessage, number: number, withModSeq: boolean): string {
  const modSeq = withModSeq ? ` MODSEQ (${message.modSeq})` : '';
  return `* ${number} FETCH (UID ${message.uid} FLAGS (${message.flags.join(' ')})${modSeq})`;
}
