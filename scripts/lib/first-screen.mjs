/** Starts a packaged app on a screen of its own and looks at what it shows. Its fuses forbid --inspect, so over CDP. */
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
  const env = { ...process.env, DISPLAY: display, MAILFERRY_DATA: dataFolder };
  const app = spawn(binary, ARGS, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => app.once('exit', done));
  try {
    const endpoint = await endpointOf(app, ended);
    const seen = await look(endpoint);
    return { problem: seen.problem, facts: ` (“${seen.text}”, ${Date.now() - begun} ms)` };
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
  const browser = await chromium.connectOverCDP(endpoint);
  try {
    const page = await firstPage(browser);
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    const heading = page.locator('h1').first();
    await heading.waitFor({ timeout: TIMEOUT_MS });
    return { text: (await heading.innerText()).trim(), problem: errors[0] ?? null };
  } finally {
    await browser.close();
  }
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
