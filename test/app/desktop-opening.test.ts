/** Files that the system hands over: at the start, and to the app that is open already. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DesktopUser } from '../helpers/desktop-user.ts';
import { describeDesktop, desktopArgs, electronRuntime } from '../helpers/electron-app.ts';
import { answerQuestions, questionsAsked } from '../helpers/electron-spies.ts';
import { archiveWith, mail } from '../unit/archive/kit.ts';

describeDesktop('a file of an archive, opened in the system', () => {
  const user = new DesktopUser();
  const inData = (...names: string[]) => path.join(user.dataFolder, ...names);

  beforeAll(async () => {
    const boxes = { INBOX: [mail(1), mail(2)] };
    await archiveWith(inData('First archive'), 'mbox', boxes);
    await archiveWith(inData('Second archive'), 'eml', boxes);
    fs.writeFileSync(inData('loose.eml'), 'Subject: loose\r\n\r\nHello\r\n');
  });
  afterAll(() => user.clean());

  /** As the system starts a program for a file. */
  async function openWith(file: string): Promise<void> {
    const { env } = user.desktop;
    const second = spawn(electronRuntime().binary, [...desktopArgs(), file], { env, stdio: 'ignore' });
    expect(await new Promise((done) => second.once('exit', done))).toBe(0);
  }

  test('starts the app on that archive', async () => {
    await user.start([inData('First archive', 'mailferry.json')]);
    await user.heading('First archive');
    await user.page.getByRole('option').first().waitFor();
  });

  test('shows it in the window that is open', async () => {
    const [eml] = fs
      .readdirSync(inData('Second archive', 'mail'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.eml'));
    await openWith(inData('Second archive', 'mail', eml!));
    await user.heading('Second archive');
    await openWith(inData('First archive'));
    await user.heading('First archive');
    expect(await user.desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('brings a minimised window back to the front', async () => {
    await user.desktop.app.evaluate(({ BrowserWindow }) => {
      const { prototype } = BrowserWindow;
      const done: string[] = [];
      Object.assign(globalThis, { done });
      prototype.isMinimized = () => true;
      prototype.restore = () => void done.push('restored');
      prototype.focus = () => void done.push('focused');
    });
    await openWith(inData('First archive'));
    const done = () => user.desktop.app.evaluate(() => (globalThis as unknown as { done: string[] }).done);
    await expect.poll(done).toEqual(expect.arrayContaining(['restored', 'focused']));
  });

  test('a file of no archive is explained', async () => {
    await answerQuestions(user.desktop.app, 0);
    await openWith(inData('loose.eml'));
    await expect
      .poll(() => questionsAsked(user.desktop.app))
      .toEqual([
        {
          message: 'This file is not part of a Mailferry archive',
          detail: 'Mailferry reads mail in its archives. Open the folder that holds the file mailferry.json.',
          buttons: [],
        },
      ]);
    expect(user.desktop.problems).toEqual([]);
  });
});
