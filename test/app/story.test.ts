/**
 * The whole story as a user lives it, by what is on the screen: add an account, see its sizes, back it up, lose the app in
 * the middle, go on, read and search the archive, restore it to a second server, read the report. In both shells.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { AppUser, addressOf, fillInbox } from '../helpers/app-user.ts';
import { axeInBothThemes } from '../helpers/axe.ts';
import { launchChromium, openApp } from '../helpers/chromium.ts';
import { describeDesktop, launchDesktop } from '../helpers/electron-app.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { startServe } from '../helpers/serve-app.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer } from '../helpers/servers/server.ts';

const MESSAGES = 240;
const WAIT_MS = 60_000;

/** One life of the app, from a start to its end. */
interface Life {
  page: Page;
  problems: string[];
  /** As a power cut. */
  kill: () => Promise<void>;
}

type Start = (dataFolder: string) => Promise<Life>;

async function inBrowser(dataFolder: string): Promise<Life> {
  const served = await startServe({ dataFolder, env: { HOME: dataFolder, LANG: 'en_GB.UTF-8' } });
  const browser = await launchChromium();
  const { page, problems } = await openApp(browser, served.url);
  const kill = async () => {
    await browser.close();
    await served.kill();
  };
  return { page, problems, kill };
}

async function onDesktop(dataFolder: string): Promise<Life> {
  const language = { LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB', LC_ALL: 'en_GB.UTF-8', HOME: dataFolder };
  const desktop = await launchDesktop({ dataFolder, env: language });
  const { page, problems } = desktop;
  return { page, problems, kill: () => desktop.kill() };
}

class Story extends AppUser {
  readonly #start: Start;
  readonly dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-story-'));
  #life: Life | null = null;

  constructor(start: Start) {
    super(() => this.#life!.page);
    this.#start = start;
  }

  async begin(): Promise<void> {
    this.#life = await this.#start(this.dataFolder);
    this.page.setDefaultTimeout(WAIT_MS);
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** @throws when the page said anything wrong so far */
  async end(): Promise<void> {
    const life = this.#life;
    this.#life = null;
    if (!life) return;
    const { problems } = life;
    await life.kill();
    expect(problems).toEqual([]);
  }

  async clean(): Promise<void> {
    await this.#life?.kill();
    fs.rmSync(this.dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  }

  /** Nothing that a person with a screen reader or weak eyes would stumble over, in light and dark. */
  async look(screen: string): Promise<void> {
    expect([screen, ...(await axeInBothThemes(this.page))]).toEqual([screen]);
  }
}

async function tell(story: Story, server: TestServer): Promise<void> {
  const { page: first } = await begun(story);
  const from = await server.user();
  const to = await server.user();
  await fillInbox(server, from, MESSAGES);

  await story.look('first page');
  await story.chooseBackup();
  await story.addAccount(server, from, () => story.look('add account'));
  await first.getByRole('treegrid').getByText('Inbox').waitFor();
  await first.getByText(`${MESSAGES}`).first().waitFor();
  await story.look('account');

  await story.limitSpeed();
  await story.look('settings');
  await story.go(addressOf(from));

  await story.press('Back up');
  await story.look('before the backup');
  await story.press('Start the backup');
  await story.heading(/^Backing up/);
  await story.waitForStored(6);
  await story.look('running job');
  await story.end();

  await story.begin();
  const { page } = story;
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Password', { exact: true }).fill(from.password);
  await story.look('password');
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#root:not([aria-hidden])').waitFor();
  await page.getByText('The backup was stopped').waitFor();
  await story.look('account with a stopped backup');
  await page.getByRole('navigation').getByRole('button', { name: 'Jobs' }).click();
  await page.getByText('Stopped').first().waitFor();
  await story.look('jobs');
  await story.press('Go on');
  await story.heading(/is backed up$/);
  await story.look('report');

  await story.press('Open the archive');
  await page.getByRole('option').first().click();
  await page.getByText('Der Brennofen ist gebraucht').first().waitFor();
  await page.getByLabel('Search this archive').fill('Angebot 77');
  await page.locator('mark', { hasText: 'Angebot' }).first().waitFor();
  await page.getByText(/^1 hit in/).waitFor();
  await story.look('archive');

  await page.getByRole('navigation').getByRole('button', { name: 'Add account' }).click();
  await story.addAccount(server, to, () => story.look('add account'));
  await story.press(/Restore an archive into it/);
  await restore(story);
  await story.heading(/is restored$/);
  await page.getByText(`${MESSAGES}`).first().waitFor();
  await story.look('report of the restore');
  await story.end();

  const there = await RawImap.signIn(server, to);
  expect((await there.select('INBOX')).exists).toBe(MESSAGES);
  await there.close();
}

async function begun(story: Story): Promise<{ page: Page }> {
  await story.begin();
  return { page: story.page };
}

async function restore(story: Story): Promise<void> {
  const { page } = story;
  const next = page.getByRole('button', { name: 'Next' });
  const start = page.getByRole('button', { name: `Start restoring ${MESSAGES} messages` });
  await next.or(start).first().waitFor();
  if (await next.isVisible()) {
    await page.getByRole('radio').first().click();
    await next.click();
  }
  await start.waitFor();
  await story.look('restore');
  await start.click();
}

const stories: Story[] = [];
afterEach(async () => {
  for (const story of stories.splice(0)) await story.clean();
});

function once(start: Start) {
  return async () => {
    const server = await dovecot({ format: 'maildir' });
    const story = new Story(start);
    stories.push(story);
    await tell(story, server);
  };
}

const TITLE = 'adds, backs up, is killed, goes on, reads, searches, restores and reports';
describeWith(
  ['dovecot', 'chromium'],
  'the app in a browser',
  () => void test(TITLE, { timeout: 300_000 }, once(inBrowser)),
);
describeWith(['dovecot'], 'with a mail server', () =>
  describeDesktop('the app on the desktop', () => void test(TITLE, { timeout: 300_000 }, once(onDesktop))),
);
