import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../electron/engine/message/readable.ts';
import { htmlMail, mail, read } from './mail.ts';

const text = (head: string, body: string) => read(mail(`${head}\n\n${body}`)).view.text;

describe('the header of a message', () => {
  it.each([
    ['encoded words', 'Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?8J+agA==?=', 'Grüße🚀'],
    ['raw 8-bit octets', 'Subject: Gr\xfc\xdfe', 'Grüße'],
    ['raw octets whose last is a blank in Latin-1', 'Subject: voil\xc3\xa0', 'voilà'],
    ['folded lines', 'Subject: one\n two\n\tthree', 'one two\tthree'.replace('\t', ' ')],
    ['junk in an encoded word', 'Subject: =?x-nonsense?Q?a=ZZ?= =?utf-8?B?!!?=', 'a=ZZ'],
    ['a direction override', 'Subject: =?utf-8?Q?x=E2=80=AEfdp.exe?=', 'xfdp.exe'],
    ['blanks before the colon', 'Subject : x', 'x'],
    ['nothing', 'X: y', ''],
  ])('gives the subject from %s', (_, head, expected) => {
    expect(read(mail(`${head}\n\nx`)).view.subject).toBe(expected);
  });

  it.each([
    ['alice@x.example', [['', 'alice@x.example']]],
    ['Alice Liddell <alice@x.example>', [['Alice Liddell', 'alice@x.example']]],
    [
      '"Liddell, Alice" <a@x.example>, Bob <b@x.example>',
      [
        ['Liddell, Alice', 'a@x.example'],
        ['Bob', 'b@x.example'],
      ],
    ],
    ['a@x.example (Alice (the first))', [['Alice (the first)', 'a@x.example']]],
    [
      'Team: a@x.example, Bob <b@x.example>;, c@x.example',
      [
        ['', 'a@x.example'],
        ['Bob', 'b@x.example'],
        ['', 'c@x.example'],
      ],
    ],
    ['undisclosed-recipients:;', []],
    ['=?utf-8?Q?J=C3=BCrgen_=22Q=22?= <j@x.example>', [['Jürgen "Q"', 'j@x.example']]],
    ['=?utf-8?Q?a=40evil.example=2C?= <j@x.example>', [['a@evil.example,', 'j@x.example']]],
    ['"bank@bank.example" <evil@x.example>', [['bank@bank.example', 'evil@x.example']]],
    ['Alice alice@x.example', [['Alice', 'alice@x.example']]],
    ['Nicol\xc3\xa0 <n@x.example>', [['Nicolà', 'n@x.example']]],
    ['"unclosed <a@x.example>', [['unclosed', 'a@x.example']]],
    ['<<a@x.example>', [['', 'a@x.example']]],
    [',,;;, ,', []],
  ] as [string, string[][]][])('reads the address list %j', (list, expected) => {
    const { from } = read(mail(`From: ${list}\n\nx`)).view;
    expect(from.map(({ name, address }) => [name, address])).toEqual(expected);
  });

  it('is shown in order, decoded, with fields that occur twice', () => {
    expect(read(mail('Received: a\nReceived: b\n c\nX-Ü: no\nSubject: =?utf-8?Q?=C3=BC?=\n\nx')).view.headers).toEqual([
      { name: 'Received', value: 'a' },
      { name: 'Received', value: 'b c' },
      { name: 'Subject', value: 'ü' },
    ]);
  });

  it.each([
    ['Tue, 18 Mar 2014 09:41:00 +0100', '2014-03-18T09:41:00+01:00'],
    ['yesterday', null],
  ])('gives the date %j as %j', (date, expected) => {
    expect(read(mail(`Date: ${date}\n\nx`)).view.sentDate).toBe(expected);
  });

  it('is cut, and says so, when it never ends', () => {
    const { view } = read(mail(`${'X-Long: y\n'.repeat(5000)}Subject: late\n\nbody`));
    expect(view.headers).toHaveLength(2000);
    expect(view.problem).toMatch(/header of this message is very long/);
    expect(view.text).toBe('body');
  });
});

describe('the text of a message', () => {
  it.each([
    [
      'quoted-printable',
      'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
      'Gr=C3=BC=\n=C3=9Fe =3D =zz',
      'Grüße = =zz',
    ],
    ['base64 in pieces', 'Content-Transfer-Encoding: base64', 'YQ==\nYg==\n%%Yw==', 'abc'],
    ['uuencode', 'Content-Transfer-Encoding: x-uuencode', 'begin 644 x\n#0V%T\n`\nend', 'Cat'],
    ['Windows-1252 called ASCII', 'Content-Type: text/plain; charset=us-ascii', '\x80 5', '€ 5'],
    ['UTF-8 called Latin-1', 'Content-Type: text/plain; charset=iso-8859-1', 'Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
    ['ISO-2022-JP', 'Content-Type: text/plain; charset=ISO-2022-JP', '\x1b$B$3\x1b(B', 'こ'],
    ['KOI8-R', 'Content-Type: text/plain; charset="koi8-r"', '\xcd\xc9\xd2', 'мир'],
    ['no charset at all', 'Content-Type: text/plain', 'Gr\xfc\xdfe', 'Grüße'],
    ['an unknown type', 'Content-Type: nonsense', 'x', 'x'],
    ['an unknown transfer encoding', 'Content-Transfer-Encoding: 8bit-ish', 'x=20', 'x=20'],
    ['control characters', 'Content-Type: text/plain', 'a\0b\x07c\td', 'abc\td'],
    [
      'flowed lines',
      'Content-Type: text/plain; format=flowed',
      'one \ntwo\n> quoted \n> on\nend\n-- \nme',
      'one two\n> quoted on\nend\n-- \nme',
    ],
    [
      'flowed lines without their blanks',
      'Content-Type: text/plain; format=flowed; delsp=yes',
      '\xe4\xbd\xa0 \n\xe5\xa5\xbd',
      '你好',
    ],
  ])('is read from %s', (_, head, body, expected) => {
    expect(text(head, body).trimEnd()).toBe(expected);
  });

  it('names a character set that nobody knows as a problem', () => {
    expect(read(mail('Content-Type: text/plain; charset=klingon\n\nGr\xfc\xdfe')).view).toMatchObject({
      text: 'Grüße\n'.trim(),
      problem: expect.stringMatching(/character set/) as unknown,
    });
  });

  it('is made from the page where there is no plain part', () => {
    const html =
      '<style>a{}</style><h1>Offer</h1><p>one<br>two &amp; <b>three</b></p><ul><li>x<li>y</ul><table><tr><td>a<td>b</table><script>no</script>';
    expect(read(htmlMail(html)).view.text).toBe('Offer\n\none\ntwo & three\n\n* x\n* y\n\na b');
  });

  it('has the addresses of links in a terminal only', () => {
    const raw = htmlMail('<a href="https://x.example/y">here</a> <a href="mailto:a@x.example">a@x.example</a>');
    expect(readMessage(raw).text).toBe('here <https://x.example/y> a@x.example');
    expect(read(raw).view.text).toBe('here a@x.example');
  });

  it('is cut, and says so, when it is endless', () => {
    const { view } = read(mail(`\n${'x'.repeat(5_000_000)}`));
    expect(view.text).toHaveLength(2 * 1024 * 1024);
    expect(view.problem).toMatch(/only its beginning/);
  });

  it('has its hits marked by position', () => {
    const { view } = read(mail('Subject: Brennofen\n\nder Brennofen und die BRENNÖFEN'), {
      search: 'brenn "die brennofen"',
    });
    const marked = view.textHits.map(([from, to]) => view.text.slice(from, to));
    expect(marked).toEqual(['Brennofen', 'die BRENNÖFEN']);
    expect(view.subjectHits).toEqual([[0, 9]]);
  });
});

describe('the parts of a message', () => {
  const alternative = '--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>page</p>\n--b--\n';

  it('are read with whatever is wrong about their boundary', () => {
    for (const [head, body] of [
      ['boundary=b', alternative],
      ['boundary="b"', alternative],
      ['boundary=b', `preamble\n\n${alternative}epilogue`],
      ['boundary=b', alternative.replace('--b--\n', '')],
      ['boundary=b', alternative.replaceAll('--b\n', '--b  \n')],
      ['', alternative],
      ['charset=utf-8; Boundary = b ;', alternative],
    ] as const) {
      const { view, page } = read(mail(`Content-Type: multipart/alternative; ${head}\n\n${body}`));
      expect([view.text, page?.html.includes('<p>page</p>'), view.problem], head + body).toEqual(['plain', true, null]);
    }
  });

  it('are shown as text when they cannot be told apart', () => {
    const { view } = read(mail('Content-Type: multipart/mixed; boundary=none\n\njust text'));
    expect(view.text).toBe('just text');
    expect(view.problem).toMatch(/could not be told apart/);
  });

  it('are read down to twenty levels and then said to be too deep', () => {
    const nest = (depth: number): string =>
      depth === 0
        ? 'Content-Type: text/plain\n\ndeep'
        : `Content-Type: multipart/mixed; boundary=b${depth}x\n\n--b${depth}x\n${nest(depth - 1)}\n--b${depth}x--`;
    expect(read(mail(nest(15))).view).toMatchObject({ text: 'deep', problem: null });
    expect(read(mail(nest(3000))).view.problem).toMatch(/nested too deeply/);
  });

  it('are counted up to a thousand', () => {
    const { view } = read(
      mail(
        `Content-Type: multipart/mixed; boundary=b\n\n${'--b\nContent-Type: application/pdf\n\nx\n'.repeat(10_000)}--b--`,
      ),
    );
    expect(view.attachments).toHaveLength(1000);
    expect(view.problem).toMatch(/more than 1,000 parts/);
  });

  it('all count as text where several are: the footers of lists, pages beside plain text', () => {
    const { view, page } = read(
      mail(
        `Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n${alternative}\n--a\nContent-Type: text/plain\n\n-- \n<footer>\n--a--`,
      ),
    );
    expect(view.text).toBe('plain\n\n-- \n<footer>');
    expect(page!.html).toContain('<p>page</p>');
    expect(page!.html).toContain('<div class="mf-plain">-- \n&lt;footer&gt;</div>');
  });

  it('that are encrypted are attachments, and the message says so', () => {
    const pgp = read(
      mail(
        'Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\n--b--',
      ),
    );
    expect(pgp.view.attachments.map(({ name }) => name)).toEqual(['attachment.asc', 'encrypted.asc']);
    expect(pgp.view.problem).toMatch(/is encrypted/);
    const smime = read(mail('Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nMII'));
    expect(smime.view.problem).toMatch(/is encrypted/);
    const signed = read(
      mail(
        'Content-Type: multipart/signed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nMII\n--b--',
      ),
    );
    expect(signed.view).toMatchObject({ text: 'hello', problem: null });
    expect(signed.view.attachments.map(({ name }) => name)).toEqual(['smime.p7s']);
  });

  it('of Outlook stay winmail.dat, in words of either language', () => {
    const raw = mail(
      'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\n\nx\n--b--',
    );
    expect(read(raw).view.problem).toMatch(/^Part of this message/);
    expect(read(raw, { language: 'de' }).view.problem).toMatch(/^Ein Teil dieser Nachricht/);
  });
});

describe('any octets', () => {
  const scrap = fc.constantFrom(
    '\r\n',
    '\n',
    '\r\n\r\n',
    '--b',
    '--b--',
    'Content-Type: ',
    'multipart/mixed; boundary=b',
    'text/html',
    'message/rfc822',
    'Content-Transfer-Encoding: base64',
    'From: ',
    'Subject: ',
    '=?utf-8?B?',
    '?=',
    '<a@b>',
    '"',
    ';',
    ':',
    ',',
    '(',
    "filename*0*=utf-8''%",
    'name=',
    ' ',
    '\0',
    '\xff',
  );

  it('end in a view', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }).map((a) => Buffer.from(a)),
          fc.array(scrap, { maxLength: 80 }).map((p) => Buffer.from(p.join(''), 'latin1')),
        ),
        (raw) => {
          const { view } = read(raw, { search: 'a' });
          expect(view.problem ?? '').not.toMatch(/could not be read/);
          expect(view.text.isWellFormed()).toBe(true);
          expect(readMessage(raw).subject).toBe(view.subject);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['brackets in From', `From: ${'<'.repeat(2_000_000)}\n\nx`],
    ['parentheses in From', `From: ${'('.repeat(2_000_000)}\n\nx`],
    ['commas in To', `To: ${'a@b,'.repeat(500_000)}\n\nx`],
    ['encoded words', `Subject: ${'=?a?b?'.repeat(300_000)}\n\nx`],
    ['semicolons in a type', `Content-Type: text/plain${'; a=b'.repeat(400_000)}\n\nx`],
    ['quotes in a type', `Content-Type: text/plain; name=${'"\\'.repeat(900_000)}\n\nx`],
    ['blanks in a type', `Content-Type: text/plain;${' '.repeat(1_000_000)}x\n\nx`],
    ['boundaries', `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n'.repeat(500_000)}`],
    ['almost boundaries', `Content-Type: multipart/mixed; boundary=b\n\n${'--bx\n'.repeat(500_000)}`],
    ['colons', `${':'.repeat(2_000_000)}\n\nx`],
    ['line ends', '\n'.repeat(2_000_000)],
    ['equals signs', `Content-Transfer-Encoding: quoted-printable\n\n${'=\t'.repeat(1_000_000)}`],
  ])('take bounded time: two megabytes of %s', (_, source) => {
    const startMs = performance.now();
    expect(read(Buffer.from(source), { search: 'a' }).view).toBeDefined();
    expect(performance.now() - startMs).toBeLessThan(5000);
  });
});
