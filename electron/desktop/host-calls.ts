/** What the engine may ask of this computer. Paths and URLs come from the page in the end: each is looked at again. */
import { isAbsolute } from 'node:path';
import { shell, type BrowserWindow } from 'electron';
import type { Keychain } from '../app/host.ts';
import { chooseFolder, chooseSave } from './dialogs.ts';
import type { HostCalls } from './messages.ts';
import { openOutside } from './outside.ts';
import type { Words } from './words.ts';

export interface HostPorts {
  window: () => BrowserWindow | null;
  words: () => Words;
  keychain: Keychain | null;
}

export function hostCalls({ window, words, keychain }: HostPorts): HostCalls {
  return {
    chooseFolder: (purpose, start) => chooseFolder(window(), words(), purpose, start),
    chooseSave: (fileName) => chooseSave(window(), fileName),
    openPath: async (file) => {
      const problem = isAbsolute(file) ? await shell.openPath(file) : 'not a full path';
      if (problem) throw new Error(problem);
    },
    showFolder: async (folder) => {
      const problem = isAbsolute(folder) ? await shell.openPath(folder) : 'not a full path';
      if (problem) throw new Error(problem);
    },
    openExternal: async (url) => {
      const page = window()?.webContents;
      if (!page || !openOutside(url, page)) throw new Error('Only a click of the user opens a page.');
    },
    seal: async (text) => usable(keychain).seal(text),
    open: async (sealed) => usable(keychain).open(Buffer.from(sealed)),
  };
}

function usable(keychain: Keychain | null): Keychain {
  if (!keychain) throw new Error('This system has no keychain.');
  return keychain;
}
