/** How soon the window can be used: from the start of the process, and from when the page is asked for. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { launchChromium, openApp } from '../helpers/chromium.ts';
import { desktopArgs, desktopEnv, electronRuntime, openScreen } from '../helpers/electron-app.ts';
import { startServe } from '../helpers/serve-app.ts';
import { AIM_MS, type Figure } from './figures.ts';
import { cpuOfTree } from './processes.ts';

export interface StartWish {
  runs: number;
  /** A packaged app beside the one of this folder; null: none. */
  packaged: string | null;
  say: (line: string) => void;
}

const GROUP = 'Start: until the first screen is drawn and takes keys, ms';
const TIMEOUT_MS = 60_000;

/** @returns no figures of a desktop where there is no Electron; `say` is told why */
export async function startFigures({ runs, packaged, say }: StartWish): Promise<Figure[]> {
  const starts = new Map<string, Start[]>();
  const keep = (what: string, start: Start) => {
    starts.set(what, [...(starts.get(what) ?? []), start]);
    say(`${what}: ${start.ms.toFixed(0)} ms, of the processor ${start.cpuMs ?? '?'}`);
  };
  const { binary, obstacle } = electronRuntime();
  if (obstacle) say(`${obstacle} Starts of the desktop app are left out.`);
  const browser = await launchChromium();
  try {
    // The first of each is not counted: it fills caches of the disk, and of compiled code.
    for (let run = 0; run <= runs; run++) {
      const told = run === 0 ? () => undefined : keep;
      await inBrowser(browser, told);
      if (!obstacle) told('desktop, from its process', await onDesktop(binary, desktopArgs()));
      if (packaged) told('packaged desktop, from its process', await onDesktop(packaged, desktopArgs()));
    }
  } finally {
    await browser.close();
  }
  return [...starts].map(([what, all]) => ({
    ...{ group: GROUP, what, p99Ms: null, aimMs: AIM_MS.start },
    valuesMs: all.map(({ ms }) => ms),
    cpuMs: all.some(({ cpuMs }) => cpuMs === null) ? null : all.map(({ cpuMs }) => cpuMs!),
  }));
}

interface Start {
  ms: number;
  /** Of all its processes until then. */
  cpuMs: number | null;
}

async function inBrowser(browser: Browser, told: (what: string, start: Start) => void): Promise<void> {
  await withFolder(async (dataFolder) => {
    const begunMs = Date.now();
    const served = await startServe({ dataFolder, env: { HOME: dataFolder, LANG: 'en_GB.UTF-8' } });
    try {
      const { page, close } = await openApp(browser, served.url);
      const drawn = await firstScreen(page);
      told('browser, from the page', { ms: drawn.sinceMs, cpuMs: null });
      told('browser, from `mailferry serve`', { ms: drawn.atMs - begunMs, cpuMs: null });
      await close();
    } finally {
      await served.stop();
    }
  });
}

/** Without an inspector, which would hold it up; the page is looked at over its own debugging port. */
async function onDesktop(binary: string, args: readonly string[]): Promise<Start> {
  const screen = await openScreen();
  try {
    return await withFolder(async (dataFolder) => {
      const env = desktopEnv({ dataFolder, env: { HOME: dataFolder, LANG: 'en_GB.UTF-8' } }, screen.display);
      const begunMs = Date.now();
      const app = spawn(binary, [...args, '--remote-debugging-port=0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
      const ended = new Promise((done) => app.once('exit', done));
      try {
        const browser = await connect(await endpointOf(app.stderr));
        const drawn = await firstScreen(await firstPage(browser));
        const cpuMs = cpuOfTree(app.pid!);
        await browser.close();
        return { ms: drawn.atMs - begunMs, cpuMs };
      } finally {
        app.kill('SIGTERM');
        await ended;
      }
    });
  } finally {
    screen.close();
  }
}

/** The page's own mark: renderer/lib/first-screen.ts. */
async function firstScreen(page: Page): Promise<{ sinceMs: number; atMs: number }> {
  await page.waitForFunction(() => performance.getEntriesByName('first-screen').length > 0, null, {
    timeout: TIMEOUT_MS,
  });
  return page.evaluate(() => {
    const sinceMs = performance.getEntriesByName('first-screen')[0]!.startTime;
    return { sinceMs, atMs: performance.timeOrigin + sinceMs };
  });
}

function endpointOf(stderr: NodeJS.ReadableStream): Promise<string> {
  return new Promise((found, failed) => {
    let printed = '';
    const timer = setTimeout(() => failed(new Error(`It did not start in time: ${printed.slice(-500)}`)), TIMEOUT_MS);
    stderr.on('data', (data: Buffer) => {
      printed += data.toString();
      const url = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
      if (!url) return;
      clearTimeout(timer);
      found(url);
    });
  });
}

/** A line made while the app is still setting up its first page now and then never answers; the next one does. */
async function connect(endpoint: string, triesLeft = 5): Promise<Browser> {
  try {
    return await chromium.connectOverCDP(endpoint, { timeout: 8000 });
  } catch (error) {
    if (triesLeft === 0) throw error;
    return connect(endpoint, triesLeft - 1);
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline;) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((candidate) => candidate.url().startsWith('app://'));
    if (page) return page;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  throw new Error('It opened no window.');
}

async function withFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-start-'));
  try {
    return await act(path.join(folder, 'data'));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  }
}
