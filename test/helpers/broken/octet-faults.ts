import { below, CRLF, fields, lines, mail, noise, pick, words, type Fault, type Random } from './compose.ts';

const whole = (random: Random, name: string): string => mail(fields(random, name), ...lines(random, 6));

/** Line ends, odd octets and sizes. */
export const OCTET_FAULTS: readonly Fault[] = [
  ['LF for CR LF', (random) => whole(random, 'LF').replaceAll(CRLF, '\n')],
  ['CR for CR LF', (random) => whole(random, 'CR').replaceAll(CRLF, '\r')],
  [
    'line ends at random',
    (random) => whole(random, 'mixed').replaceAll(CRLF, () => pick(random, [CRLF, '\n', '\r', '\r\r\n', '\n\r'])),
  ],
  ['NUL at random', (random) => sprinkle(random, whole(random, 'NUL'), '\0')],
  ['CR at random', (random) => sprinkle(random, whole(random, 'bare CR'), '\r')],
  ['LF at random', (random) => sprinkle(random, whole(random, 'bare LF'), '\n')],
  ['nothing but noise', (random) => noise(random, 200 + below(random, 2_000), 0)],
  ['noise in the body', (random) => `${mail(fields(random, 'noise'))}${noise(random, 2_000, 0)}`],
  ['noise without NUL, CR and LF in the body', (random) => mail(fields(random, 'noise'), noise(random, 500, 14))],
  ['cut anywhere', (random) => cut(random, whole(random, 'cut'))],
  ['a line of 100 KB', (random) => mail(fields(random, 'long line'), words(random, 12_000))],
  [
    'blanks at the ends of lines',
    (random) => mail(fields(random, 'blanks'), ...lines(random, 5).map((l) => `${l} \t `), '-- ', ' '),
  ],
  ['dots alone', (random) => mail(fields(random, 'dots'), '.', '..', '.x', '.', '')],
  [
    'like IMAP',
    (random) =>
      mail(fields(random, 'IMAP'), ')', '* BYE', 'A1 OK done', `{${below(random, 9_999)}}`, '+ go on', '\\', '"'),
  ],
  [
    'like an mbox',
    (random) =>
      mail(
        fields(random, 'mbox'),
        '',
        `From a@example.org ${words(random, 2)}`,
        'Subject: inner',
        '',
        'x',
        '',
        'From ',
        '',
      ),
  ],
  [
    'uuencoded, and cut',
    (random) =>
      mail(
        fields(random, 'uu'),
        'begin 644 a.bin',
        cut(random, 'M0V%T0V%T0V%T0V%T0V%T0V%T'),
        pick(random, ['`', '', ' ']),
        pick(random, ['end', '', 'begin 6']),
      ),
  ],
  [
    'yEnc',
    (random) =>
      mail(
        fields(random, 'yEnc'),
        '=ybegin line=128 size=64 name=a.bin',
        noise(random, 64, 14),
        `=yend size=${below(random, 99)}`,
      ),
  ],
  [
    'PGP armour that is broken',
    (random) =>
      mail(
        fields(random, 'PGP'),
        '-----BEGIN PGP MESSAGE-----',
        '',
        noise(random, 40, 33),
        pick(random, ['', '=xxxx', '-----END PGP']),
      ),
  ],
];

function sprinkle(random: Random, text: string, what: string): string {
  let mixed = text;
  for (let n = 3 + below(random, 6); n > 0; n--) {
    const at = below(random, mixed.length);
    mixed = mixed.slice(0, at) + what + mixed.slice(at);
  }
  return mixed;
}

function cut(random: Random, text: string): string {
  return text.slice(0, 1 + below(random, text.length));
}

/** Made once: nothing about them is random, or they are large. */
export const SINGLE_FAULTS: readonly Fault[] = [
  ['no octets at all', () => ''],
  ['a line of 1 MB', (random) => mail(fields(random, 'MB'), 'w'.repeat(1_000_000))],
  [
    'a line of 1 MB of 8-bit octets without an end',
    (random) => `${mail(fields(random, 'MB'))}${noise(random, 1_000, 128).repeat(1_000)}`,
  ],
  [
    'a base64 line of 1 MB',
    (random) => mail(fields(random, 'MB', 'Content-Transfer-Encoding: base64'), 'QUJD'.repeat(250_000)),
  ],
  ['half a million empty lines', (random) => mail(fields(random, 'empty'), CRLF.repeat(500_000))],
  ['a subject of 1 MB', (random) => mail(fields(random, 'x'.repeat(1_000_000)), 'x')],
];
