import { composeLetter } from './letter.ts';
import type { Letter } from './letter.ts';
import type { Mailbag } from './mailbag.ts';
import type { MailboxKey } from './mailboxes.ts';
import type { Address } from './mime/addresses.ts';
import { MAILERS, SAMPLE_OWNER } from './people.ts';
import type { Random } from './random.ts';
import { traceOf } from './trace.ts';

export type DraftLetter = Omit<Letter, 'messageId' | 'trace'> & { messageId?: string };

/** Where letters are written: it stamps, files and flags them. */
export class Desk {
  readonly random: Random;
  readonly bag: Mailbag;

  constructor(bag: Mailbag, random: Random) {
    this.bag = bag;
    this.random = random;
  }

  messageId(from: Address): string {
    return `${this.random.hex(8)}.${this.random.hex(12)}@${from.address.slice(from.address.indexOf('@') + 1)}`;
  }

  /** A mail to Jette, seconds on its way. @returns its octets, for whoever needs a second copy */
  receive(key: MailboxKey, letter: DraftLetter, flags: readonly string[] = ['\\Seen']): Buffer {
    const receivedMs = letter.sentMs + this.random.integer(1, 40) * 1000;
    const messageId = letter.messageId ?? this.messageId(letter.from);
    const trace = traceOf(letter.from, receivedMs, this.random);
    const raw = composeLetter({ ...letter, messageId, trace }, this.random);
    this.bag.put(key, { raw, flags: [...flags], receivedMs });
    return raw;
  }

  /** A mail by Jette, kept when it was sent. */
  send(
    letter: Omit<DraftLetter, 'from' | 'mailer'>,
    flags: readonly string[] = ['\\Seen'],
    key: MailboxKey = 'sent',
  ): Buffer {
    const whole = { ...letter, from: SAMPLE_OWNER, mailer: MAILERS.desk };
    const raw = composeLetter({ ...whole, messageId: letter.messageId ?? this.messageId(SAMPLE_OWNER) }, this.random);
    this.bag.put(key, { raw, flags: [...flags], receivedMs: letter.sentMs });
    return raw;
  }

  /** Flags of a mail that was read: most are only that. */
  readFlags(): string[] {
    const flags = ['\\Seen'];
    if (this.random.chance(0.07)) flags.push('\\Flagged');
    if (this.random.chance(0.35)) flags.push('NonJunk');
    if (this.random.chance(0.03)) flags.push('$Forwarded');
    if (this.random.chance(0.02)) flags.push('$MDNSent');
    return flags;
  }
}
