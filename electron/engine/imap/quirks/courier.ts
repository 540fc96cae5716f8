import type { Quirk } from './quirks.ts';

/**
 * Greeting `Courier-IMAP ready. Copyright 1998-… Double Precision, Inc.`
 * MAXPERIP=4 in Courier's imapd.dist. A message appended over one connection gets its UID for another only when that one
 * sends NOOP: measured with Courier 5. With UTF8=ACCEPT it takes a name such as an emoji, and its imapd then dies of LIST
 * for every client that has not enabled UTF8=ACCEPT: measured with Courier 5.0.13 (Debian 12).
 * UIDVALIDITY of a mailbox never opened is the present second in LIST-STATUS and STATUS, and another in the first APPENDUID:
 * a ledger that trusted the first took the mailbox for another one in the next run. Measured with the same.
 */
export const courier: Quirk = {
  matches: ({ greeting, idName }) => /courier|double precision/i.test(greeting) || /courier/i.test(idName),
  facts: { name: 'Courier', maxConnections: 4, noopBeforeLook: true, selectBeforeStatus: true, bmpNamesOnly: true },
};
