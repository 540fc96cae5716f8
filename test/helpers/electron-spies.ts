/** What the main process does to the computer, written down there and read from here. */
import type { ElectronApplication } from 'playwright-core';

export interface Asked {
  message: string;
  detail: string;
  buttons: string[];
}

type Answers = { asked: Asked[]; answers: number[] };

/** From now on the system's questions are not shown but answered. @param answers numbers of buttons, in turn */
export async function answerQuestions(app: ElectronApplication, ...answers: number[]): Promise<void> {
  await app.evaluate(({ dialog }, next) => {
    const kept: Answers = { asked: [], answers: next };
    Object.assign(globalThis, { questions: kept });
    dialog.showMessageBox = async (...args: unknown[]) => {
      const { message, detail = '', buttons = [] } = args.at(-1) as Electron.MessageBoxOptions;
      kept.asked.push({ message, detail, buttons });
      const response = kept.answers.shift();
      // Nobody answers any more: as a dialog that stays open.
      return response === undefined ? new Promise(() => undefined) : { response, checkboxChecked: false };
    };
  }, answers);
}

/** What was asked since the last look. */
export function questionsAsked(app: ElectronApplication): Promise<Asked[]> {
  return app.evaluate(() => (globalThis as unknown as { questions: Answers }).questions.asked.splice(0));
}

export async function closeWindow(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
}

export interface ShellDeeds {
  /** As given to the task bar: 0 to 1, -1 for none, more than 1 for unknown. */
  progress: number[];
  /** The computer kept from sleeping, and let go again. */
  awake: ('on' | 'off')[];
  notifications: { title: string; body: string }[];
}

type Spied = ShellDeeds & { last: Electron.Notification | null };

/** From now on; nothing but the notifications is kept from happening. */
export async function spyOnShell(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification, powerSaveBlocker }) => {
    const spied: Spied = { progress: [], awake: [], notifications: [], last: null };
    Object.assign(globalThis, { spied });
    // Called with its window below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const setProgressBar = BrowserWindow.prototype.setProgressBar;
    BrowserWindow.prototype.setProgressBar = function (progress, options) {
      spied.progress.push(progress);
      setProgressBar.call(this, progress, options);
    };
    const start = powerSaveBlocker.start.bind(powerSaveBlocker);
    powerSaveBlocker.start = (type) => {
      spied.awake.push('on');
      return start(type);
    };
    const stop = powerSaveBlocker.stop.bind(powerSaveBlocker);
    powerSaveBlocker.stop = (id) => {
      spied.awake.push('off');
      return stop(id);
    };
    Notification.isSupported = () => true;
    Notification.prototype.show = function () {
      spied.notifications.push({ title: this.title, body: this.body });
      spied.last = this;
    };
  });
}

export function whatShellDid(app: ElectronApplication): Promise<ShellDeeds> {
  return app.evaluate(() => {
    const { progress, awake, notifications } = (globalThis as unknown as { spied: Spied }).spied;
    return { progress, awake, notifications };
  });
}

/** On the last one. */
export function clickNotification(app: ElectronApplication): Promise<void> {
  return app.evaluate(() => void (globalThis as unknown as { spied: Spied }).spied.last?.emit('click'));
}

/** The entry with this label or shortcut, chosen by hand. */
export async function chooseMenu(app: ElectronApplication, label: string): Promise<void> {
  await app.evaluate(({ BrowserWindow, Menu }, wanted) => {
    const items = Menu.getApplicationMenu()!.items.flatMap((menu) => menu.submenu?.items ?? []);
    const item = items.find((one) => one.label === wanted || one.accelerator === wanted);
    if (!item) throw new Error(`The menu has no ${wanted}: ${items.map((one) => one.label).join(', ')}`);
    const window = BrowserWindow.getAllWindows()[0]!;
    const click = item.click as unknown as (event: object, window: object, contents: object) => void;
    click({}, window, window.webContents);
  }, label);
}

/** Each menu's entries in one line, with the shortcuts that are our own. */
export function readMenu(app: ElectronApplication): Promise<Record<string, string[]>> {
  return app.evaluate(({ Menu }) =>
    Object.fromEntries(
      (Menu.getApplicationMenu()?.items ?? []).map((menu) => [
        menu.label,
        (menu.submenu?.items ?? [])
          .filter((item) => item.type !== 'separator' && item.visible)
          .map((item) => `${item.label} ${String(item.accelerator ?? '')}`.trim()),
      ]),
    ),
  );
}
