import { below, CRLF, fields, lines, mail, noise, pick, words, type Fault, type Random } from './compose.ts';

const FOLDED = [' ', '\t', ' \t ', '        '];

const bodyOf = (random: Random): string[] => lines(random, 1 + below(random, 4));

const withField = (what: string, make: (random: Random) => string[]): Fault => [
  what,
  (random) => mail([...make(random), ...fields(random, what)], ...bodyOf(random)),
];

/** The header alone is broken. */
export const HEADER_FAULTS: readonly Fault[] = [
  ['no header at all', (random) => `${CRLF}${bodyOf(random).join(CRLF)}${CRLF}`],
  ['a body without the empty line before it', (random) => `${bodyOf(random).join(CRLF)}${CRLF}`],
  ['a header and nothing more', (random) => fields(random, 'header only').join(CRLF) + pick(random, ['', CRLF, '\r'])],
  [
    'a header that ends within a field',
    (random) =>
      fields(random, 'cut')
        .join(CRLF)
        .slice(0, 20 + below(random, 180)),
  ],
  ['nothing but line ends', (random) => pick(random, [CRLF, '\n', `${CRLF}${CRLF}${CRLF}`, ' \r\n', '\t\n\n'])],
  ['one octet', (random) => noise(random, 1, 33)],
  [
    'fields in any order, each three times',
    (random) =>
      mail(
        Array.from({ length: 3 }, () => fields(random, 'thrice'))
          .flat()
          .sort(() => random() - 0.5),
        'x',
      ),
  ],
  [
    'required fields missing',
    (random) =>
      mail(
        fields(random, 'missing')
          .filter(() => random() < 0.3)
          .concat('X-Left: yes'),
        ...bodyOf(random),
      ),
  ],
  withField('the first line continues nothing', (random) => [`${pick(random, FOLDED)}${words(random, 3)}`]),
  withField('lines that are no field', (random) => [words(random, 4), `${noise(random, 12, 33)}`, 'no colon here']),
  withField('field names with blanks and signs', (random) => [
    `Bad Name : ${words(random, 2)}`,
    `${pick(random, ['', '(', '@', '\x7f', 'Sub\xe4ct'])}: ${words(random, 2)}`,
    ': no name',
    'X-No-Value:',
    'X-Blank-Before-Colon : x',
  ]),
  withField('folded where nothing may be folded', (random) => [
    `Received: from a${CRLF}${pick(random, FOLDED)}by${CRLF} b;`,
    `References: <a@${CRLF}${pick(random, FOLDED)}example.org> <b${CRLF} @example.org>`,
    `X-Folded:${CRLF}${pick(random, FOLDED)}${CRLF} ${CRLF}\t`,
  ]),
  withField('a fold of blanks alone', (random) => [
    `X-Blank: a${CRLF}${pick(random, FOLDED)}${CRLF}${pick(random, FOLDED)}b`,
  ]),
  withField('8-bit octets in the header', (random) => [
    `X-Eight: ${noise(random, 40, 128)}`,
    `Reply-To: "${noise(random, 8, 160)}" <${noise(random, 4, 192)}@example.org>`,
  ]),
  withField('UTF-8 in the header, some of it cut', (random) => [
    `X-Utf8: ${Buffer.from('Grüße aus Überlingen €')
      .toString('latin1')
      .slice(0, 8 + below(random, 18))}`,
  ]),
  withField('invalid dates', (random) => [
    `Date: ${pick(random, ['yesterday', '32 Foo 99999', 'Mon, 99 Mar 2022 99:99:99 +9999', '', '0', noise(random, 20), '-1 Jan 0000', 'Thu, 1 Jan 1 00:00:00'])}`,
    `Resent-Date: ${'9'.repeat(below(random, 400))}`,
  ]),
  withField('message ids that are none', (random) => [
    `Message-ID: ${pick(random, ['', '<>', '<@>', `<${'x'.repeat(2000)}@example.org>`, '<a b@c>', '<<<<', words(random, 3)])}`,
    `In-Reply-To: ${noise(random, 30, 32)}`,
  ]),
  withField('addresses that are none', (random) => [
    `From: ${pick(random, ['', '<', '@', '"open <a@example.org>', 'a@b@c', '(((((', 'group: a@example.org, ;;;', ',,,,', '<>'])}`,
    `Cc: ${Array.from({ length: 40 }, () => pick(random, ['a@', '@b', '"', '<', '>', ',', ';', '\\', 'x y'])).join('')}`,
  ]),
  withField('encoded words that are none', (random) => [
    `Subject: ${Array.from({ length: 12 }, () =>
      pick(random, [
        ...['=?', '?=', '=?utf-8?B?', '=?utf-8?Q?=E2=82?=', '=?x?Z?abc?=', '=?utf-8?Q?a b?=', '=?utf-8?B?w6Q?='],
        ...[
          '=??B?YQ==?=',
          '=?utf-16?B?/v8=?=',
          '=?utf-8?q?=3D=3Futf-8?=',
          '=?iso-2022-jp?B?GyRC?=',
          '=?utf-8*de?Q?=00?=',
        ],
      ]),
    ).join(pick(random, ['', ' ', `${CRLF} `]))}`,
  ]),
  withField('an encoded word split in the middle of a letter', (random) => [
    `Subject: =?utf-8?Q?Gr=C3?=${pick(random, [' ', `${CRLF} `])}=?utf-8?Q?=BC=C3=9Fe?= =?utf-8?B?4oK?= =?utf-8?B?s?=`,
  ]),
  withField('parameters that are none', (random) => [
    `Content-Disposition: attachment; ${Array.from({ length: 8 }, () =>
      pick(random, [
        ...["filename*0*=utf-8''%41", 'filename*1="b', 'filename*2*=%C3%', 'filename*9999999999=x', "filename*=''"],
        ...["filename*=klingon'x'%FF", 'filename=', 'filename', '=x', ';', '"', "filename*0*=utf-8'", 'filename*-1=z'],
      ]),
    ).join(';')}`,
  ]),
  withField('a huge number of fields', (random) =>
    Array.from({ length: 2_000 + below(random, 1_000) }, (_, n) => `X-Many-${n}: ${n}`),
  ),
  withField('one field of 100 KB', (random) => [`X-Long: ${words(random, 12_000)}`, `X-Solid: ${'z'.repeat(20_000)}`]),
  withField('a thousand recipients', () => [
    `Bcc: ${Array.from({ length: 1_000 }, (_, n) => `p${n}@example.org`).join(`,${CRLF} `)}`,
  ]),
  withField('control characters in the header', (random) => [
    `X-Control: ${Array.from({ length: 20 }, () => String.fromCharCode(1 + below(random, 8))).join('')}\x1b[31m\x7f`,
  ]),
  withField('signs that turn the writing round', () => [
    `Subject: ${Buffer.from('abc\u202egnp.exe\u2066\u200f').toString('latin1')}`,
    'X-Turned: =?utf-8?B?4oCuZXhl?=',
  ]),
  [
    'a From line before the header',
    (random) =>
      pick(random, ['From ida@example.org Tue Mar  1 10:00:00 2022', 'From ', '>From x', 'From - Tue']) +
      CRLF +
      mail(fields(random, 'From line'), 'From the body', '>From quoted', '>>From twice', 'From '),
  ],
  [
    'a byte order mark first',
    (random) =>
      `${pick(random, ['\xef\xbb\xbf', '\xff\xfe', '\xfe\xff'])}${mail(fields(random, 'BOM'), ...bodyOf(random))}`,
  ],
];
