/** The application's menu and with it the shortcuts. On Windows and Linux it opens with Alt or F10. */
import { app, Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../../shared/shell.ts';
import type { Words } from './words.ts';

type Do = (command: ShellCommand) => void;
type Item = MenuItemConstructorOptions;

const isMac = process.platform === 'darwin';
const line: Item = { type: 'separator' };

export function applyMenu(words: Words, run: Do): void {
  const menus = [fileMenu(words, run), editMenu(words, run), viewMenu(words, run), goMenu(words, run)];
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(isMac ? [appMenu(words, run), ...menus, windowMenu(words)] : [...menus, helpMenu(words)]),
  );
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

function command(run: Do, name: ShellCommand, label: string, accelerator?: string): Item {
  return { label, click: () => run(name), ...(accelerator && { accelerator }) };
}

function appMenu(words: Words, run: Do): Item {
  return {
    label: 'Mailferry',
    submenu: [
      { role: 'about', label: words.about },
      line,
      command(run, 'settings', words.settings, 'Command+,'),
      line,
      { role: 'services', label: words.services },
      line,
      { role: 'hide', label: words.hide },
      { role: 'hideOthers', label: words.hideOthers },
      { role: 'unhide', label: words.showAll },
      line,
      { role: 'quit', label: words.quit },
    ],
  };
}

function fileMenu(words: Words, run: Do): Item {
  const last: Item[] = isMac
    ? [{ role: 'close', label: words.closeWindow }]
    : [
        command(run, 'settings', words.settings, 'Ctrl+,'),
        line,
        { role: 'quit', label: words.quit, accelerator: 'Ctrl+Q' },
      ];
  return {
    label: words.file,
    submenu: [
      command(run, 'add-account', words.addAccount, 'CmdOrCtrl+N'),
      command(run, 'open-archive', words.openArchive, 'CmdOrCtrl+O'),
      line,
      command(run, 'back-up', words.backUp, 'CmdOrCtrl+B'),
      line,
      command(run, 'save', words.save, 'CmdOrCtrl+S'),
      command(run, 'print', words.print, 'CmdOrCtrl+P'),
      line,
      ...last,
    ],
  };
}

function editMenu(words: Words, run: Do): Item {
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      line,
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
      line,
      command(run, 'find', words.find, 'CmdOrCtrl+F'),
      command(run, 'search', words.search, 'CmdOrCtrl+K'),
    ],
  };
}

function viewMenu(words: Words, run: Do): Item {
  return {
    label: words.view,
    submenu: [
      command(run, 'read-sizes', words.readSizes, 'CmdOrCtrl+R'),
      line,
      command(run, 'next-pane', words.nextPane, 'F6'),
      command(run, 'previous-pane', words.previousPane, 'Shift+F6'),
      line,
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.larger },
      { role: 'zoomOut', label: words.smaller },
      line,
      { role: 'togglefullscreen', label: words.fullScreen },
    ],
  };
}

function goMenu(words: Words, run: Do): Item {
  const entries = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((n) =>
    command(run, `go-${n}`, words.entry.replace('{n}', String(n)), `CmdOrCtrl+${n}`),
  );
  return { label: words.go, submenu: [command(run, 'jobs', words.jobs, 'CmdOrCtrl+J'), line, ...entries] };
}

function windowMenu(words: Words): Item {
  return {
    label: words.window,
    role: 'windowMenu',
    submenu: [{ role: 'minimize', label: words.minimise }, { role: 'front' }],
  };
}

function helpMenu(words: Words): Item {
  return { label: words.help, submenu: [{ label: words.about, click: () => app.showAboutPanel() }] };
}
