/** The menu of the right mouse button where there is text. Everything else is the page's own. */
import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron';
import type { Words } from './words.ts';

export function offerContextMenu(window: BrowserWindow, words: () => Words): void {
  window.webContents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
    const { cut, copy, paste, selectAll } = words();
    const copying: MenuItemConstructorOptions = { role: 'copy', label: copy, enabled: editFlags.canCopy };
    const items: MenuItemConstructorOptions[] = isEditable
      ? [
          { role: 'cut', label: cut, enabled: editFlags.canCut },
          copying,
          { role: 'paste', label: paste, enabled: editFlags.canPaste },
          { type: 'separator' },
          { role: 'selectAll', label: selectAll },
        ]
      : selectionText.trim() === ''
        ? []
        : [copying];
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
}
