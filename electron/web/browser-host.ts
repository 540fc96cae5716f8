/** What a browser can do for the app, with this machine's help: the page runs on it, so folders open here. */
import type { Activity, Host } from '../app/host.ts';
import { EngineError } from '../engine/errors.ts';
import { openWithSystem } from '../node/open-with-system.ts';

export interface BrowserHost extends Host {
  /** Jobs that are running now. */
  readonly running: number;
}

export function createBrowserHost(): BrowserHost {
  let running = 0;
  return {
    shell: 'browser',
    keychain: null,
    hasDialogs: false,
    get running() {
      return running;
    },
    chooseFolder: async () => null,
    chooseSave: async () => null,
    async openPath() {
      throw new EngineError(
        'usage',
        'A browser cannot open this file with another program. Save it, and open it yourself.',
      );
    },
    showFolder: (folder) => openWithSystem(folder),
    openExternal: (url) => openWithSystem(url),
    activity(activity: Activity) {
      running = activity.running;
    },
    // The page shows it: a terminal is no place for news of mail.
    jobEnded: () => undefined,
  };
}
