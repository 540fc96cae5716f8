/** The application's menu and with it the shortcuts. On Windows and Linux it opens with Alt or F10. */
import { app, Menu, type BrowserWindow } from 'electron';
import type { ShellCommand } from '../../shared/shell.ts';
import { menuTemplate } from './menu-template.ts';
import type { Words } from './words.ts';

const isMac = process.platform === 'darwin';

/** @param icon for the About panel, where the system takes none from the app */
export function describeApp(icon: string): void {
  app.setAboutPanelOptions({ applicationName: 'Mailferry', applicationVersion: app.getVersion(), iconPath: icon });
}

/** @param places names of what the page's rail leads to */
export function applyMenu(words: Words, places: readonly string[], run: (command: ShellCommand) => void): void {
  const template = menuTemplate({ words, places, run, isMac, showAbout: () => app.showAboutPanel() });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Alt alone or F10, as elsewhere on these systems: the hidden title bar leaves no room for a menu bar. */
export function openMenuByKey(window: BrowserWindow): void {
  if (isMac) return;
  let altAlone = false;
  window.webContents.on('before-input-event', (event, { type, key }) => {
    const opens = key === 'F10' ? type === 'keyDown' : key === 'Alt' && type === 'keyUp' && altAlone;
    altAlone = key === 'Alt' && type === 'keyDown';
    if (!opens) return;
    event.preventDefault();
    Menu.getApplicationMenu()?.popup({ window, x: 8, y: 40 });
  });
}
