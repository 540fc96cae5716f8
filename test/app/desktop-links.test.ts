/// <reference lib="dom" />
/** Links in old mail, followed by a click in the frame that shows it. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeInBothThemes } from '../helpers/axe.ts';
import { DesktopUser } from '../helpers/desktop-user.ts';
import { describeDesktop } from '../helpers/electron-app.ts';
import { chooseMenu } from '../helpers/electron-spies.ts';
import { archiveWith, mail } from '../unit/archive/kit.ts';

const OLD = 'http://shop.example/angebot?nr=77';
const OPENED = ['https://shop.example/neu', 'mailto:info@shop.example'];
const HTML = `<p><a href="${OLD}">plain</a> <a href="https://shop.example/neu">secure</a> <a href="mailto:info@shop.example">write</a></p>`;
const MESSAGE = `Subject: Angebot\r\nFrom: shop@example.org\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${HTML}\r\n`;

describeDesktop('a link in a mail', () => {
  const user = new DesktopUser();

  beforeAll(async () => {
    const archive = path.join(user.dataFolder, 'Old mail');
    await archiveWith(archive, 'eml', { INBOX: [mail(1, MESSAGE)] });
    const { app } = await user.start([archive]);
    await user.page.getByRole('option').first().click();
    await user.page.frameLocator('iframe').getByText('secure').waitFor();
    await app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url: string) => void opened.push(url);
    });
    await muchLater();
  });
  afterAll(() => user.clean());

  /** What was clicked so far was long ago, and counts no more. */
  async function muchLater(): Promise<void> {
    await user.desktop.app.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 3_600_000;
    });
  }

  const follow = (text: string) => user.page.frameLocator('iframe').getByText(text).click();
  const opened = () => user.desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);

  test('opens in the browser or the mail program when it is encrypted or an address', async () => {
    await follow('secure');
    await expect.poll(opened).toEqual(['https://shop.example/neu']);
    await follow('write');
    await expect.poll(opened).toEqual(OPENED);
  });

  test('is explained and offered to copy when it is not encrypted', async () => {
    await follow('plain');
    const notice = user.page.locator('.msgbar', { hasText: OLD });
    expect(await notice.innerText()).toMatch(/^Mailferry opens only encrypted addresses\n/);
    await notice.getByRole('button', { name: 'Copy the address' }).click();
    await user.page.getByText('The address is copied.').waitFor();
    expect(await user.desktop.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(OLD);
    expect(await opened()).toEqual(OPENED);
    expect(await axeInBothThemes(user.page)).toEqual([]);
  });

  test('is explained in German', async () => {
    await chooseMenu(user.desktop.app, 'Settings…');
    await user.page.getByLabel('Language').selectOption('de');
    await user.heading('Einstellungen');
    expect(await user.page.locator('.msgbar', { hasText: OLD }).count()).toBe(0);
    await user.go('Old mail');
    await user.page.getByRole('option').first().click();
    await follow('plain');
    const notice = user.page.locator('.msgbar', { hasText: OLD });
    expect(await notice.innerText()).toMatch(/^Mailferry öffnet nur verschlüsselte Adressen\n/);
    await notice.getByRole('button', { name: 'Adresse kopieren' }).waitFor();
    expect(user.desktop.problems).toEqual([]);
  });

  test('opens nothing that another page asks for, whatever name it gives its window', async () => {
    await muchLater();
    await user.page.evaluate(() => {
      for (const name of ['_blank', '', 'mail-0']) open('https://tracker.example/', name);
    });
    expect(await opened()).toEqual(OPENED);
  });
});
