import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase, type SqliteKind } from '../../../electron/engine/archive/catalog-driver.ts';
import { readTerms, toFts, wordsOf } from '../../../electron/engine/browse/search-words.ts';

afterEach(() => {
  delete process.env['MAILFERRY_SQLITE'];
});

const TYPED = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '„',
        '“',
        '*',
        'AND',
        'OR',
        'NOT',
        'NEAR(',
        ')',
        '^',
        '-',
        ':',
        '{',
        '}',
        '+',
        'kiln',
        'ß',
        'ä',
        '开',
        ' ',
        '\0',
      ),
    )
    .map((parts) => parts.join('')),
);

describe.each<SqliteKind>(['native', 'wasm'])('with %s SQLite', (kind) => {
  test('whatever is typed is a question that FTS5 understands', () => {
    if (kind === 'wasm') process.env['MAILFERRY_SQLITE'] = 'wasm';
    const db = openDatabase(':memory:', { readOnly: false });
    db.exec(
      `CREATE VIRTUAL TABLE head USING fts5 (sender, subject, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3')`,
    );
    db.exec("INSERT INTO head VALUES ('kiln', 'AND OR NOT')");
    const ask = db.prepare('SELECT group_concat(rowid) FROM head WHERE head MATCH ?');
    fc.assert(
      fc.property(TYPED, fc.constantFrom(null, 'sender subject'), (typed, columns) => {
        for (const term of readTerms(typed)) ask.get(toFts(term, columns));
      }),
      { numRuns: 300 },
    );
    expect(ask.get(toFts(readTerms('NOT')[0]!, null))).toEqual(['1']);
    db.close();
  });
});

test('a text without letters asks for nothing', () => {
  expect(readTerms('"*" -- !!')).toEqual([]);
});

test('case and accents do not count, and Hangul stays whole', () => {
  expect(wordsOf('Ångström ÉTÉ 한국')).toEqual(['angstrom', 'ete', '한국']);
});
