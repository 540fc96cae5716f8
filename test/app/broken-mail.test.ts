/** Broken mail through the reading pane, one message after another: nothing runs, nothing is asked for, nothing breaks. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { viewMessage } from '../../electron/engine/message/message-view.ts';
import { archiveIn, runBackup } from '../crash/harness/run-backup.ts';
import { SCRIPT_MARK } from '../helpers/broken/html-faults.ts';
import { brokenMessages } from '../helpers/broken-messages.ts';
import { launchChromium, openApp } from '../helpers/chromium.ts';
import { MemoryStore } from '../helpers/memory.ts';
import { pythonMail, WITH_CRLF } from '../helpers/python/python-mail.ts';
import { startServe } from '../helpers/serve-app.ts';
import { describeWith } from '../helpers/servers/available.ts';

/** A message is on the screen long before; the machine may be busy. */
const SHOWN_MS = 30_000;

interface Seen {
  /** As the head of the pane has it. */
  subject: string;
  /** The page of a message that has one. */
  isPage: boolean;
  ranScript: boolean;
}

/** @param position of the message in the list, from 1 */
async function seen(page: Page, position: number): Promise<Seen> {
  const pane = page.locator('.archive-reading');
  await page.locator(`.archive-list [aria-posinset="${position}"][aria-selected=true]`).waitFor();
  // There is no head where the app says that it could not show a message.
  await page.locator('.archive-reading[aria-busy=false] h2').waitFor();
  const isPage = (await pane.locator('iframe').count()) > 0;
  let ranScript = await page.evaluate((mark) => mark in window, SCRIPT_MARK);
  if (isPage) {
    const frame = await pane.locator('iframe').elementHandle();
    const inner = (await frame.contentFrame())!;
    await inner.waitForLoadState('load');
    ranScript ||= await inner.evaluate<boolean>(`${JSON.stringify(SCRIPT_MARK)} in window`);
  }
  return {
    subject: (await pane.locator('h2').textContent())!.trim(),
    isPage,
    ranScript,
  };
}

/** @throws always, with what stands there instead */
async function notSeen(page: Page, { name }: { name: string }, cause: unknown): Promise<never> {
  const said = await page
    .locator('.archive-panes')
    .innerText({ timeout: 1_000 })
    .catch(() => 'no panes');
  throw new Error(`“${name}” was not shown, but: ${said.slice(0, 2_000)}`, { cause });
}

describeWith(['chromium', 'python-mail'], 'broken mail in the reading pane', () => {
  test('is shown, each of it', { timeout: 300_000 }, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-broken-mail-'));
    const store = new MemoryStore();
    const messages = [...pythonMail(), ...brokenMessages()].filter(({ name }) => !name.endsWith(WITH_CRLF));
    for (const { raw } of messages) store.mailbox('INBOX').add(raw);
    await runBackup(folder, { layout: 'mbox', store });
    const dataFolder = path.join(folder, 'data');
    const served = await startServe({ dataFolder, env: { HOME: folder, LANG: 'en_GB.UTF-8' } });
    const line = await served.connect();
    const browser = await launchChromium();
    try {
      await line.calls.archives.open({ folder: archiveIn(folder) });
      const { page, problems } = await openApp(browser, served.origin, { session: line.session });
      page.setDefaultTimeout(SHOWN_MS);
      await page.locator('.archive-list [role=option]').first().waitFor();
      await page.locator('.archive-list').focus();
      const shown: Seen[] = [];
      for (let position = 1; position <= messages.length; position++) {
        await page.keyboard.press(position === 1 ? 'Home' : 'j');
        shown.push(await seen(page, position).catch((cause: unknown) => notSeen(page, messages[position - 1]!, cause)));
        expect(problems, shown.at(-1)!.subject).toEqual([]);
      }
      const views = messages.map(({ raw }) => viewMessage(raw, { search: '', remotePictures: false }));
      expect(shown.filter(({ ranScript }) => ranScript)).toEqual([]);
      expect(shown.filter(({ isPage }) => isPage)).toHaveLength(views.filter((view) => view.page !== null).length);
      console.info(`${shown.length} shown, ${shown.filter(({ isPage }) => isPage).length} as pages`);
    } finally {
      await browser.close();
      line.close();
      await served.stop();
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
    }
  });
});
