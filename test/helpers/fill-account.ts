import type { DemoAccount } from '../../electron/demo/server/account.ts';
import type { MemoryStore } from './memory.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Give an account the messages and numbers of a store. */
export function fillAccount(account: DemoAccount, store: MemoryStore): void {
  for (const [name, { messages, uidValidity, uidNext }] of store.mailboxes) {
    const mailbox = account.find(name) ?? account.create(name);
    mailbox.messages = [];
    mailbox.sizeBytes = 0;
    mailbox.uidValidity = uidValidity;
    for (const { uid, raw, flags, internalDate } of messages) {
      mailbox.uidNext = uid;
      mailbox.append({ raw, flags, internalDate: imapDate(internalDate!) });
    }
    mailbox.uidNext = uidNext;
  }
}

/** `2026-11-24T03:40:45+01:00` → `24-Nov-2026 03:40:45 +0100`; not the engine's own, which is under test. */
function imapDate(rfc3339: string): string {
  const [, year, month, day, time, zone] = /^(\d+)-(\d+)-(\d+)T([\d:]+)(.*)$/.exec(rfc3339)!;
  return `${day}-${MONTHS[Number(month) - 1]}-${year} ${time} ${zone === 'Z' ? '+0000' : zone!.replace(':', '')}`;
}
