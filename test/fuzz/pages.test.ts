/** Any octets end in a page, in bounded time and memory: broken mail, changed mail, and mail that repeats itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { viewMessage } from '../../electron/engine/message/message-view.ts';
import { readMessage } from '../../electron/engine/message/readable.ts';
import { brokenMessages } from '../helpers/broken-messages.ts';
import { expectShown } from '../helpers/expect-shown.ts';
import { nastyMessages } from '../helpers/nasty-messages.ts';
import { HOSTILE } from '../unit/message/hostile-html.ts';
import { htmlMail } from '../unit/message/mail.ts';

/** CPU time of one message of a megabyte at the most; a page that takes longer makes a window stand still. */
const MOST_CPU_MS = 3_000;
const MOST_GROWTH_BYTES = 300e6;

const seeds: Buffer[] = [
  ...nastyMessages()
    .map(({ raw }) => raw)
    .filter(({ length }) => length < 20_000),
  ...HOSTILE.map(([, html]) => htmlMail(html)),
];

const scrap = fc.constantFrom(
  ...[
    '\r\n',
    '\n\n',
    '--b',
    '--b--',
    '\r\n--b\r\n',
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n',
    'Content-Type: ',
  ],
  ...[
    'text/html; charset=',
    'utf-7',
    'utf-16',
    'iso-2022-jp',
    'base64',
    'quoted-printable',
    '=\r\n',
    '=?utf-8?B?',
    '?=',
    '=C3',
  ],
  ...[
    '<',
    '>',
    '</',
    '<!--',
    '-->',
    '<![CDATA[',
    '<style>',
    '</style>',
    '<script>',
    '<svg>',
    '<a href="',
    'javascript:',
    '&#x',
  ],
  ...['"', "'", '\\', '(', ')', '\0', '\ufeff', 'begin 644 x\r\n', 'message/rfc822', ';filename*0*=', 'cid:', 'url('],
);

/** A message that is known to be trouble, with pieces of it lost, doubled, overwritten or replaced by other trouble. */
const changed = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(60),
        fc.oneof(
          scrap,
          fc.uint8Array({ maxLength: 6 }).map((b) => Buffer.from(b).toString('latin1')),
        ),
      ),
      { maxLength: 8 },
    ),
  )
  .map(([seed, edits]) => {
    let raw = seed;
    for (const [place, length, text] of edits) {
      const at = place % (raw.length + 1);
      raw = Buffer.concat([raw.subarray(0, at), Buffer.from(text), raw.subarray(Math.min(raw.length, at + length))]);
    }
    return raw;
  });

function cpuMs(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

describe('any message', () => {
  test('that was trouble and was changed is shown, safely', () => {
    fc.assert(fc.property(changed, expectShown), { numRuns: 3_000 });
  });

  test('put together from scraps is shown, safely', () => {
    const scraps = fc.array(scrap, { maxLength: 120 }).map((parts) => Buffer.from(parts.join(''), 'utf8'));
    fc.assert(fc.property(scraps, expectShown), { numRuns: 2_000 });
  });
});

const HTML = 'Content-Type: text/html\r\n\r\n';
const TEXT = 'Content-Type: text/plain\r\n\r\n';
const FLOWED = 'Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\n';

/** What comes before it, and what is repeated until it is as long as said. */
const REPEATED: [name: string, before: string, piece: string, bytes?: number][] = [
  ['open tags', HTML, '<div>'],
  ['open tags of all kinds', HTML, '<table><tr><td><b><i><font color=red><a href=x>'],
  ['closing tags', HTML, '</div>'],
  ['less-than signs', HTML, '<'],
  ['half comments', HTML, '<!--'],
  ['half comments with ends', HTML, '<!-- -- >'],
  ['half CDATA', HTML, '<![CDATA['],
  ['half attributes', `${HTML}<a `, 'x="'],
  ['attributes', `${HTML}<a `, 'x=y '],
  ['style attributes', HTML, '<p style="color:red;background:url(x);width:expression(1)">'],
  ['one endless style', `${HTML}<p style="`, 'color:red;'],
  ['open parentheses in a style', `${HTML}<style>a{x:`, '('],
  ['selectors', `${HTML}<style>`, 'a>b,c+d~e[f="g"]:not(h){color:red}'],
  ['half strings in a style', `${HTML}<style>`, '"\\'],
  ['entities', HTML, '&amp;&#x41;&#0;&nosuch;'],
  ['half entities', HTML, '&#x'],
  ['pictures', HTML, '<img src="cid:x"><img src="https://a.example/b">'],
  ['links', HTML, '<a href="https://a.example/?q=<>">x</a>'],
  ['blanks', HTML, ' '],
  ['line ends', TEXT, '\r\n'],
  ['quoted lines', TEXT, '>>>>>>>>>> '],
  ['flowed lines', FLOWED, '> a \r\n'],
  ['addresses in text', TEXT, 'http://a.example/x@y '],
  ['at signs', TEXT, '@'],
  ['header lines', '', 'X-Trouble: yes\r\n'],
  ['one endless header line', 'Subject: ', 'a'],
  ['folded header lines', 'Subject: a', '\r\n b'],
  ['encoded words', 'Subject: ', '=?utf-8?B?w6Q=?= '],
  ['half encoded words', 'Subject: ', '=?utf-8?B?'],
  ['encoded words within', 'Subject: ', '=?utf-8?Q?=3D=3Futf-8=3FQ=3F'],
  ['addresses', 'To: ', '"a" <b@c.example>, '],
  ['half addresses', 'To: ', '"a\\'],
  ['comments in addresses', 'To: ', '('],
  ['groups of addresses', 'To: ', 'a:b;'],
  ['half addresses in angles', 'To: ', '<'],
  ['references', 'References: ', '<a@b> '],
  ['parameters', 'Content-Type: text/plain', "; a*0*=utf-8''%41"],
  ['parameters without ends', 'Content-Type: text/plain; a="', '\\"'],
  ['parts', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n', '--b\r\n\r\nx\r\n'],
  ['boundaries that are none', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n', '--b b\r\n--'],
  ['nested parts', '', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'],
  ['messages in messages', '', 'Content-Type: message/rfc822\r\n\r\n'],
  ['base64 that is none', 'Content-Transfer-Encoding: base64\r\n\r\n', '=A=*'],
  ['quoted-printable that is none', 'Content-Transfer-Encoding: quoted-printable\r\n\r\n', '=\r\n=3=X'],
  ['shifts of iso-2022-jp', 'Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n', '\u001b$B\u001b(B'],
  ['shifts of UTF-7', 'Content-Type: text/plain; charset=utf-7\r\n\r\n', '+AGE-+'],
  ['uuencoded beginnings', TEXT, 'begin 644 x\r\n'],
  ['NUL', TEXT, '\0'],
  ['marks that turn the writing round', TEXT, '\u202e\u2066'],
  ['letters with marks', TEXT, 'a\u0301\u0301\u0301\u0301'],
];

describe('broken mail', () => {
  test.each(brokenMessages())('$name: is shown, safely', ({ raw }) => {
    expect(cpuMs(() => viewMessage(raw, { search: 'a', remotePictures: false }))).toBeLessThan(MOST_CPU_MS);
    expectShown(raw);
  });
});

describe('a message that repeats itself half a million times', () => {
  test.each(REPEATED)('%s: is shown in bounded time and memory', (_name, before, piece) => {
    const bytes = 512 * 1024;
    const raw = Buffer.from(before + piece.repeat(Math.ceil(bytes / piece.length)));
    const resident = process.memoryUsage.rss();
    const took = cpuMs(() => {
      const { view } = viewMessage(raw, { search: 'a', remotePictures: false });
      expect(view.problem ?? '').not.toMatch(/could not be read/);
      readMessage(raw);
    });
    expect(took).toBeLessThan(MOST_CPU_MS);
    expect(process.memoryUsage.rss() - resident).toBeLessThan(MOST_GROWTH_BYTES);
  });
});
