/** Messages whose headers are wrong, missing, enormous or not ASCII. */
import { crlf, header, message, octets, plain, type NastyMessage } from './compose.ts';

export function headerMessages(): NastyMessage[] {
  return [...missing(), ...eightBit(), ...enormous(), ...identities(), ...odd()];
}

function missing(): NastyMessage[] {
  return [
    message('an empty message', ''),
    message('a single line end', '\r\n'),
    message('one octet', 'x'),
    message('header only, with its empty line', `${header('Header only')}\r\n`),
    message('header only, without an empty line', header('Header without end')),
    message('header only, cut in a line', `${header('Header cut')}X-Cut: in the mid`),
    message('no header, only a body', '\r\njust a body without any header\r\n'),
    message('no header and no empty line', 'This is no header at all\r\nand neither is this\r\n'),
    message('a body that is one line end', `${header('Body is a newline')}\r\n\r\n`),
    message('a header starting with a blank', ` continued from nowhere\r\n${plain('Leading fold', 'x')}`),
    message('no subject, no date, no addresses', 'X-Only: this\r\n\r\nx\r\n'),
  ];
}

function eightBit(): NastyMessage[] {
  return [
    message('8-bit header in latin1', octets(plain('Gr\xfc\xdfe aus M\xfcnchen', 'x'))),
    message('8-bit header in UTF-8', plain('Grüße aus München', 'Straße')),
    message('8-bit header in invalid UTF-8', octets(plain('bad \xc3\x28 \xff\xfe', 'x'))),
    message('8-bit addresses', `From: "Jürgen" <jürgen@bücher.example>\r\n${plain('8-bit addresses', 'x')}`),
    message('8-bit header in windows-1251', octets(plain('\xcf\xf0\xe8\xe2\xe5\xf2', 'x'))),
    message('8-bit header name', octets(`X-Stra\xdfe: x\r\n${plain('8-bit field name', 'x')}`)),
    message('RFC 2047 junk', plain('=?utf-8?B?w6TDtsO8?= =?utf-8?Q?=C3?= =?x-none?B?????= =?utf-8?Q?unclosed', 'x')),
    message(
      'RFC 2047 split inside a character',
      plain('=?utf-8?B?w6Q=?=\r\n =?utf-8?B?w7Y=?= =?utf-8?B?4oI=?= =?utf-8?B?rA==?=', 'x'),
    ),
    message(
      'RFC 2231 file names',
      `${header('File names', "Content-Type: application/pdf; name*0*=utf-8''%C3%84rger; name*1*=%2f..%2f.pdf")}\r\nx\r\n`,
    ),
    message('right-to-left subject', plain('שלום \u202egnp.exe\u202c مرحبا', 'x')),
    message('emoji and joiners in the subject', plain('👩‍👩‍👧‍👦 🏴‍☠️ 🇩🇪 e\u0301 \u200b\ufeff', '👍🏽')),
  ];
}

function enormous(): NastyMessage[] {
  const recipients = Array.from({ length: 3000 }, (_, i) => `Reader ${i} <reader${i}@example.com>`).join(',\r\n ');
  const fields = Array.from({ length: 4000 }, (_, i) => `X-Field-${i}: value ${i}`);
  const references = Array.from({ length: 900 }, (_, i) => `<part${i}@thread.example.org>`).join('\r\n ');
  return [
    message('a very long subject on one line', plain(`long ${'subject '.repeat(2500)}`, 'x')),
    message(
      'a folded header of 200 KB',
      `X-Folded: start\r\n${' folded line of text\r\n'.repeat(9500)}${plain('Folded', 'x')}`,
    ),
    message('an unfolded header of 300 KB', `X-Unfolded: ${'y'.repeat(300_000)}\r\n${plain('Unfolded', 'x')}`),
    message('thousands of header fields', `${crlf(...fields)}${plain('Many fields', 'x')}`),
    message('thousands of recipients', `Cc: ${recipients}\r\n${plain('Many recipients', 'x')}`),
    message('hundreds of references', `References: ${references}\r\n${plain('Many references', 'x')}`),
    message(
      'hundreds of Received fields',
      `${crlf(...Array.from({ length: 300 }, (_, i) => `Received: from a${i}.example.org by b${i}.example.org; Mon, 4 Mar 2024 09:15:00 +0100`))}${plain('Many hops', 'x')}`,
    ),
  ];
}

function identities(): NastyMessage[] {
  const twin = (body: string): string => plain('Shared identity', body);
  return [
    message('a Message-ID shared with another body, first', twin('this is one message')),
    message('a Message-ID shared with another body, second', twin('this is quite another one')),
    message('an exact copy, first', plain('Exact copy', 'the same octets twice')),
    message('an exact copy, second', plain('Exact copy', 'the same octets twice')),
    message('an exact copy with other flags', plain('Exact copy', 'the same octets twice'), { flags: ['\\Flagged'] }),
    message('no Message-ID', crlf('From: ada@example.org', 'Subject: No identity', '', 'x')),
    message('an empty Message-ID', crlf('Message-ID:', 'Subject: Empty identity', '', 'x')),
    message('a Message-ID with blanks', crlf('Message-ID: < with blanks @ example.org >', 'Subject: Blanks', '', 'x')),
    message('a Message-ID without brackets', crlf('Message-ID: naked@example.org', 'Subject: Naked', '', 'x')),
    message(
      'a Message-ID in Unicode',
      crlf('Message-ID: <grüße-😀@example.org>', 'Subject: Unicode identity', '', 'x'),
    ),
    message(
      'two Message-IDs',
      crlf('Message-ID: <one@example.org>', 'Message-ID: <two@example.org>', 'Subject: Two', '', 'x'),
    ),
    message('a folded Message-ID', crlf('Message-ID:', ' <folded@example.org>', 'Subject: Folded', '', 'x')),
    message(
      'a Message-ID of 2 KB',
      crlf(`Message-ID: <${'long'.repeat(512)}@example.org>`, 'Subject: Long identity', '', 'x'),
    ),
  ];
}

function odd(): NastyMessage[] {
  const dated = (date: string): string =>
    crlf(
      'From: ada@example.org',
      `Date: ${date}`,
      'Subject: Odd date',
      `Message-ID: <${date.replace(/\W/g, '')}@example.org>`,
      '',
      'x',
    );
  return [
    message('a Date of 1969', dated('Wed, 31 Dec 1969 23:59:59 +0000')),
    message('a Date of 9999', dated('Fri, 31 Dec 9999 23:59:59 +0000')),
    message('a Date that is none', dated('yesterday, about noon')),
    message('a Date of two digits and a named zone', dated('4 Mar 24 9:15 PST')),
    message('a Date with an impossible day', dated('Mon, 31 Feb 2024 25:61:61 +9999')),
    message('a field name with a blank before the colon', `Subject : blank\r\n${plain('Blank before colon', 'x')}`),
    message('a field without a colon', `NoColonHere\r\n${plain('No colon', 'x')}`),
    message('an empty field name', `: empty\r\n${plain('Empty name', 'x')}`),
    message(
      'fields doubled',
      `Subject: first\r\nDate: Tue, 5 Mar 2024 09:15:00 +0100\r\nTo: a@example.org\r\n${plain('Second subject', 'x')}`,
    ),
    message(
      'a group address and comments',
      `To: Undisclosed recipients:;\r\nCc: (a (nested) comment) ada@example.org (end\r\n${plain('Groups', 'x')}`,
    ),
    message('quoted strings that do not end', `From: "unclosed <ada@example.org>\r\n${plain('Unclosed', 'x')}`),
  ];
}
