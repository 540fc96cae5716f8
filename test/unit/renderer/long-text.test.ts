import { describe, expect, test } from 'vitest';
import { cutLongText, PIECE_LENGTH } from '../../../renderer/lib/long-text.ts';

const lengthsOf = (text: string): number[] => cutLongText(text, []).map((piece) => piece.text.length);
const FAMILY = '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}';
const FLAG = '\u{1f1e9}\u{1f1ea}';

describe('a long text is cut', () => {
  test.each([
    ['not at all when there is none', '', []],
    ['not at all when it is short', 'one\n\ntwo', [8]],
    ['not at all up to the limit', 'x'.repeat(8000), [8000]],
    ['at the limit when it has no line and no word', 'x'.repeat(20_000), [8000, 8000, 4000]],
    ['after the last line', `${'x'.repeat(4999)}\n`.repeat(3), [5000, 5000, 5000]],
    ['after the last of empty lines', '\n'.repeat(16_004), [8002, 8002]],
    ['after a line rather than a word', `line\n${'word '.repeat(2000)}`, [5, 8000, 2000]],
    ['after the last word', 'long words '.repeat(1000), [7997, 3003]],
    ['behind the end of a line that is as long', `${'x'.repeat(8000)}\n${'y'.repeat(10)}`, [8001, 10]],
    ['not between CR and LF', `${'x'.repeat(7999)}\r\n${'y'.repeat(10)}`, [8001, 10]],
    ['not before a CR LF that follows', `${'x'.repeat(8000)}\r\n${'y'.repeat(10)}`, [8002, 10]],
    ['not inside a surrogate pair', `x${'\u{1d11e}'.repeat(5000)}`, [7999, 2002]],
    ['not between a letter and its accent', `x${'e\u0301'.repeat(5000)}`, [7999, 2002]],
    ['not between a blank and its accent', `${'x'.repeat(5000)} \u0301${'y'.repeat(7000)}`, [5000, 7002]],
    ['not inside a family of emoji', `xx${FAMILY.repeat(1250)}`, [7994, 2008]],
    ['not inside a flag, however many there are', `xx${FLAG.repeat(2500)}`, [7998, 2004]],
    ['inside a letter that has thousands of accents', `a${'\u0301'.repeat(9999)}`, [8000, 2000]],
    ['not inside an accent of such a letter', `a${'\u{1d165}'.repeat(5000)}`, [7999, 2002]],
    ['where a half of a surrogate pair is all there is', '\ud834'.repeat(9000), [8000, 1000]],
  ])('%s', (_, text, lengths) => {
    const pieces = cutLongText(text, []);
    expect(pieces.map((piece) => piece.text.length)).toEqual(lengths);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });

  test.each([
    ['short lines', 'x\n'.repeat(50_000)],
    ['words that grow', Array.from({ length: 400 }, (_, n) => 'w'.repeat(n)).join(' ')],
    ['lines just too long to stand together', `\n${'x'.repeat(8000)}`.repeat(12)],
  ])('into few pieces, none too long: %s', (_, text) => {
    const lengths = lengthsOf(text);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(PIECE_LENGTH + 2);
    expect(lengths.length).toBeLessThanOrEqual((2 * text.length) / PIECE_LENGTH + 1);
  });
});

describe('hits of a long text', () => {
  const text = 'x'.repeat(20_000);

  test('are those of its piece, and of both where a cut goes through', () => {
    const hits = cutLongText(text, [
      [10, 20],
      [7990, 8010],
      [8010, 8020],
      [16_000, 16_004],
    ]).map((piece) => piece.hits);
    expect(hits).toEqual([
      [
        [10, 20],
        [7990, 8000],
      ],
      [
        [0, 10],
        [10, 20],
      ],
      [[0, 4]],
    ]);
  });

  test('that end or begin at a cut are in one piece', () => {
    const hits = cutLongText(text, [
      [7000, 8000],
      [8000, 8001],
    ]).map((piece) => piece.hits);
    expect(hits).toEqual([[[7000, 8000]], [[0, 1]], []]);
  });
});
