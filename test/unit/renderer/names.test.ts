import { expect, test } from 'vitest';
import { accountText, senderText } from '../../../renderer/lib/names.ts';

test.each([
  ['Ofenbau Wessel <verkauf@wessel.example>', [], 'Ofenbau Wessel'],
  ['verkauf@wessel.example', [], 'verkauf@wessel.example'],
  ['<verkauf@wessel.example>', [], '<verkauf@wessel.example>'],
  ['A <b> C <d@e>', [], 'A <b> C'],
  [String.raw`"Edmund \"Ned\" Larkhill (Press)" <d@e>`, [], 'Edmund "Ned" Larkhill (Press)'],
  ['', [], ''],
] as const)('a list names %j', (from, hits, shown) => expect(senderText(from, [...hits])).toBe(shown));

test('a hit in the address is seen, one in the name needs no address', () => {
  const from = 'Papierpost <rechnung@papierpost.example>';
  expect(senderText(from, [[12, 20]])).toBe(from);
  expect(senderText(from, [[0, 6]])).toBe('Papierpost');
});

test.each([
  ['anna@example.org@imap.example.net', 'anna@example.org'],
  ['anna@imap.example.net', 'anna@imap.example.net'],
])('an archive names its account %s as %s', (account, shown) => expect(accountText(account)).toBe(shown));
