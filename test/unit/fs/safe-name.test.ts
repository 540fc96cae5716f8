import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctName, nameKey, safeName } from '../../../electron/engine/fs/safe-name.ts';

describe('a safe name', () => {
  it.each([
    ['INBOX', 'INBOX'],
    ['Entwürfe', 'Entwürfe'],
    ['Entwu\u0308rfe', 'Entwürfe'],
    ['🚀 Launch', '🚀 Launch'],
    ['a/b\\c', 'a%2Fb%5Cc'],
    ['..', '%2E%2E'],
    ['.', '%2E'],
    ['.hidden', '%2Ehidden'],
    ['', '%'],
    ['100%', '100%25'],
    ['a\0b\n', 'a%00b%0A'],
    ['CON', '%43ON'],
    ['aux.txt', '%61ux.txt'],
    ['COM1', '%43OM1'],
    ['dot.', 'dot%2E'],
    ['blank ', 'blank%20'],
    ['INBOX.sbd', 'INBOX%2Esbd'],
    ['x.PART', 'x%2EPART'],
    ['y.1.new', 'y.1%2Enew'],
    ['right\u202eleft', 'right%E2%80%AEleft'],
    ['\ud800', '%EF%BF%BD'],
  ])('of %j is %j', (segment, expected) => {
    expect(safeName(segment)).toBe(expected);
  });

  it('is at most 160 octets long and cut between characters', () => {
    for (const text of [
      'x'.repeat(300),
      'ü'.repeat(300),
      '👨‍👩‍👧'.repeat(60),
      '/'.repeat(300),
      'e\u0301'.repeat(200),
      'a' + '\u0301'.repeat(2000),
    ]) {
      const name = safeName(text);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(160);
      expect(name).not.toContain('\ufffd');
      expect(name).toMatch(/^[^%]*(%[0-9A-F]{2}[^%]*)*~$/u);
    }
  });

  it('is never dangerous, whatever the mailbox is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (segment) => {
        const name = safeName(segment);
        expect(name).not.toMatch(/[/\\:*?"<>|\u0000-\u001f\u007f]/);
        expect(name).toMatch(/^[^. ](.*[^. ])?$/su);
        expect(name).not.toMatch(/\.(sbd|part|new|eml|msf|dat|lock)$/i);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(160);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('distinct names', () => {
  it.each([
    [
      ['Work', 'work', 'WORK'],
      ['Work', 'work~2', 'WORK~3'],
    ],
    [
      ['é', 'e\u0301'],
      ['é', 'é~2'],
    ],
    [
      ['straße', 'STRASSE'],
      ['straße', 'STRASSE~2'],
    ],
    [
      ['ﬁle', 'file'],
      ['ﬁle', 'file~2'],
    ],
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
  ])('of twins %j are %j', (segments, expected) => {
    const taken = new Set<string>();
    const names = segments.map((segment) => {
      const name = distinctName(segment, taken);
      taken.add(nameKey(name));
      return name;
    });
    expect(names).toEqual(expected);
  });
});
