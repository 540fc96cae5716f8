import { describe, expect, test } from 'vitest';
import { de } from '../../../renderer/i18n/de/index.ts';
import { en } from '../../../renderer/i18n/en/index.ts';
import { createTexts } from '../../../renderer/i18n/setup.ts';

function leaves(node: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (typeof value === 'string') found.set(path + key, value);
    else for (const [below, text] of leaves(value as object, `${path}${key}.`)) found.set(below, text);
  }
  return found;
}

const placeholders = (text: string) => (text.match(/\{\{[^}]*\}\}/g) ?? []).sort();
const english = leaves(en);
const german = leaves(de);

describe('English and German say the same', () => {
  test('they have the same keys', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
    expect(english.size).toBeGreaterThan(400);
  });

  test('they have the same placeholders', () => {
    const different = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(german.get(key) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  test('no text is empty, shouts or apologises', () => {
    const bad = [...english, ...german].filter(([, text]) => text.trim() === '' || /!|\boops\b|\bplease\b/i.test(text));
    expect(bad).toEqual([]);
  });

  test('every plural has both forms', () => {
    const lonely = [...english.keys()].filter(
      (key) => key.endsWith('_one') && !english.has(key.replace(/_one$/, '_other')),
    );
    expect(lonely).toEqual([]);
  });
});

test('numbers in texts are written as the language writes them', () => {
  expect(createTexts('en').t('common:messages', { count: 11_906 })).toBe('11,906 messages');
  expect(createTexts('de').t('common:messages', { count: 11_906 })).toBe('11.906 Nachrichten');
  expect(createTexts('de').t('common:messages', { count: 1 })).toBe('1 Nachricht');
});
