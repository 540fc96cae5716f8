/** The language that the shell speaks: the chosen one, or the system's. */
import { app } from 'electron';
import type { Preferences } from './messages.ts';
import { de, en, type Words } from './word-table.ts';

export type { Words } from './word-table.ts';

export function systemLanguage(): string {
  return app.getPreferredSystemLanguages()[0] ?? app.getLocale();
}

export function words({ language }: Preferences): Words {
  const chosen = language === 'system' ? systemLanguage() : language;
  return chosen.toLowerCase().startsWith('de') ? de : en;
}
