/** Running jobs as the desktop shows them: task bar, dock, tray; and the computer kept awake. */
import { app, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { Activity } from '../app/host.ts';
import { JobTray } from './tray.ts';
import type { Words } from './words.ts';

/** Over 1 the system shows that something goes on and not how far it is. */
const INDETERMINATE = 2;

export interface ActivityPorts {
  window: () => BrowserWindow | null;
  words: () => Words;
  iconFolder: string;
  show: () => void;
}

export class ActivityShow {
  readonly #ports: ActivityPorts;
  readonly #tray: JobTray;
  #current: Activity = { running: 0, doneFraction: null, keepAwake: false };
  #blocker: number | null = null;

  constructor(ports: ActivityPorts) {
    this.#ports = ports;
    this.#tray = new JobTray(ports);
  }

  get running(): number {
    return this.#current.running;
  }

  /** Also for a window that was opened later. */
  show(activity: Activity = this.#current): void {
    this.#current = activity;
    const { running, doneFraction, keepAwake } = activity;
    const progress = running === 0 ? -1 : (doneFraction ?? INDETERMINATE);
    this.#ports.window()?.setProgressBar(progress);
    app.dock?.setBadge(running === 0 || doneFraction === null ? '' : percent(doneFraction));
    this.#tray.show(activity);
    this.#stayAwake(keepAwake && running > 0);
  }

  #stayAwake(awake: boolean): void {
    if (awake) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}

export function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}
