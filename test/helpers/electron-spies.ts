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
