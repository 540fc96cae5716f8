import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Likeness, likenessOf } from '../../../electron/engine/message/likeness.ts';

const of = (text: string) => likenessOf(Buffer.from(text, 'latin1'));

describe('likeness', () => {
  it.each([
    ['line ends', 'Subject: a\n\nbody\n', 'Subject: a\r\n\r\nbody\r\n'],
    ['a bare CR that a server drops', 'Subject: a\r\n\r\nbo\rdy\r\n', 'Subject: a\r\n\r\nbody\r\n'],
    ['a NUL that becomes 0x80', 'Subject: a\r\n\r\nbo\0dy\r\n', 'Subject: a\r\n\r\nbo\x80dy\r\n'],
    ['8-bit octets in the header that become X', 'Subject: \xfc\r\n\r\n\xfc\r\n', 'Subject: X\r\n\r\n\xfc\r\n'],
    ['empty lines at the end', 'Subject: a\r\n\r\nbody', 'Subject: a\r\n\r\nbody\r\n\r\n'],
  ])('sees through %s', (_what, before, after) => {
    expect(of(after)).toBe(of(before));
  });

  it.each([
    ['another body', 'Subject: a\r\n\r\none\r\n', 'Subject: a\r\n\r\ntwo\r\n'],
    ['8-bit octets in the body', 'Subject: a\r\n\r\n\xfc\r\n', 'Subject: a\r\n\r\nX\r\n'],
    ['an empty line within the body', 'Subject: a\r\n\r\na\r\nb\r\n', 'Subject: a\r\n\r\na\r\n\r\nb\r\n'],
    ['where the header ends', 'A: 1\r\nB: 2\r\n\r\n', 'A: 1\r\n\r\nB: 2\r\n'],
  ])('tells %s apart', (_what, one, other) => {
    expect(of(other)).not.toBe(of(one));
  });

  it('is the same in any chunking', () => {
    const octets = fc
      .uint8Array({ maxLength: 400 })
      .map((a) => Buffer.from(a.map((x) => [10, 13, 0, 65, 200][x % 7] ?? x)));
    fc.assert(
      fc.property(octets, fc.array(fc.nat(400)), (raw, cuts) => {
        const likeness = new Likeness();
        let from = 0;
        for (const cut of [...cuts, raw.length].sort((a, b) => a - b)) {
          likeness.update(raw.subarray(from, Math.min(cut, raw.length)));
          from = Math.min(cut, raw.length);
        }
        expect(likeness.end()).toBe(likenessOf(raw));
      }),
    );
  });
});
