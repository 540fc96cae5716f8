import { describe, expect, test } from 'vitest';
import {
  formatInternalDate,
  formatSearchDay,
  parseInternalDate,
} from '../../../../electron/engine/imap/wire/internal-date.ts';
import { addNumbers, compactSet, expandSet, UidList } from '../../../../electron/engine/imap/wire/number-set.ts';
import { parseStatusLine } from '../../../../electron/engine/imap/wire/status-line.ts';

describe('INTERNALDATE', () => {
  test.each([
    ['24-Nov-2026 03:40:45 +0100', '2026-11-24T03:40:45+01:00'],
    [' 1-Feb-2020 00:00:00 +0000', '2020-02-01T00:00:00+00:00'],
    ['1-feb-2020 23:59:59 -0330', '2020-02-01T23:59:59-03:30'],
    ['29-Feb-2024 00:00:00 +1400', '2024-02-29T00:00:00+14:00'],
    ['01-Jan-0001 00:00:00 -0000', '0001-01-01T00:00:00-00:00'],
  ])('%s is %s', (served, instant) => {
    expect(parseInternalDate(served)).toBe(instant);
  });

  test.each([
    '',
    '31-Feb-2026 00:00:00 +0000',
    '29-Feb-2023 00:00:00 +0000',
    '00-Jan-2026 00:00:00 +0000',
    '01-Jan-0000 00:00:00 +0000',
    '01-Jan-2026 24:00:00 +0000',
    '01-Jan-2026 00:60:00 +0000',
    '01-Jan-2026 00:00:60 +0000',
    '01-Foo-2026 00:00:00 +0000',
    '01-Jan-2026 00:00:00 +2400',
    '01-Jan-2026 00:00:00 GMT00',
    '01-Jan-26 00:00:00 +0000',
    '2026-01-01T00:00:00Z',
    '01-Jan-2026 00:00:00 +000',
    'xx-Jan-2026 00:00:00 +0000',
    '01-Jan-2026 00:00:0x +0000',
  ])('%s is no date', (served) => {
    expect(parseInternalDate(served)).toBeNull();
  });

  test.each([
    ['2026-11-24T03:40:45+01:00', '24-Nov-2026 03:40:45 +0100'],
    ['2020-02-01T00:00:00.999Z', '01-Feb-2020 00:00:00 +0000'],
    ['2026-02-30T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['yesterday', null],
  ])('%s is written as %s', (instant, written) => {
    expect(formatInternalDate(instant)).toBe(written);
  });

  test('a day is written for SEARCH', () => {
    expect([formatSearchDay('2026-02-01'), formatSearchDay('2026-2-1')]).toEqual(['01-Feb-2026', null]);
  });
});

describe('sets of UIDs', () => {
  test.each([
    ['4', 5, [4]],
    ['1:3,9,7:6', 9, [1, 2, 3, 9, 6, 7]],
    ['1:3', 2, null],
    ['1:4294967295', 1000, null],
    ['0', 5, null],
    ['1:*', 5, null],
    ['4294967296', 5, null],
    ['', 5, null],
  ])('%s, at most %i, has the members %j', (set, most, members) => {
    expect(expandSet(set, most)).toEqual(members);
  });

  test('are written as ranges, bounded in members and in octets', () => {
    expect(compactSet([1, 2, 3, 7, 9, 10], 0, 100)).toEqual({ set: '1:3,7,9:10', next: 6 });
    expect(compactSet([1, 2, 3, 7, 9, 10], 1, 3)).toEqual({ set: '2:3,7', next: 4 });
    const sparse = Array.from({ length: 5000 }, (_, i) => 4_000_000_000 + 2 * i);
    const { set, next } = compactSet(sparse, 0, 5000);
    expect(set.length).toBeLessThan(4100);
    expect(expandSet(set, 5000)).toEqual(sparse.slice(0, next));
  });

  test('a list of numbers may end in MODSEQ, and is sorted without duplicates', () => {
    const list = new UidList();
    addNumbers(list, ' 9 4  4 (MODSEQ 917)');
    addNumbers(list, '');
    for (let i = 2000; i > 0; i--) list.push(i);
    expect(Array.from(list.toSorted())).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1));
  });

  test.each([' 1 x', ' 0', ' 4294967296', ' 1,2'])('a list of numbers such as "%s" is refused', (text) => {
    expect(() => addNumbers(new UidList(), text)).toThrow(expect.objectContaining({ code: 'protocol-error' }));
  });
});

describe('a status line', () => {
  test.each([
    ['OK [UIDVALIDITY 7] fine', { status: 'OK', code: 'UIDVALIDITY', args: '7', text: 'fine' }],
    ['no [overquota] Full', { status: 'NO', code: 'OVERQUOTA', args: '', text: 'Full' }],
    ['OK [PERMANENTFLAGS (\\Seen "]")] x', { status: 'OK', code: 'PERMANENTFLAGS', args: '(\\Seen "]")', text: 'x' }],
    ['BAD', { status: 'BAD', code: null, args: '', text: '' }],
    ['OK [broken', { status: 'OK', code: null, args: '', text: '[broken' }],
    ['SEARCH 1', null],
  ])('%s', (line, parsed) => {
    expect(parseStatusLine(line)).toEqual(parsed);
  });
});
