/** One file of the shell's own in the data folder: where the window was, what it obeys, and the app's document. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import Store from 'electron-store';
import type { Preferences } from './messages.ts';
import type { WindowPlace } from './window-place.ts';

interface Stored {
  window: WindowPlace | null;
  preferences: Preferences;
  document: unknown;
}

const DEFAULTS: Stored = { window: null, preferences: { language: 'system', theme: 'system' }, document: null };

export class DesktopSettings {
  readonly #store: Store<Stored>;

  /** A file that cannot be read is put aside under another name, never overwritten. */
  constructor(folder: string) {
    const open = () => new Store<Stored>({ cwd: folder, name: 'settings', defaults: DEFAULTS, configFileMode: 0o600 });
    try {
      this.#store = open();
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      renameSync(join(folder, 'settings.json'), join(folder, `settings-damaged-${Date.now()}.json`));
      this.#store = open();
    }
  }

  get window(): WindowPlace | null {
    return this.#store.get('window');
  }

  set window(place: WindowPlace | null) {
    this.#store.set('window', place);
  }

  get preferences(): Preferences {
    return this.#store.get('preferences');
  }

  set preferences(preferences: Preferences) {
    this.#store.set('preferences', preferences);
  }

  get document(): unknown {
    return this.#store.get('document');
  }

  set document(document: unknown) {
    this.#store.set('document', document);
  }
}
