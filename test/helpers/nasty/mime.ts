/** Messages whose MIME structure is broken, deep, signed (every octet counts) or dangerous to look at. */
import { crlf, header, message, octets, type NastyMessage } from './compose.ts';

export function mimeMessages(): NastyMessage[] {
  return [...structures(), ...exact(), ...attachments(), ...encodings()];
}

function multipart(subject: string, type: string, ...body: string[]): string {
  return `${header(subject, `Content-Type: ${type}`)}\r\n${crlf(...body)}`;
}

function structures(): NastyMessage[] {
  const part = ['Content-Type: text/plain', '', 'part'];
  return [
    message('multiparts nested 120 deep', nested(120)),
    message('messages nested 60 deep', forwarded(60)),
    message('a boundary that never comes', multipart('No boundary', 'multipart/mixed; boundary=never', 'text')),
    message('a boundary that does not end', multipart('Open end', 'multipart/mixed; boundary=b', '--b', ...part)),
    message('a multipart without a boundary', multipart('No parameter', 'multipart/mixed', '--', ...part, '----')),
    message('an empty boundary', multipart('Empty boundary', 'multipart/mixed; boundary=""', '--', ...part, '----')),
    message(
      'boundaries that are prefixes',
      multipart(
        'Prefixes',
        'multipart/mixed; boundary=a',
        '--a',
        'Content-Type: multipart/mixed; boundary=ab',
        '',
        '--ab',
        ...part,
        '--ab--',
        '--a--',
      ),
    ),
    message(
      'a preamble and an epilogue',
      multipart('Around', 'multipart/mixed; boundary=b', 'before', '--b', ...part, '--b--', 'after', '--b', 'late'),
    ),
    message(
      'two content types',
      `${header('Two types', 'Content-Type: text/plain', 'Content-Type: multipart/mixed; boundary=b')}\r\n--b\r\n\r\nx\r\n--b--\r\n`,
    ),
    message(
      'a thousand empty parts',
      multipart('Parts', 'multipart/mixed; boundary=b', ...Array.from({ length: 1000 }, () => '--b\r\n\r\n'), '--b--'),
    ),
    message(
      'a partial message',
      multipart('Partial', 'message/partial; number=2; total=3; id="p@example.org"', 'middle of something'),
    ),
    message(
      'an external body',
      multipart(
        'External',
        'message/external-body; access-type=URL; URL="http://example.org/x"',
        'Content-Type: text/html',
        '',
        '',
      ),
    ),
  ];
}

function nested(depth: number): string {
  const open = Array.from({ length: depth }, (_, i) =>
    crlf(`Content-Type: multipart/mixed; boundary=b${i}`, '', `--b${i}`),
  ).join('');
  const close = Array.from({ length: depth }, (_, i) => `--b${depth - 1 - i}--`);
  return `${header('Deep multipart')}${open}${crlf('Content-Type: text/plain', '', 'deep', ...close)}`;
}

function forwarded(depth: number): string {
  const levels = Array.from({ length: depth }, (_, i) =>
    crlf(`Subject: level ${i}`, 'Content-Type: message/rfc822', ''),
  );
  return `${levels.join('')}${crlf('Subject: innermost', '', 'deep')}`;
}

/** Here a changed blank breaks a signature. */
function exact(): NastyMessage[] {
  const signed = (protocol: string): string => `multipart/signed; protocol="${protocol}"; micalg=sha-256; boundary=sig`;
  const body = [
    '--sig',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'A signed line with a trailing blank ',
    '',
    '-- ',
    'Ada',
    '',
    '',
  ];
  const pgp = ['-----BEGIN PGP SIGNATURE-----', '', 'iQEzBAEBCAAdFiEEexample', '=abcd', '-----END PGP SIGNATURE-----'];
  return [
    message(
      'signed with PGP',
      multipart(
        'PGP',
        signed('application/pgp-signature'),
        ...body,
        '--sig',
        'Content-Type: application/pgp-signature',
        '',
        ...pgp,
        '--sig--',
      ),
    ),
    message(
      'signed with S/MIME',
      multipart(
        'SMIME',
        signed('application/pkcs7-signature'),
        ...body,
        '--sig',
        'Content-Type: application/pkcs7-signature; name=smime.p7s',
        'Content-Transfer-Encoding: base64',
        '',
        'MIIGexampleexampleexample==',
        '--sig--',
      ),
    ),
    message(
      'clear-signed in the text',
      multipart(
        'Clear',
        'text/plain',
        '-----BEGIN PGP SIGNED MESSAGE-----',
        'Hash: SHA256',
        '',
        '- -- ',
        '- From a dash-escaped line',
        ...pgp,
      ),
    ),
    message(
      'flowed text',
      multipart(
        'Flowed',
        'text/plain; format=flowed; delsp=yes',
        'soft break ',
        'goes on',
        ' From space-stuffed',
        ' >not quoted',
        '>> quoted ',
        '>> goes on',
        '-- ',
        'Ada',
      ),
    ),
    message(
      'DKIM signed',
      `${crlf('DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=example.org; s=x;', '\th=From:To:Subject;  bh=abc=;', '\tb=def  ghi=')}${header('DKIM')}\r\nx\r\n\r\n\r\n`,
    ),
  ];
}

function attachments(): NastyMessage[] {
  // The EICAR string is harmless by design: scanners agree to report it. Built from halves so that this file is not.
  const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
  const html =
    '<html><body onload="alert(1)"><script>alert(2)</script><img src="http://example.org/t.gif"><form action=x></body></html>';
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:1@example.org',
    'DTSTART:20240304T091500Z',
    'SUMMARY:Überraschung',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return [
    message('the EICAR test string', multipart('EICAR', 'text/plain', eicar)),
    message('HTML with scripts', multipart('Scripts', 'text/html; charset=utf-8', html)),
    message(
      'a calendar invitation',
      multipart('Invitation', 'text/calendar; method=REQUEST; charset=utf-8', ...calendar),
    ),
    message(
      'winmail.dat',
      `${header('TNEF', 'Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64')}\r\n${crlf('eJ8+IgYPAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA')}`,
    ),
    message(
      'file names that climb out',
      multipart(
        'Climbing',
        'multipart/mixed; boundary=b',
        ...['../../etc/passwd', 'C:\\CON', 'a%00b', '.', 'x'.repeat(400)].flatMap((name) => [
          '--b',
          `Content-Disposition: attachment; filename="${name}"`,
          '',
          'x',
        ]),
        '--b--',
      ),
    ),
    message(
      'a zip that is none',
      `${header('Zip', 'Content-Type: application/zip; name=a.zip', 'Content-Transfer-Encoding: base64')}\r\nUEsDBP////8=\r\n`,
    ),
  ];
}

function encodings(): NastyMessage[] {
  const encoded = (name: string, encoding: string, type: string, body: string): NastyMessage =>
    message(
      name,
      octets(`${header(name, `Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`)}\r\n${body}`),
    );
  return [
    encoded('base64 with wrong characters', 'base64', 'text/plain', 'SGFsbG8*$!\r\nV2VsdA\r\n=====\r\nmore\r\n'),
    encoded('base64 on one line of 90 KB', 'base64', 'application/octet-stream', `${'QUJD'.repeat(22_500)}\r\n`),
    encoded(
      'quoted-printable gone wrong',
      'quoted-printable',
      'text/plain',
      'a=ZZ b=\r\nc=3\r\nd= \r\n=\r\n=0D=0A=00=\r\n',
    ),
    encoded('uuencode in the text', '7bit', 'text/plain', 'begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n'),
    encoded('a charset that does not exist', '8bit', 'text/plain; charset=klingon-1', '\xe4\xf6\xfc\r\n'),
    encoded(
      'a charset that is not the one used',
      '8bit',
      'text/plain; charset=us-ascii',
      'Gr\xfc\xdfe \xe2\x82\xac\r\n',
    ),
    encoded('an encoding that does not exist', 'x-rot13', 'text/plain', 'Uryyb\r\n'),
  ];
}
