import {
  base64,
  below,
  CRLF,
  fields,
  lines,
  mail,
  noise,
  part,
  pick,
  words,
  type Fault,
  type Random,
} from './compose.ts';

const multipart = (name: string, type: string, make: (random: Random) => string[]): Fault => [
  name,
  (random) => mail(fields(random, name, `Content-Type: ${type}`), ...make(random)),
];

const encoded = (name: string, encoding: string, make: (random: Random) => string): Fault => [
  name,
  (random) =>
    mail(
      fields(random, name, 'Content-Type: text/plain; charset=utf-8', `Content-Transfer-Encoding: ${encoding}`),
      make(random),
    ),
];

const text = (random: Random): string => part('text/plain; charset=utf-8', ...lines(random, 2));

/** Structure and encodings of parts. */
export const MIME_FAULTS: readonly Fault[] = [
  multipart('a boundary that never comes', 'multipart/mixed; boundary=never', (random) => lines(random, 3)),
  multipart('a multipart without an end', 'multipart/mixed; boundary=b', (random) => [
    '--b',
    text(random),
    '--b',
    text(random),
  ]),
  multipart('a multipart cut within a part’s header', 'multipart/mixed; boundary=b', () => [
    '--b',
    'Content-Type: text/pl',
  ]),
  multipart('no boundary named', 'multipart/mixed', (random) => ['--', text(random), '----', '--b', text(random)]),
  multipart('an empty boundary', 'multipart/alternative; boundary=""', (random) => ['--', text(random), '----']),
  multipart('a boundary of 5,000 characters', `multipart/mixed; boundary=${'b'.repeat(5_000)}`, (random) => [
    `--${'b'.repeat(5_000)}`,
    text(random),
  ]),
  multipart('a boundary of signs', 'multipart/mixed; boundary="a (.*)+$ [b"', (random) => [
    '--a (.*)+$ [b',
    text(random),
    '--a (.*)+$ [b--',
  ]),
  multipart('boundaries within boundaries', 'multipart/mixed; boundary=a', (random) => [
    ...[
      '--a',
      'Content-Type: multipart/mixed; boundary=aa',
      '',
      '--aa',
      'Content-Type: multipart/related; boundary=a--',
      '',
    ],
    ...['--a--', text(random), '--a----', '--aa--', '--a', text(random), '--a--', '--aa'],
  ]),
  multipart('the same boundary in each level', 'multipart/mixed; boundary=b', (random) =>
    Array.from({ length: 6 }, () => `--b${CRLF}Content-Type: multipart/mixed; boundary=b${CRLF}`).concat(
      '--b',
      text(random),
      '--b--',
    ),
  ),
  multipart('an end before the beginning', 'multipart/mixed; boundary=b', (random) => [
    '--b--',
    '--b',
    text(random),
    '--b--',
    'after',
  ]),
  multipart('a digest of messages cut short', 'multipart/digest; boundary=b', (random) => [
    '--b',
    '',
    ...fields(random, 'inner'),
    '--b',
    '',
    'Subject: second',
  ]),
  ['multiparts nested 100 deep', (random) => nested(random, 100)],
  ['multiparts nested 1,000 deep', (random) => nested(random, 1_000)],
  [
    'messages within messages, 100 deep',
    (random) =>
      `${`Subject: level${CRLF}Content-Type: message/rfc822${CRLF}${CRLF}`.repeat(100)}${mail(fields(random, 'inmost'), 'x')}`,
  ],
  [
    'content types that are none',
    (random) =>
      mail(
        fields(
          random,
          'types',
          `Content-Type: ${pick(random, ['', '/', 'text', 'text/', ';', 'a/b/c', 'text/html/plain; x', '"text/plain"', 'TEXT/HTML;;;charset', noise(random, 12, 33), 'text/plain; charset="'])}`,
        ),
        ...lines(random, 2),
      ),
  ],
  [
    'two content types that disagree',
    (random) =>
      mail(
        fields(
          random,
          'two',
          'Content-Type: text/html',
          'Content-Type: multipart/mixed; boundary=b',
          'Content-Transfer-Encoding: base64',
          'Content-Transfer-Encoding: 7bit',
        ),
        '--b',
        text(random),
        '--b--',
      ),
  ],
  encoded('base64 cut short', 'base64', (random) => base64(words(random, 40)).slice(0, -1 - below(random, 30))),
  encoded('base64 with other signs in it', 'base64', (random) =>
    base64(words(random, 40)).replace(/./g, (c) =>
      random() < 0.1 ? pick(random, ['*', ' ', '\xe4', '=', '-', '_', '\t']) : c,
    ),
  ),
  encoded('base64 that is text', 'base64', (random) => lines(random, 4).join(CRLF)),
  encoded('base64 in lines of one', 'base64', (random) => base64(words(random, 30), 1)),
  encoded('quoted-printable gone wrong', 'quoted-printable', (random) =>
    Array.from({ length: 60 }, () =>
      pick(random, ['=', '=3', '=ZZ', '=\r\n', '= \r\n', '=C3', '=00', 'a', '==', '=3D=', '\t']),
    ).join(''),
  ),
  encoded('an encoding that does not exist', 'x-rot-13', (random) => lines(random, 3).join(CRLF)),
  encoded('an encoding with a comment', '(really) base64 (not)', (random) => base64(words(random, 9))),
  encoded(
    'UTF-8 cut, doubled and overlong',
    '8bit',
    (random) => `\xc3\xa4\xc3\r\n\xe2\x82\r\n\xc0\x80\xf8\x88\x80\x80\x80\xed\xa0\x80${noise(random, 20, 128)}`,
  ),
  [
    'a charset that is not the one used',
    (random) =>
      mail(
        fields(
          random,
          'charset',
          `Content-Type: text/plain; charset=${pick(random, ['us-ascii', 'utf-8', 'klingon', '', '"', 'utf-16', 'utf-32', 'iso-2022-jp', 'gb18030', 'utf-7', 'x-user-defined', 'ibm850', '\xe4'])}`,
        ),
        noise(random, 120, 128),
      ),
  ],
  [
    'UTF-7',
    (random) =>
      mail(
        fields(random, 'utf-7', 'Content-Type: text/html; charset=utf-7'),
        `+ADw-script+AD4-alert(1)+ADw-/script+AD4-${pick(random, ['+', '+-', '+AAA', '+2AA-'])}`,
      ),
  ],
  [
    'UTF-16',
    (random) =>
      `${mail(fields(random, 'utf-16', `Content-Type: text/plain; charset=${pick(random, ['utf-16', 'utf-16le', 'utf-16be'])}`))}${pick(random, ['\xff\xfe', '\xfe\xff', ''])}${Buffer.from('Grüße \ud83d\ude00 \ud800', 'utf16le').toString('latin1')}${pick(random, ['', 'x'])}`,
  ],
  [
    'shifts of iso-2022-jp without an end',
    (random) =>
      mail(
        fields(random, 'jp', 'Content-Type: text/plain; charset=iso-2022-jp'),
        `\x1b$B${noise(random, 21, 33).replaceAll(/[\x80-\xff]/g, '!')}`,
        '\x1b(',
        '\x1b$',
      ),
  ],
  [
    'winmail.dat',
    (random) =>
      mail(
        fields(
          random,
          'tnef',
          'Content-Type: application/ms-tnef; name=winmail.dat',
          'Content-Transfer-Encoding: base64',
        ),
        base64(`\x78\x9f\x3e\x22${noise(random, 300, 0)}`),
      ),
  ],
  [
    'message/partial',
    (random) =>
      mail(
        fields(random, 'partial', `Content-Type: message/partial; number=${below(random, 99)}; total=3; id=x`),
        ...lines(random, 2),
      ),
  ],
  [
    'an external body',
    (random) =>
      mail(
        fields(random, 'external', 'Content-Type: message/external-body; access-type=local-file; name="/etc/passwd"'),
        'Content-Type: text/html',
        '',
        words(random, 3),
      ),
  ],
  multipart('names of files that climb out', 'multipart/mixed; boundary=b', (random) => [
    ...[
      '../../x',
      'C:\\CON',
      '/etc/passwd',
      'a\0b',
      '.',
      '..',
      'x'.repeat(3_000),
      '',
      noise(random, 20, 14).replaceAll('"', "'"),
    ].flatMap((name) => ['--b', `Content-Disposition: attachment; filename="${name}"`, '', words(random, 2)]),
    '--b--',
  ]),
  multipart('a thousand attachments', 'multipart/mixed; boundary=b', () => [
    ...Array.from(
      { length: 1_000 },
      (_, n) => `--b${CRLF}Content-Disposition: attachment; filename=a${n}${CRLF}${CRLF}x`,
    ),
    '--b--',
  ]),
  [
    'a delivery report that is none',
    (random) =>
      mail(
        fields(random, 'report', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'),
        '--b',
        part('message/delivery-status', words(random, 4), ':::'),
        '--b',
        part('message/rfc822-headers', words(random, 3)),
        '--b--',
      ),
  ],
  [
    'a signature over nothing',
    (random) =>
      mail(
        fields(
          random,
          'signed',
          `Content-Type: multipart/signed; protocol="${pick(random, ['', 'x', 'application/pgp-signature'])}"; boundary=b`,
        ),
        '--b',
        pick(random, ['', text(random)]),
        '--b',
        part('application/pgp-signature', noise(random, 30, 14)),
        '--b--',
      ),
  ],
  [
    'an invitation that is broken',
    (random) =>
      mail(
        fields(random, 'calendar', 'Content-Type: text/calendar; method=REQUEST'),
        'BEGIN:VCALENDAR',
        'BEGIN:VEVENT',
        `DTSTART:${noise(random, 9, 33)}`,
        'SUMMARY:x\\',
        'END:VCALENDAR',
      ),
  ],
];

function nested(random: Random, depth: number): string {
  const open = Array.from(
    { length: depth },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}${CRLF}${CRLF}--b${n}${CRLF}`,
  );
  const close = Array.from({ length: below(random, depth) }, (_, n) => `--b${depth - 1 - n}--`);
  return `${fields(random, 'nested').join(CRLF)}${CRLF}${open.join('')}${[text(random), ...close].join(CRLF)}${CRLF}`;
}
