/** Debian's Chromium, driven by Playwright, as the browser that `mailferry serve` is opened in. */
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { collectProblems } from './problems.ts';

export const CHROMIUM = '/usr/bin/chromium';
export const CHROMIUM_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PageOptions {
  colorScheme?: 'light' | 'dark';
  locale?: string;
  viewport?: { width: number; height: number };
  /** That of a line: the page is let in by it, and the URL needs no token. */
  session?: string;
}

export interface AppPage {
  page: Page;
  context: BrowserContext;
  /** See collectProblems. */
  problems: string[];
  close: () => Promise<void>;
}

/**
 * @param language of the browser's own fields, such as those for dates
 * @param more arguments
 */
export function launchChromium(language = 'en', more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...CHROMIUM_ARGS, `--lang=${language}`, ...more],
    env: { ...process.env, LANGUAGE: language },
    headless: true,
  });
}

/** @param url with its token, as printed */
export async function openApp(browser: Browser, url: string, options: PageOptions = {}): Promise<AppPage> {
  const { colorScheme = 'light', locale = 'en-GB', viewport = { width: 1280, height: 820 } } = options;
  const context = await browser.newContext({ colorScheme, locale, viewport, acceptDownloads: true });
  const page = await context.newPage();
  if (options.session !== undefined)
    await page.addInitScript((session) => {
      // A mail's frame has no storage.
      if (window === window.top) sessionStorage.setItem('mailferry.session', session);
    }, options.session);
  const { origin, host } = new URL(url);
  const problems = await collectProblems(context, page, (asked) => ownUrl(asked, origin, host));
  await page.goto(url);
  return { page, context, problems, close: () => context.close() };
}

function ownUrl(asked: string, origin: string, host: string): boolean {
  return asked.startsWith(`${origin}/`) || asked.startsWith(`ws://${host}/`) || /^(data|blob|about):/.test(asked);
}
