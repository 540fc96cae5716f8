/** The window is closed while a job runs: it asks, pauses durably, and the next start goes on. */
import { afterEach, expect, test } from 'vitest';
import { addressOf, fillInbox } from '../helpers/app-user.ts';
import { DesktopUser, subjectsOf } from '../helpers/desktop-user.ts';
import { describeDesktop } from '../helpers/electron-app.ts';
import {
  answerQuestions,
  chooseMenu,
  closeWindow,
  questionsAsked,
  spyOnShell,
  whatShellDid,
} from '../helpers/electron-spies.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';

const MESSAGES = 150;
const PAUSE_AND_CLOSE = 0;
const KEEP_RUNNING = 1;
/** Closing waits for what is under way to be stored, and no longer. */
const CLOSES_WITHIN_MS = 5000;

let user: DesktopUser;
afterEach(() => user.clean());

describeWith(['dovecot'], 'with a mail server', () =>
  describeDesktop('closing the window on a running job', () => {
    test('asks, keeps running or pauses as the user says, and the next start goes on', async () => {
      const server = await dovecot({ format: 'maildir' });
      const account = await server.user();
      await fillInbox(server, account, MESSAGES);
      user = new DesktopUser();
      const { app, ended, problems } = await user.startWithRunningBackup(server, account);

      await answerQuestions(app, KEEP_RUNNING, PAUSE_AND_CLOSE);
      await closeWindow(app);
      expect(await questionsAsked(app)).toEqual([
        {
          message: 'A job is running',
          detail: 'Mailferry pauses the job and goes on with it next time. Nothing is lost.',
          buttons: ['Pause and close', 'Keep running'],
        },
      ]);
      await user.waitForStored((await user.storedSoFar()) + 10);

      const startedMs = performance.now();
      await closeWindow(app);
      await ended;
      expect(performance.now() - startedMs).toBeLessThan(CLOSES_WITHIN_MS);
      expect(user.jobStates()).toEqual(['stopped']);
      expect(problems).toEqual([]);
      const stored = user.subjectsIn(account);
      expect(stored.length).toBeGreaterThan(20);
      expect(stored.length).toBeLessThan(MESSAGES);

      const { problems: later, app: again } = await user.start();
      await spyOnShell(again);
      await user.page.getByRole('dialog').waitFor();
      // A question is answered first: the menu leads nowhere meanwhile.
      await chooseMenu(again, 'Jobs');
      await user.givePassword(account);
      await user.page.getByText('The backup was stopped').waitFor();
      await user.press('Go on');
      await user.heading(`${addressOf(account)} is backed up`);
      expect(user.subjectsIn(account)).toEqual(subjectsOf(MESSAGES));
      expect(later).toEqual([]);

      // Nothing runs any more: nothing is asked.
      await expect.poll(async () => (await whatShellDid(again)).progress.at(-1)).toBe(-1);
      await answerQuestions(again);
      await closeWindow(again);
      await user.desktop.ended;
    });

    test('asks when quitting, too; and when the system ends the app over the question, pauses all the same', async () => {
      const server = await dovecot({ format: 'maildir' });
      const account = await server.user();
      await fillInbox(server, account, MESSAGES);
      user = new DesktopUser();
      const { app, pid, ended } = await user.startWithRunningBackup(server, account);
      // Nobody answers.
      await answerQuestions(app);
      await chooseMenu(app, 'Quit Mailferry');
      await expect.poll(async () => (await questionsAsked(app)).length).toBe(1);

      const startedMs = performance.now();
      process.kill(pid, 'SIGTERM');
      await ended;
      expect(performance.now() - startedMs).toBeLessThan(CLOSES_WITHIN_MS);
      expect(user.jobStates()).toEqual(['stopped']);

      await user.start();
      await user.givePassword(account);
      await user.page.getByText('The backup was stopped').waitFor();
      await user.press('Go on');
      await user.heading(`${addressOf(account)} is backed up`);
      expect(user.subjectsIn(account)).toEqual(subjectsOf(MESSAGES));
    });
  }),
);
