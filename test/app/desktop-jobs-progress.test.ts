/** What a running job does to the computer: progress on the task bar, a word at its end, and keeping it awake. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressOf, fillInbox } from '../helpers/app-user.ts';
import { DesktopUser } from '../helpers/desktop-user.ts';
import { describeDesktop } from '../helpers/electron-app.ts';
import { clickNotification, spyOnShell, whatShellDid } from '../helpers/electron-spies.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

/** Some seconds at the speed limit. */
const MESSAGES = 100;

let user: DesktopUser;
afterEach(() => user.clean());

describeWith(['dovecot'], 'with a mail server', () =>
  describeDesktop('a running job', () => {
    let server: TestServer;
    let account: TestUser;

    beforeEach(async () => {
      server = await dovecot({ format: 'maildir' });
      account = await server.user();
      await fillInbox(server, account, MESSAGES);
      user = new DesktopUser();
      const { app } = await user.start();
      await spyOnShell(app);
      await user.chooseBackup();
      await user.addAccount(server, account);
      await user.limitSpeed();
    });

    async function backUpToTheEnd(): Promise<void> {
      await user.startBackup(account);
      await user.heading(`${addressOf(account)} is backed up`);
    }

    test('shows how far it is, keeps the computer awake until it pauses or ends, and is told when nobody looks', async () => {
      const { app } = user.desktop;
      await look(false);
      await user.backUpSome(account, 5);
      await user.press('Pause');
      await expect.poll(async () => (await whatShellDid(app)).awake, { timeout: 10_000 }).toEqual(['on', 'off']);
      await user.press('Go on');
      await user.heading(`${addressOf(account)} is backed up`);
      await expect.poll(async () => (await whatShellDid(app)).progress.at(-1)).toBe(-1);
      const did = await whatShellDid(app);
      const known = did.progress.filter((value) => value >= 0 && value <= 1);
      expect(known.length).toBeGreaterThan(1);
      expect(known).toEqual([...known].sort((a, b) => a - b));
      expect(did.progress.slice(1, -1)).not.toContain(-1);
      expect(did.awake).toEqual(['on', 'off', 'on', 'off']);
      expect(did.notifications).toEqual([
        { title: 'Backup complete', body: `${addressOf(account)}: ${MESSAGES} messages` },
      ]);

      await user.go('Settings');
      await clickNotification(app);
      await user.heading(`${addressOf(account)} is backed up`);
    });

    test('says nothing at its end to somebody who is looking', async () => {
      await look(true);
      await backUpToTheEnd();
      expect((await whatShellDid(user.desktop.app)).notifications).toEqual([]);
    });

    test('neither tells its end nor keeps the computer awake when the user wants neither', async () => {
      await look(false);
      await user.page.getByRole('switch', { name: 'Tell me when a job has ended' }).click();
      await user.page.getByRole('switch', { name: 'Keep the computer awake while a job runs' }).click();
      await backUpToTheEnd();
      const did = await whatShellDid(user.desktop.app);
      expect([did.awake, did.notifications]).toEqual([[], []]);
    });

    /** Whether the window has the focus: on a screen without a window manager none ever has. */
    function look(isFocused: boolean): Promise<void> {
      return user.desktop.app.evaluate(({ BrowserWindow }, focused) => {
        BrowserWindow.prototype.isFocused = () => focused;
      }, isFocused);
    }
  }),
);
