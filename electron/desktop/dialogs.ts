/** The system's dialogs, over the window they belong to. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { Words } from './words.ts';

/** @returns null when the user thought better of it */
export async function chooseFolder(
  window: BrowserWindow | null,
  words: Words,
  purpose: 'open-archive' | 'new-archive',
  start: string | null,
): Promise<string | null> {
  const isNew = purpose === 'new-archive';
  const options: Electron.OpenDialogOptions = {
    title: isNew ? words.chooseFolder : words.chooseArchive,
    buttonLabel: isNew ? words.choose : words.open,
    properties: ['openDirectory', ...(isNew ? (['createDirectory', 'promptToCreate'] as const) : [])],
    ...(start && { defaultPath: start }),
  };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** @param fileName a safe name, no path */
export async function chooseSave(window: BrowserWindow | null, fileName: string): Promise<string | null> {
  const options: Electron.SaveDialogOptions = {
    defaultPath: join(app.getPath('downloads'), fileName),
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || !filePath ? null : filePath;
}

/** @returns whether a running job may be paused by closing */
export function mayPause(window: BrowserWindow | null, words: Words): Promise<boolean> {
  const { pauseTitle: message, pauseText: detail, pauseAndClose, keepRunning } = words;
  return agrees(window, { type: 'question', message, detail, buttons: [pauseAndClose, keepRunning], cancelId: 1 });
}

/** @returns whether the window is to be shown again; else the user would rather quit */
export function mayShowAgain(window: BrowserWindow, words: Words): Promise<boolean> {
  const { windowStopped: message, windowStoppedText: detail, showAgain, quit } = words;
  return agrees(window, { type: 'warning', message, detail, buttons: [showAgain, quit], cancelId: 0 });
}

/** @returns whether the first button was taken */
async function agrees(window: BrowserWindow | null, question: MessageBoxOptions): Promise<boolean> {
  return (await ask(window, { ...question, defaultId: 0, noLink: true })) === 0;
}

export async function tellNotInArchive(window: BrowserWindow | null, words: Words): Promise<void> {
  await ask(window, { type: 'info', message: words.notInArchive, detail: words.notInArchiveText });
}

async function ask(window: BrowserWindow | null, options: MessageBoxOptions): Promise<number> {
  const titled = { title: 'Mailferry', ...options };
  const { response } = await (window ? dialog.showMessageBox(window, titled) : dialog.showMessageBox(titled));
  return response;
}
