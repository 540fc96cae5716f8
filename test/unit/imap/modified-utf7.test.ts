import fc from 'fast-check';
import { decodePath, encodePath } from 'imapflow/lib/tools.js';
import { describe, expect, it } from 'vitest';
import { decodeModifiedUtf7, encodeModifiedUtf7 } from '../../../electron/engine/imap/modified-utf7.ts';

/** Every scalar value of Unicode; fast-check's own `unit: 'binary'` takes seconds to set up. */
const characters = fc
  .array(
    fc.integer({ min: 0, max: 0x10ffff }).filter((c) => c < 0xd800 || c > 0xdfff),
    { maxLength: 30 },
  )
  .map((codes) => String.fromCodePoint(...codes));

describe('modified UTF-7', () => {
  it.each([
    ['Entwürfe', 'Entw&APw-rfe'],
    ['a&b', 'a&-b'],
    ['~peter/mail/台北/日本語', '~peter/mail/&U,BTFw-/&ZeVnLIqe-'], // RFC 3501 §5.1.3
    ['😀', '&2D3eAA-'],
    ['&-', '&--'],
    ['tab\there', 'tab&AAk-here'],
    ['', ''],
  ])('%j is %s', (text, octets) => {
    expect(encodeModifiedUtf7(text)).toBe(octets);
    expect(decodeModifiedUtf7(octets)).toBe(text);
  });

  it.each([
    ['an ampersand that begins nothing', 'a&b'],
    ['a run without its end', '&APw'],
    ['printable ASCII in base64', '&AGE-'],
    ['two runs where one is enough', '&APw-&APw-'],
    ['a lone surrogate', '&2D0-'],
    ['padding bits that are not zero', '&APx-'],
    ['base64 of another alphabet', '&U/BTFw-'],
    ['8-bit octets', 'Entw\xfcrfe'],
    ['a control character', 'a\tb'],
  ])('%s is not its canonical form', (_, octets) => {
    expect(decodeModifiedUtf7(octets)).toBeNull();
  });

  it('every well-formed text comes back', () => {
    fc.assert(fc.property(characters, (s) => decodeModifiedUtf7(encodeModifiedUtf7(s)) === s));
  });

  it('whatever decodes at all encodes to the very same octets', () => {
    const octets = fc.string({ unit: fc.constantFrom(...'&-,+/AaPw29 \xfc'), maxLength: 12 });
    fc.assert(
      fc.property(octets, (s) => {
        const text = decodeModifiedUtf7(s);
        return text === null || encodeModifiedUtf7(text) === s;
      }),
    );
  });

  it("agrees with imapflow's own codec wherever that one is right", () => {
    const plain = { enabled: new Set(), capabilities: new Map() } as unknown as Parameters<typeof encodePath>[0];
    const text = characters.filter((s) => !/[\t\n\r\x7f]/.test(s));
    fc.assert(
      fc.property(text, (s) => {
        const octets = encodeModifiedUtf7(s);
        return encodePath(plain, s) === octets && decodePath(plain, octets) === s;
      }),
    );
  });
});
