/** i18next with both languages in the bundle; numbers in texts go through lib/format.ts. */
import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { formatCount, formatPercent, formatSize, type Language } from '../lib/format.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

const languageOf = (lng: string | undefined): Language => (lng === 'de' ? 'de' : 'en');

/** `{{count, n}}` a number, `{{bytes, size}}` a size, `{{part, percent}}` a fraction. */
export function createTexts(language: Language): i18n {
  const texts = createInstance();
  void texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en, de },
    defaultNS: 'common',
    // React escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  texts.services.formatter?.add('n', (value, lng) => formatCount(Number(value), languageOf(lng)));
  texts.services.formatter?.add('size', (value, lng) => formatSize(Number(value), languageOf(lng)));
  texts.services.formatter?.add('percent', (value, lng) => formatPercent(Number(value), languageOf(lng)));
  return texts;
}
