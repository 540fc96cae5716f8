import { expect, test } from 'vitest';
import { firstWords } from '../../../electron/engine/browse/snippets.ts';

test.each([
  ['one line of words', 'one line of words'],
  ['  blanks\r\n and\tlines ', 'blanks and lines'],
  ['words beyond the twenty letters', 'words beyond the…'],
  ['aWordThatIsLongerThanAllOfIt', 'aWordThatIsLongerTha…'],
])('a list shows of %j the words that fit', (text, shown) => expect(firstWords(text, 20)).toBe(shown));
