import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvelope } from '../../../electron/engine/message/header.ts';

const read = (text: string) => readEnvelope(Buffer.from(text, 'latin1'));

describe('the envelope of a message', () => {
  it('has its fields unfolded and decoded', () => {
    const text =
      'from: =?utf-8?q?J=C3=BCrgen_M?= <j@example.org>\r\nTo: a@example.org,\r\n\tb@example.org\r\n' +
      'Subject: =?UTF-8?B?SMOk?=\r\n =?utf-8?b?bGxv?=\r\nDate: Tue, 24 Nov 2026 03:40:45 +0100 (CET)\r\n' +
      'MESSAGE-ID : <1@example.org>\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nSubject: not this\r\n';
    expect(read(text)).toEqual({
      sentDate: '2026-11-24T02:40:45Z',
      from: 'Jürgen M <j@example.org>',
      to: 'a@example.org,\tb@example.org'.replace('\t', ' '),
      subject: 'Hällo',
      messageId: '<1@example.org>',
      attachments: true,
    });
  });

  it.each([
    ['a character split over two words', 'Subject: =?utf-8?b?w6Q=?= =?utf-8?b?w6Q=?=', 'ää'],
    ['octets of one character in two words', 'Subject: =?utf-8?q?=C3?= =?utf-8?q?=A4?=', 'ä'],
    ['another charset', 'Subject: =?iso-2022-jp?b?GyRCJDMbKEI=?=', 'こ'],
    ['raw UTF-8', 'Subject: \xc3\xa4', 'ä'],
    ['raw UTF-8 whose last octet is a blank in Latin-1', 'Subject: voil\xc3\xa0\r\n', 'voilà'],
    ['white space around it', 'Subject \t:\t x y \x0b\r\n', 'x y'],
    ['a line that only looks like it', 'Subjects: no\nSub\rject: no\nSubject : yes', 'yes'],
    ['raw Windows-1252', 'Subject: \xe4 \x80', 'ä €'],
    ['an unknown charset', 'Subject: =?x-nonsense?q?abc?=', 'abc'],
    ['a broken word', 'Subject: =?utf-8?q?abc', '=?utf-8?q?abc'],
    ['control characters', 'Subject: a\x00\x1bb', 'a b'],
    ['no value', 'Subject:', ''],
    ['two of them', 'Subject: first\nSubject: second', 'first'],
  ])('survives %s', (_what, text, subject) => {
    expect(read(`${text}\r\n\r\n`).subject).toBe(subject);
  });

  it('is bounded and never throws, whatever the octets', () => {
    expect(read(`Subject: ${'x'.repeat(1_000_000)}\r\n\r\n`).subject).toHaveLength(1000);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
        expect(readEnvelope(Buffer.from(octets)).subject.length).toBeLessThanOrEqual(1000);
      }),
    );
  });
});
