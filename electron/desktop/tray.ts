/** An icon in the tray while a job runs: the water rises as the job goes on. */
import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Activity } from '../app/host.ts';
import type { Words } from './words.ts';

/** build/icons.mjs draws one picture for each. */
const LEVELS = 5;

export interface TrayPorts {
  words: () => Words;
  iconFolder: string;
  show: () => void;
}

export class JobTray {
  readonly #ports: TrayPorts;
  #tray: Tray | null = null;
  #level = -1;

  constructor(ports: TrayPorts) {
    this.#ports = ports;
  }

  show({ running, doneFraction }: Activity): void {
    if (running === 0) {
      this.#tray?.destroy();
      this.#tray = null;
      this.#level = -1;
      return;
    }
    this.#setLevel(Math.min(LEVELS - 1, Math.floor((doneFraction ?? 0) * LEVELS)));
    const share = doneFraction === null ? '' : ` · ${Math.floor(doneFraction * 100)} %`;
    this.#tray?.setToolTip(`Mailferry: ${this.#ports.words().running.replace('{n}', String(running))}${share}`);
  }

  #setLevel(level: number): void {
    if (level === this.#level) return;
    this.#level = level;
    const image = picture(this.#ports.iconFolder, level);
    if (this.#tray) this.#tray.setImage(image);
    else this.#tray = this.#open(image);
  }

  #open(image: Electron.NativeImage): Tray {
    const tray = new Tray(image);
    const { words, show } = this.#ports;
    tray.on('click', show);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words().show, click: show },
        { type: 'separator' },
        { role: 'quit', label: words().quit },
      ]),
    );
    return tray;
  }
}

/** On macOS a template, which the system colours; the larger picture beside it (@2x) is found by its name. */
function picture(folder: string, level: number): Electron.NativeImage {
  const name = process.platform === 'darwin' ? `tray-${level}-Template.png` : `tray-${level}.png`;
  return nativeImage.createFromPath(join(folder, name));
}
