/** Follows the settings that the shell itself obeys, by the same call that a window makes. */
import { createRouterClient } from '@orpc/server';
import type { App } from '../app/app.ts';
import type { Preferences } from './messages.ts';

export function followPreferences({ router }: App, tell: (preferences: Preferences) => void): void {
  void follow();

  /** Ends with the app; what it told last still holds then. */
  async function follow(): Promise<void> {
    let told = '';
    const states = await createRouterClient(router, { context: {} }).app.watch();
    for await (const { settings } of states) {
      const { language, theme } = settings;
      if (told !== `${language} ${theme}`) tell({ language, theme });
      told = `${language} ${theme}`;
    }
  }
}
