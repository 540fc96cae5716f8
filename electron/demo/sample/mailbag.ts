import { formatDateTime } from '../server/text/dates.ts';
import type { DemoAccount } from '../server/account.ts';
import { zoneMinutes } from './calendar.ts';
import { MAILBOXES, MAILBOX_KEYS } from './mailboxes.ts';
import type { MailboxKey, SampleMailbox } from './mailboxes.ts';
import { Random } from './random.ts';

export interface Posted {
  raw: Buffer;
  flags: string[];
  receivedMs: number;
}

/** Collects messages in any order and delivers them in that of their arrival. */
export class Mailbag {
  #byMailbox = new Map<MailboxKey, Posted[]>(MAILBOX_KEYS.map((key) => [key, []]));

  put(key: MailboxKey, message: Posted): void {
    this.#byMailbox.get(key)?.push(message);
  }

  deliver(account: DemoAccount): void {
    const random = new Random(1965);
    for (const [key, messages] of this.#byMailbox) {
      const { segments, specialUse }: SampleMailbox = MAILBOXES[key];
      const mailbox = account.ensure(segments, { subscribed: true, ...(specialUse ? { specialUse } : {}) });
      messages.sort((a, b) => a.receivedMs - b.receivedMs);
      for (const { raw, flags, receivedMs } of messages) {
        // Gaps, as in any mailbox from which something was ever deleted.
        if (random.chance(0.12)) mailbox.uidNext += random.integer(1, 4);
        mailbox.append({ raw, flags, internalDate: formatDateTime(receivedMs, zoneMinutes(receivedMs)) });
      }
    }
  }
}
