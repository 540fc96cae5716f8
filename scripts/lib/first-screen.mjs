/**
 * Starts a packaged app on a screen of its own, looks at what it shows, and has it back up and search its sample mail: the
 * engine's process, SQLite and the archive's thread all come out of the asar. Its fuses forbid --inspect, so over CDP.
 */
import { spawn } from 'node:child_process';
import { clearTimeout, setTimeout } from 'node:timers';
import { chromium } from 'playwright-core';

const TIMEOUT_MS = 60_000;
const ARGS = ['--no-sandbox', '--disable-gpu', '--remote-debugging-port=0'];

/**
 * @param dataFolder for this run alone
 * @returns problem: null when the page came up, drew something and said nothing wrong; facts: what was seen
 */
export async function firstScreen(binary, dataFolder) {
  const begun = Date.now();
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1100x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const display = await new Promise((ready) =>
    server.stdio[3].once('data', (data) => ready(`:${String(data).trim()}`)),
  );
  // What is looked for below is English.
  const language = { LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB', LC_ALL: 'en_GB.UTF-8' };
  const env = { ...process.env, ...language, DISPLAY: display, MAILFERRY_DATA: dataFolder, HOME: dataFolder };
  const app = spawn(binary, ARGS, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => app.once('exit', done));
  try {
    const endpoint = await endpointOf(app, ended);
    const seen = await look(endpoint);
    return { problem: seen.problem, facts: ` (“${seen.text}”, ${seen.shownMs - begun} ms), backs up and searches` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), facts: '' };
  } finally {
    app.kill('SIGTERM');
    const timer = setTimeout(() => app.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(timer);
    server.kill();
  }
}

function endpointOf(app, ended) {
  return new Promise((found, failed) => {
    let printed = '';
    const hear = (data) => {
      printed += String(data);
      const url = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
      if (url) found(url);
    };
    app.stderr.on('data', hear);
    app.stdout.on('data', hear);
    void ended.then((code) => failed(new Error(`It ended at once with ${code}: ${printed.slice(-500)}`)));
    setTimeout(() => failed(new Error(`It did not start in time: ${printed.slice(-500)}`)), TIMEOUT_MS).unref();
  });
}

async function look(endpoint) {
  const browser = await connect(endpoint);
  try {
    const page = await firstPage(browser);
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const heading = page.locator('h1').first();
    await heading.waitFor({ timeout: TIMEOUT_MS });
    const text = (await heading.innerText()).trim();
    const shownMs = Date.now();
    await backUpAndSearch(page);
    return { text, shownMs, problem: errors[0] ?? null };
  } finally {
    await browser.close();
  }
}

/** A line made while the app is still setting up its first page now and then never answers; the next one does. */
async function connect(endpoint, triesLeft = 5) {
  try {
    return await chromium.connectOverCDP(endpoint, { timeout: 8000 });
  } catch (error) {
    if (triesLeft === 0) throw error;
    return connect(endpoint, triesLeft - 1);
  }
}

async function backUpAndSearch(page) {
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.getByRole('button', { name: 'Try it with sample mail' }).click();
  await page.getByRole('button', { name: 'Back up', exact: true }).click();
  await page.getByRole('button', { name: 'Start the backup' }).click();
  await page.getByRole('button', { name: 'Open the archive' }).click();
  await page.getByLabel('Search this archive').fill('Rechnung');
  await page.locator('mark').first().waitFor();
}

async function firstPage(browser) {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((candidate) => candidate.url().startsWith('app://mailferry/'));
    if (page) return page;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error('It opened no window.');
}
