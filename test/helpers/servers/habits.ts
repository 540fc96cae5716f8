/**
 * What each real server does to the nasty messages and mailbox names, as measured with the versions of Debian 12
 * (Dovecot 2.3.19, Cyrus 3.6.1, Courier 5.0.13) and asserted by test/server/servers.test.ts. Whatever is in no
 * table came back octet for octet, with its flags and its INTERNALDATE.
 */
export interface Habits {
  /** Messages that APPEND refuses. */
  refuses: readonly string[];
  /** Messages served with other octets, and how they differ. */
  alters: Readonly<Record<string, string>>;
  /** Messages whose flags come back otherwise. */
  flags: Readonly<Record<string, string>>;
  /** Messages whose INTERNALDATE comes back as another instant. */
  dates: readonly string[];
  /** Mailbox names that cannot be made, or are made and then not listed. */
  mailboxes: readonly string[];
}

/** The keyword that comes second takes the case of the first; all three servers do so. */
const ONE_CASE = { 'flags: keywords that differ in case': '-project' };
const CONTROLS = ['a tab', 'a control character'];

const dovecot: Habits = {
  refuses: [
    'an empty message',
    'INTERNALDATE: a month that does not exist',
    'flags: a keyword of 100 characters',
    'flags: a system flag that is none',
  ],
  alters: {
    'final LF only': 'LF to CR LF',
    'final CR only': 'bare CR removed or moved',
    'final CR CR LF': 'bare CR removed or moved',
    'only LF': 'LF to CR LF',
    'only CR': 'bare CR removed or moved',
    'LF header and CRLF body': 'LF to CR LF',
    'CRLF header and LF body': 'LF to CR LF',
    'mixed line ends': 'bare CR removed or moved',
    'bare LF in a header': 'LF to CR LF',
    'NUL in the body': 'NUL to 0x80',
    'NUL in the header': 'NUL to 0x80',
    'all octets from 0 to 255': 'NUL to 0x80, LF to CR LF',
    'all octets from 1 to 255': 'LF to CR LF',
    'UTF-16 body': 'NUL to 0x80, LF to CR LF',
  },
  flags: ONE_CASE,
  dates: [
    'INTERNALDATE: the last second of 1969',
    'INTERNALDATE: the end of 32 bits',
    'INTERNALDATE: the year 2106 and after',
    'INTERNALDATE: the year 9999',
    'INTERNALDATE: a leap second',
    'INTERNALDATE: a day that does not exist',
  ],
  mailboxes: ['a tilde first', 'two dots', 'one dot', '80 characters of four octets each', ...CONTROLS],
};

export const dovecotMdbox: Habits = dovecot;

export const dovecotMaildir: Habits = {
  ...dovecot,
  mailboxes: [...dovecot.mailboxes, 'a trailing dot', 'a leading dot', 'a slash in a name', 'two dots and a slash'],
};

const EIGHT_BIT_HEADERS = [
  'a byte order mark first',
  '8-bit header in latin1',
  '8-bit header in UTF-8',
  '8-bit header in invalid UTF-8',
  '8-bit addresses',
  '8-bit header in windows-1251',
  '8-bit header name',
  'right-to-left subject',
  'emoji and joiners in the subject',
  'a Message-ID in Unicode',
];

/** With `.` as delimiter and munge8bit, as startCyrus() has them. */
export const cyrus: Habits = {
  refuses: [
    'quoted From as the very first line',
    'final LF only',
    'only LF',
    'only CR',
    'LF header and CRLF body',
    'CRLF header and LF body',
    'mixed line ends',
    'bare LF in a header',
    'NUL in the body',
    'NUL in the header',
    'all octets from 0 to 255',
    'all octets from 1 to 255',
    'UTF-16 body',
    'an empty message',
    'one octet',
    'header only, cut in a line',
    'no header and no empty line',
    'a field name with a blank before the colon',
    'a field without a colon',
    'an empty field name',
    'INTERNALDATE: the last second of 1969',
    'INTERNALDATE: a day of 1953',
    'INTERNALDATE: a month that does not exist',
    'flags: a system flag that is none',
  ],
  alters: Object.fromEntries(EIGHT_BIT_HEADERS.map((name) => [name, '8-bit octets in the header to X'])),
  flags: ONE_CASE,
  dates: [
    'INTERNALDATE: the first second of 1970',
    'INTERNALDATE: the year 2106 and after',
    'INTERNALDATE: the year 9999',
  ],
  mailboxes: [
    'quotes',
    'a backslash',
    'a percent sign',
    'brackets and braces',
    'what looks percent-encoded',
    'an apostrophe and signs of the shell',
    'a trailing dot',
    'two dots',
    'one dot',
    'a leading dot',
    'a slash in a name',
    'two dots and a slash',
    ...CONTROLS,
  ],
};

/** With `/` as delimiter, munge8bit off: 8-bit headers are kept. */
export const cyrusUnixSeparator: Habits = {
  ...cyrus,
  alters: {},
  mailboxes: [
    'quotes',
    'a backslash',
    'a percent sign',
    'brackets and braces',
    'what looks percent-encoded',
    'an apostrophe and signs of the shell',
    'a caret, which stands for a dot in Cyrus',
    ...CONTROLS,
  ],
};

/** With reject8bit. */
export const cyrusRejecting: Habits = { ...cyrus, refuses: [...cyrus.refuses, ...EIGHT_BIT_HEADERS], alters: {} };

export const courier: Habits = {
  refuses: [
    'INTERNALDATE: the last second of 1969',
    'INTERNALDATE: a day of 1953',
    'INTERNALDATE: a leap second',
    'INTERNALDATE: a day that does not exist',
    'INTERNALDATE: a month that does not exist',
    'flags: a system flag that is none',
  ],
  alters: {
    'no final line end': 'CR LF added at the end',
    'final LF only': 'LF to CR LF',
    'final CR only': 'bare CR removed or moved, CR LF added at the end',
    'final CR CR LF': 'bare CR removed or moved',
    'only LF': 'LF to CR LF',
    'only CR': 'bare CR removed or moved, CR LF added at the end',
    'LF header and CRLF body': 'LF to CR LF',
    'CRLF header and LF body': 'LF to CR LF',
    'mixed line ends': 'bare CR removed or moved',
    'bare CR in a header': 'bare CR removed or moved',
    'bare LF in a header': 'LF to CR LF',
    'all octets from 0 to 255': 'bare CR removed or moved, CR LF added at the end',
    'all octets from 1 to 255': 'bare CR removed or moved',
    'UTF-16 body': 'bare CR removed or moved, CR LF added at the end',
    'an empty message': 'CR LF added at the end',
    'one octet': 'CR LF added at the end',
    'header only, cut in a line': 'CR LF added at the end',
    // Its parser counts no more than some 300 parts, and serves no octet of those after.
    'a thousand empty parts': 'cut short',
    'exactly 65536 octets without a final line end': 'CR LF added at the end',
    'a line of 1 MB without an end': 'CR LF added at the end',
  },
  flags: ONE_CASE,
  dates: ['INTERNALDATE: the first second of 1970', 'INTERNALDATE: the year 9999'],
  mailboxes: [
    'emoji',
    'beyond the basic plane',
    'a trailing dot',
    'two dots',
    'one dot',
    'a leading dot',
    '80 characters of four octets each',
    'a slash in a name',
    'two dots and a slash',
  ],
};
