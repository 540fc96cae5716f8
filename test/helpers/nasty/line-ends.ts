/** Messages whose lines or line ends trouble mbox files, line-based stores and IMAP parsers. */
import { crlf, header, message, octets, plain, type NastyMessage } from './compose.ts';

const TEXT = 'Content-Type: text/plain; charset=utf-8';

export function lineEndMessages(): NastyMessage[] {
  return [...mboxTraps(), ...ends(), ...oddOctets(), ...lookLikeImap()];
}

function mboxTraps(): NastyMessage[] {
  return [
    message('From at a line start', plain('From at a line start', 'before', 'From here on it is a trap', 'after')),
    message(
      'From after an empty line',
      plain('From after empty', '', 'From ada@example.org Mon Mar  4 09:15:00 2024', ''),
    ),
    message('quoted From lines', plain('Quoted From', '>From one', '>>From two', '>>>From three', ' >From four')),
    message(
      'From as the very first line',
      `From ada@example.org Mon Mar  4 09:15:00 2024\r\n${plain('From line first', 'x')}`,
    ),
    message(
      'quoted From as the very first line',
      `>From ada@example.org Mon Mar  4 2024\r\n${plain('GtFrom first', 'x')}`,
    ),
    message(
      'From in the header as a folded line',
      `${header('Folded From', 'X-Note: folded', 'From: second@example.org')}\r\nx\r\n`,
    ),
    message(
      'a whole mbox as the body',
      plain(
        'An mbox inside',
        'From a@example.org Mon Mar  4 09:15:00 2024',
        'Subject: one',
        '',
        'first',
        '',
        'From b@example.org Tue Mar  5 10:00:00 2024',
        'Subject: two',
        '',
        'second',
        '',
      ),
    ),
    message(
      'mozilla status headers',
      `${crlf('X-Mozilla-Status: 0009', 'X-Mozilla-Status2: 00800000', 'X-Mozilla-Keys: $label1')}${plain('Mozilla headers', 'x')}`,
    ),
    message(
      'status headers of mbox writers',
      `${crlf('Status: RO', 'X-Status: AF', 'X-UID: 77', 'Content-Length: 3', 'Lines: 1')}${plain('Mbox headers', 'longer than that')}`,
    ),
    message('dot lines', plain('Dots', '.', '..', '. ', '.From', '')),
  ];
}

function ends(): NastyMessage[] {
  const head = header('Line ends', TEXT);
  const lf = (text: string): string => text.replaceAll('\r\n', '\n');
  return [
    message('no final line end', `${header('No final line end', TEXT)}\r\nthe last line has no end`),
    message('final LF only', `${header('Final LF', TEXT)}\r\nthe last line ends in LF\n`),
    message('final CR only', `${header('Final CR', TEXT)}\r\nthe last line ends in CR\r`),
    message('final CR CR LF', `${header('Final CR CR LF', TEXT)}\r\nthe last line ends oddly\r\r\n`),
    message('many final empty lines', `${header('Final empty lines', TEXT)}\r\nx\r\n${'\r\n'.repeat(40)}`),
    message('only LF', lf(plain('Only LF', 'one', 'two', 'three'))),
    message('only CR', plain('Only CR', 'one', 'two').replaceAll('\r\n', '\r')),
    message('LF header and CRLF body', `${lf(head)}\nbody\r\nbody\r\n`),
    message('CRLF header and LF body', `${head}\r\nbody\nbody\n`),
    message('mixed line ends', `${head}\r\none\ntwo\r\nthree\rfour\n\rfive\r\r\nsix\r\n`),
    message('bare CR in a header', `X-Bare: a\rb\r\n${plain('Bare CR in header', 'x')}`),
    message('bare LF in a header', `X-Bare: a\nb: c\r\n${plain('Bare LF in header', 'x')}`),
    message('trailing blanks', plain('Trailing blanks', 'one blank ', 'tab\t', '   ', '\t', '-- ', 'Ada')),
  ];
}

function oddOctets(): NastyMessage[] {
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  const binary = Buffer.from(
    `${header('Octets 0 to 255', 'Content-Type: application/octet-stream', 'Content-Transfer-Encoding: binary')}\r\n`,
  );
  const withoutNul = Buffer.from(
    `${header('Octets 1 to 255', 'Content-Type: application/octet-stream', 'Content-Transfer-Encoding: binary')}\r\n`,
  );
  const utf16 = Buffer.from(`${header('UTF-16', 'Content-Type: text/plain; charset=utf-16le')}\r\n`);
  return [
    message('NUL in the body', octets(plain('NUL in body', 'before\0after', '\0', 'end'))),
    message('NUL in the header', octets(`X-Nul: be\0fore\r\n${plain('NUL in header', 'x')}`)),
    message('all octets from 0 to 255', Buffer.concat([binary, all, all.toReversed()])),
    message('all octets from 1 to 255', Buffer.concat([withoutNul, all.subarray(1), Buffer.from('\r\n')])),
    message('UTF-16 body', Buffer.concat([utf16, Buffer.from('\ufeffGrüße aus Köln\r\n', 'utf16le')])),
    message('control characters', octets(plain('Controls', 'bell \x07 esc \x1b[31m del \x7f ff \x0c vt \x0b bs \x08'))),
    message('a byte order mark first', `\ufeff${plain('BOM first', 'x')}`),
    message(
      'C1 controls and lone continuation octets',
      octets(plain('C1', '\x80\x81\x9f \xbf\xbf \xc3 \xe2\x82 \xff\xfe')),
    ),
  ];
}

function lookLikeImap(): NastyMessage[] {
  return [
    message('closing brackets', plain('Brackets', ')', ' )', '))', ')\t', '(', '()', 'BODY[] NIL)')),
    message('literals', plain('Literals', '{10}', '{4294967295}', '~{3+}', 'BODY[] {5}', '{0}', 'x {10}')),
    message(
      'untagged responses',
      plain('Untagged', '* 5 FETCH (UID 5 FLAGS (\\Deleted))', '* BYE too late', '* 9999 EXISTS', '+ go on', '+'),
    ),
    message(
      'tagged responses',
      plain(
        'Tagged',
        ...['A1', 'a0001', 't1', '1', 'B', 'mf1'].flatMap((tag) => [`${tag} OK done`, `${tag} NO [OVERQUOTA] full`]),
      ),
    ),
    message('quotes and backslashes', plain('Quotes', '"', '\\"', '\\\\', '"unclosed', '\\')),
    message('percent and ampersand', plain('Percent', '%s%n%d %00 %0d%0a', '&AOQ-', '&', '&amp;')),
  ];
}
