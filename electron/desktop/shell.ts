/** The window and its page as the rest of the shell speaks to them: opened when needed, made again when it dies. */
import { BrowserWindow, type Session } from 'electron';
import type { ShellNews } from '../../shared/shell.ts';
import { offerContextMenu } from './context-menu.ts';
import { openMenuByKey } from './menu.ts';
import type { DesktopSettings } from './settings.ts';
import { bringForward, openWindow } from './window.ts';
import type { Words } from './words.ts';

/** A page that dies more often than this in a minute would only die again. */
const MAX_DEATHS_A_MINUTE = 3;

export interface ShellPorts {
  session: Session;
  preload: string;
  icon: string;
  settings: DesktopSettings;
  words: () => Words;
  /** The page was loaded and has no port yet. */
  loaded: (window: BrowserWindow) => void;
  /** @returns false: the window stays */
  mayClose: () => boolean;
  /** The page died again and again. @returns whether to try once more */
  askAfterDeaths: (window: BrowserWindow) => Promise<boolean>;
  quit: () => void;
}

export class Shell {
  readonly #ports: ShellPorts;
  #window: BrowserWindow | null = null;
  #isLoaded = false;
  #waiting: ShellNews[] = [];
  #deaths: number[] = [];

  constructor(ports: ShellPorts) {
    this.#ports = ports;
  }

  get window(): BrowserWindow | null {
    return this.#window;
  }

  /** The page is there and listens. */
  get page(): Electron.WebContents | null {
    return this.#window && this.#isLoaded ? this.#window.webContents : null;
  }

  show(): void {
    if (this.#window) bringForward(this.#window);
    else this.#open();
  }

  /** News for a page that is not there yet waits for it. */
  tell(news: ShellNews): void {
    if (this.page) this.page.postMessage('shell', news);
    else this.#waiting.push(news);
  }

  #open(): void {
    const { settings, session, preload, icon, words, loaded, mayClose } = this.#ports;
    const window = openWindow({
      session,
      preload,
      icon,
      place: settings.window,
      moved: (place) => (settings.window = place),
      loaded: () => {
        this.#isLoaded = true;
        loaded(window);
        for (const news of this.#waiting.splice(0)) this.tell(news);
      },
    });
    this.#window = window;
    openMenuByKey(window);
    offerContextMenu(window, words);
    // Not did-start-loading, which tells of a mail's frame as well: the page still listens then.
    window.webContents.on('did-navigate', () => (this.#isLoaded = false));
    window.webContents.on('render-process-gone', (_event, { reason }) => this.#onGone(window, reason));
    window.on('close', (event) => {
      if (!mayClose()) event.preventDefault();
    });
    window.on('closed', () => {
      this.#window = null;
      this.#isLoaded = false;
    });
  }

  /** The engine and its jobs do not notice: the page comes back and asks for the state. */
  #onGone(window: BrowserWindow, reason: string): void {
    this.#isLoaded = false;
    if (reason === 'clean-exit') return;
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((at) => now - at < 60_000), now];
    // Not inside the event: Chromium is still taking the old page down.
    setTimeout(() => void this.#comeBack(window), 100);
  }

  async #comeBack(window: BrowserWindow): Promise<void> {
    if (window.isDestroyed()) return;
    if (this.#deaths.length > MAX_DEATHS_A_MINUTE) {
      this.#deaths = [];
      if (!(await this.#ports.askAfterDeaths(window))) return this.#ports.quit();
    }
    if (!window.isDestroyed()) window.webContents.reload();
  }
}
