/** What stands in the application's menu, for each system. Pure: no electron. */
import type { MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '../../shared/shell.ts';
import type { Words } from './words.ts';

export interface MenuParts {
  words: Words;
  /** Names of the places in the page's rail, in its order. */
  places: readonly string[];
  run: (command: ShellCommand) => void;
  showAbout: () => void;
  isMac: boolean;
}

type Item = MenuItemConstructorOptions;

const line: Item = { type: 'separator' };
/** As many as there are digits for them. */
const SHORTCUTS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export function menuTemplate(parts: MenuParts): Item[] {
  const menus = [fileMenu(parts), editMenu(parts), viewMenu(parts), goMenu(parts)];
  return parts.isMac ? [appMenu(parts), ...menus, windowMenu(parts)] : [...menus, helpMenu(parts)];
}

function command({ run }: MenuParts, name: ShellCommand, label: string, accelerator?: string): Item {
  return { label, click: () => run(name), ...(accelerator && { accelerator }) };
}

function appMenu(parts: MenuParts): Item {
  const { words } = parts;
  return {
    label: 'Mailferry',
    submenu: [
      { role: 'about', label: words.about },
      line,
      command(parts, 'settings', words.settings, 'Command+,'),
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

function fileMenu(parts: MenuParts): Item {
  const { words, isMac } = parts;
  const last: Item[] = isMac
    ? [{ role: 'close', label: words.closeWindow }]
    : [
        command(parts, 'settings', words.settings, 'Ctrl+,'),
        line,
        { role: 'quit', label: words.quit, accelerator: 'Ctrl+Q' },
      ];
  return {
    label: words.file,
    submenu: [
      command(parts, 'add-account', words.addAccount, 'CmdOrCtrl+N'),
      command(parts, 'open-archive', words.openArchive, 'CmdOrCtrl+O'),
      line,
      command(parts, 'back-up', words.backUp, 'CmdOrCtrl+B'),
      line,
      command(parts, 'save', words.save, 'CmdOrCtrl+S'),
      command(parts, 'print', words.print, 'CmdOrCtrl+P'),
      line,
      ...last,
    ],
  };
}

function editMenu(parts: MenuParts): Item {
  const { words } = parts;
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
      command(parts, 'find', words.find, 'CmdOrCtrl+F'),
      command(parts, 'search', words.search, 'CmdOrCtrl+K'),
    ],
  };
}

function viewMenu(parts: MenuParts): Item {
  const { words } = parts;
  return {
    label: words.view,
    submenu: [
      command(parts, 'read-sizes', words.readSizes, 'CmdOrCtrl+R'),
      line,
      command(parts, 'next-pane', words.nextPane, 'F6'),
      command(parts, 'previous-pane', words.previousPane, 'Shift+F6'),
      line,
      { role: 'resetZoom', label: words.actualSize },
      { role: 'zoomIn', label: words.larger },
      // The plus sign without Shift, on keyboards where it shares its key with the equals sign.
      { role: 'zoomIn', label: words.larger, accelerator: 'CmdOrCtrl+=', visible: false },
      { role: 'zoomOut', label: words.smaller },
      line,
      { role: 'togglefullscreen', label: words.fullScreen },
    ],
  };
}

function goMenu(parts: MenuParts): Item {
  const { words, places } = parts;
  const entries = SHORTCUTS.filter((n) => n <= places.length).map((n) =>
    command(parts, `go-${n}`, withoutMnemonic(places[n - 1]!), `CmdOrCtrl+${n}`),
  );
  return {
    label: words.go,
    submenu: [command(parts, 'jobs', words.jobs, 'CmdOrCtrl+J'), ...(entries.length > 0 ? [line, ...entries] : [])],
  };
}

/** An ampersand would underline the letter after it and vanish. */
function withoutMnemonic(name: string): string {
  return name.replaceAll('&', '&&');
}

function windowMenu({ words }: MenuParts): Item {
  return {
    label: words.window,
    role: 'windowMenu',
    submenu: [
      { role: 'minimize', label: words.minimise },
      { role: 'zoom', label: words.zoom },
      line,
      { role: 'front', label: words.allToFront },
    ],
  };
}

function helpMenu({ words, showAbout }: MenuParts): Item {
  return { label: words.help, submenu: [{ label: words.about, click: showAbout }] };
}
