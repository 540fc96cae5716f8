/// <reference lib="dom" />
/** The engine dies or the page dies, in the middle of a job and of whatever else was asked. */
import { once } from 'node:events';
import net from 'node:net';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { addressOf, fillInbox } from '../helpers/app-user.ts';
import { DesktopUser, subjectsOf } from '../helpers/desktop-user.ts';
import { describeDesktop } from '../helpers/electron-app.ts';
import { answerQuestions, questionsAsked } from '../helpers/electron-spies.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

const MESSAGES = 150;
const SHOW_AGAIN = 0;

let user: DesktopUser;
afterEach(() => user.clean());

describeWith(['dovecot'], 'with a mail server', () =>
  describeDesktop('in the middle of a job', () => {
    let server: TestServer;
    let account: TestUser;

    async function runningBackup() {
      server = await dovecot({ format: 'maildir' });
      account = await server.user();
      await fillInbox(server, account, MESSAGES);
      user = new DesktopUser();
      return user.startWithRunningBackup(server, account);
    }

    test('an engine that dies is told in words, and the job goes on by a click', async () => {
      const { problems, page } = await runningBackup();
      const said = await writeDownNotices(page);
      await user.killEngine();
      await page.getByText('A job was interrupted. What it stored is safe').waitFor();
      expect(await said()).toEqual([
        'Mailferry stopped for a moment and is starting again. No mail is lost.',
        'A job was interrupted. What it stored is safe, and it goes on where it stopped.Go on',
      ]);
      await user.press('Go on');
      await user.givePassword(account);
      await user.heading(`${addressOf(account)} is backed up`);
      expect(user.subjectsIn(account)).toEqual(subjectsOf(MESSAGES));

      await user.press('Open the archive');
      await page.getByRole('option').first().waitFor();
      // It hears the next question and dies of it.
      process.kill((await user.enginePid())!, 'SIGSTOP');
      await page.getByRole('option').first().click();
      await user.killEngine();
      await page.getByText('Der Brennofen ist gebraucht').first().waitFor();
      expect(problems).toEqual([]);
    });

    test('a page that dies comes back to the job, which has gone on meanwhile', async () => {
      const { app } = await runningBackup();
      const engine = await user.enginePid();
      const stored = await user.storedSoFar();
      await diesAndComesBack(app);
      // Playwright has lost sight of a page that died: it is read by the app itself.
      const shown = await app.evaluate(async ({ BrowserWindow }) => {
        const { webContents } = BrowserWindow.getAllWindows()[0]!;
        const read = `new Promise((done) => {
          const look = () => {
            const heading = document.querySelector('h1')?.textContent ?? '';
            const amount = /([\\d,]+) of [\\d,]+ messages/.exec(document.body.textContent);
            if (heading !== '' && amount) done({ heading, stored: Number(amount[1]) });
            else setTimeout(look, 50);
          };
          look();
        })`;
        return (await webContents.executeJavaScript(read)) as { heading: string; stored: number };
      });
      expect(shown.heading).toBe(`Backing up ${addressOf(account)}`);
      expect(shown.stored).toBeGreaterThanOrEqual(stored);
      await expect.poll(() => user.subjectsIn(account), { timeout: 60_000 }).toEqual(subjectsOf(MESSAGES));
      expect(await user.enginePid()).toBe(engine);
    });

    test('a page that dies again and again is not shown without asking', async () => {
      const { app } = await runningBackup();
      const engine = await user.enginePid();
      await answerQuestions(app, SHOW_AGAIN);
      for (let death = 1; death <= 4; death++) await diesAndComesBack(app);
      expect(await questionsAsked(app)).toEqual([
        {
          message: 'The window stopped several times',
          detail: 'Mailferry itself goes on, and so do running jobs.',
          buttons: ['Show it again', 'Quit Mailferry'],
        },
      ]);
      expect(await user.enginePid()).toBe(engine);
    });
  }),
);

describeDesktop('a call that waits for its answer', () => {
  test('ends in a plain sentence when the engine dies, and can be made again', async () => {
    user = new DesktopUser();
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as net.AddressInfo;
    const { problems, page } = await user.start();
    await user.chooseBackup();
    await user.fillAccount({ port }, { name: 'anna', password: 'a password' });
    const connected = once(silent, 'connection');
    await user.press('Sign in');
    await connected;
    await user.killEngine();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect((await alert.innerText()).split(/\n+/)).toEqual([
      'This was cut off',
      'Mailferry stopped in the middle of it and is starting again. No mail is lost. Try again in a moment.',
      'Details',
    ]);
    const again = once(silent, 'connection');
    await user.press('Sign in');
    await again;
    expect(problems).toEqual([]);
    silent.close();
  });
});

function diesAndComesBack(app: ElectronApplication): Promise<void> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    const loaded = new Promise((done) => webContents.once('did-finish-load', () => done(undefined)));
    webContents.forcefullyCrashRenderer();
    await loaded;
  });
}

/** @returns what stood in message bars since then, each once, in turn */
async function writeDownNotices(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said = new Set<string>();
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      for (const bar of document.querySelectorAll('.msgbar')) said.add(bar.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => [...(globalThis as unknown as { said: Set<string> }).said]);
}
