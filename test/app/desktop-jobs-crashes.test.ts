/// <reference lib="dom" />
/** The engine or the page dies in the middle of a job. */
import { afterEach, expect, test } from 'vitest';
import { addressOf, fillInbox } from '../helpers/app-user.ts';
import { DesktopUser, subjectsOf } from '../helpers/desktop-user.ts';
import { describeDesktop } from '../helpers/electron-app.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';

const MESSAGES = 150;

let user: DesktopUser;
afterEach(() => user.clean());

describeWith(['dovecot'], 'with a mail server', () =>
  describeDesktop('in the middle of a job', () => {
    test('an engine that dies is told in words, and the job goes on by a click', async () => {
      const server = await dovecot({ format: 'maildir' });
      const account = await server.user();
      await fillInbox(server, account, MESSAGES);
      user = new DesktopUser();
      const { problems, page } = await user.startWithRunningBackup(server, account);
      await page.evaluate(() => {
        const said: string[] = [];
        Object.assign(globalThis, { said });
        new MutationObserver(() => {
          for (const bar of document.querySelectorAll('.msgbar')) said.push(bar.textContent);
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      process.kill((await user.enginePid())!, 'SIGKILL');
      await page.getByText('A job was interrupted.').waitFor();
      const said = await page.evaluate(() => [...new Set((globalThis as unknown as { said: string[] }).said)]);
      console.log(said);
      await user.press('Go on');
      await user.givePassword(account);
      await user.heading(`${addressOf(account)} is backed up`);
      expect(user.subjectsIn(account)).toEqual(subjectsOf(MESSAGES));
      expect(problems).toEqual([]);
    });
  }),
);
