import { literal } from './record-events.ts';

const mail = (subject: string) => `Subject: ${subject}\r\n\r\nhello {5}\r\nbye\r\n`;

/** What servers of each kind send in answer to the reader's commands, as seen from Dovecot, Cyrus, Courier and Exchange. */
export const SESSIONS: Record<string, string> = {
  dovecot:
    '* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft $Forwarded)\r\n' +
    '* OK [PERMANENTFLAGS ()] Read-only mailbox.\r\n* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 1732417245] UIDs valid\r\n' +
    '* OK [UIDNEXT 9] Predicted next UID\r\n* OK [HIGHESTMODSEQ 14] Highest\r\nW1 OK [READ-ONLY] Examine completed (0.001 secs).\r\n' +
    '* ESEARCH (TAG "W2") UID ALL 1,4,8\r\nW2 OK Search completed.\r\n' +
    `* 1 FETCH (UID 1 FLAGS (\\Seen $Forwarded) INTERNALDATE "24-Nov-2026 03:40:45 +0100" BODY[] ${literal(mail('one'))})\r\n` +
    `* 2 FETCH (UID 4 FLAGS () INTERNALDATE " 1-Feb-2020 00:00:00 +0000" BODY[] ${literal('')})\r\n` +
    '* 3 FETCH (UID 8 MODSEQ (17) FLAGS (\\Seen))\r\n' +
    `* 3 FETCH (UID 8 FLAGS (\\Seen \\Recent) INTERNALDATE "24-Nov-2026 03:40:45 +0100" BODY[] ${literal(mail('eight'))})\r\n` +
    'W3 OK Fetch completed (0.001 + 0.000 secs).\r\n',
  cyrus:
    '* 2 EXISTS\r\n* OK [CLOSED] Ok\r\nW1 OK [READ-ONLY] Completed\r\n* SEARCH 2 3\r\nW2 OK Completed (2 msgs in 0.000 secs)\r\n' +
    `* 1 FETCH (FLAGS (\\Seen) UID 2 INTERNALDATE "24-Nov-2026 03:40:45 +0100" RFC822.SIZE 35 BODY[] ${literal(mail('a}b'))})\r\n` +
    '* 3 EXISTS\r\n* 1 RECENT\r\n* VANISHED (EARLIER) 5:7\r\n' +
    `* 2 FETCH (BODY[] ${literal(mail('late'))} FLAGS (\\Draft) UID 3 INTERNALDATE "25-Nov-2026 03:40:45 +0100" MODSEQ (21))\r\n` +
    'W3 OK [NOMODSEQ "]"] Completed {3}\r\n',
  courier:
    '* FLAGS (\\Draft \\Answered)\r\n* OK [UIDVALIDITY 17] Ok\r\nW1 OK [READ-ONLY] Ok\r\n* SEARCH 7\r\nW2 OK SEARCH done.\r\n' +
    `* 1 FETCH (UID 7 FLAGS (\\Seen) INTERNALDATE "24-Nov-2026 03:40:45 +0100" BODY[] {3}\r\nabc)\r\n` +
    '* 1 FETCH (FLAGS (\\Seen))\r\n* 1 EXPUNGE\r\n+ go ahead {1}\r\nW3 OK FETCH completed.\r\n',
  exchange:
    '* 2 EXISTS\r\n* OK still here {12}\r\nW1 OK [READ-ONLY] EXAMINE completed.\r\n' +
    `* 1 FETCH (BODY[] ${literal(mail('x'))} FLAGS (\\Seen) UID 11 INTERNALDATE "24-Nov-2026 03:40:45 +0000")\r\n` +
    '* 2 FETCH (UID 12 FLAGS () INTERNALDATE NIL BODY[] NIL)\r\n* 2 FETCH (UID 12 BODY[] "short \\"quoted\\" {7}" FLAGS (\\Seen))\r\n' +
    'W2 NO [UNAVAILABLE] Server busy (try {4})\r\nW3 BAD Command Error. 10\r\n* BYE Connection is closed. 15\r\n',
  oddities:
    `* LIST () "/" ${literal('a "b" \\c')}\r\n* STATUS ${literal('x')} (MESSAGES 4)\r\n* LIST (${literal('\\Marked')}) "/" ~{2}\r\nzz\r\n\r\n` +
    `* 5 FETCH (FLAGS (\\Seen ${literal('key')} b) ENVELOPE (NIL ${literal('subject )')} ((NIL NIL "a(" "b"))) UID 5 ` +
    `BODY[HEADER] ${literal('A: b\r\n\r\n')} BODY[HEADER.FIELDS (${literal('Message-ID')})] ${literal('Message-ID: <x>\r\n\r\n')})\r\n` +
    `* 6 fetch (uid 6 flags (\\seen) internaldate "24-Nov-2026 03:40:45 +0000" binary[] ~{4}\r\n\0\0\0\0 modseq (9) rfc822.size 4)\r\n` +
    `* 7 FETCH (UID 7 FLAGS () INTERNALDATE "x" BODY[] ${literal('first')} BODY[] ${literal('second')})\r\n* 8 FETCH ()\r\nW9 OK\r\n`,
};
