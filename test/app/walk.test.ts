/**
 * Every screen of the walk, in German, whose words are the longer ones: axe finds nothing in light and dark, nothing is
 * cut off that says what it is, and the console stays silent.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeInBothThemes } from '../helpers/axe.ts';
import { launchChromium, openApp } from '../helpers/chromium.ts';
import { startServe } from '../helpers/serve-app.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { doubtfulServer, Walk } from '../walk/walk.ts';

/** Words of the app itself; names of people's folders, files and messages may be cut. */
const OWN_WORDS = 'h1, h2, th, label, button:not([class*="open"]), [role=columnheader], .fui-Button, .tag, dt';

/** What does not fit its box, and what reaches beyond the window. */
function cutWords(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const isCut = (element: Element) => {
      const style = getComputedStyle(element);
      const isClipping = style.overflowX !== 'visible' || element.getBoundingClientRect().right > innerWidth + 1;
      return (
        isClipping &&
        (element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > innerWidth + 1)
      );
    };
    const isNamed = (element: Element) =>
      element.closest('[title], [role=option], [role=row] [role=gridcell], nav, .sr-only') !== null;
    return [...document.querySelectorAll(selector)]
      .filter(
        (element) =>
          element.checkVisibility() && !isNamed(element) && element.textContent.trim() !== '' && isCut(element),
      )
      .map((element) => `${element.tagName} ${element.className}: ${element.textContent}`);
  }, OWN_WORDS);
}

describeWith(['chromium'], 'every screen', () => {
  test.each([
    ['a usual window', { width: 1280, height: 820 }],
    ['the smallest window', { width: 960, height: 640 }],
  ])('is whole and usable by all, in %s', { timeout: 400_000 }, async (_, viewport) => {
    const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-walk-'));
    const served = await startServe({ dataFolder, env: { HOME: dataFolder, LANG: 'de_DE.UTF-8' } });
    const doubtful = await doubtfulServer();
    const browser = await launchChromium('de');
    try {
      const { page, problems } = await openApp(browser, served.url, { locale: 'de-DE', viewport });
      page.setDefaultTimeout(60_000);
      const stops: string[] = [];
      const found: string[] = [];
      const stop = async (name: string) => {
        stops.push(name);
        for (const line of [...(await axeInBothThemes(page)), ...(await cutWords(page))])
          found.push(`${name}: ${line}`);
      };
      await new Walk(page, 'de', stop).everyScreen(doubtful.port);
      expect(found).toEqual([]);
      expect(problems).toEqual([]);
      expect(stops.length).toBeGreaterThan(25);
    } finally {
      doubtful.close();
      await browser.close();
      await served.stop();
      fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
    }
  });
});
