/** How soon the window can be used: from the start of the process, and from when the page is asked for. */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_ARGS } from '../helpers/chromium.ts';
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

interface Start {
  ms: number;
  /** Of all its processes, a moment later. */
  cpuMs: number | null;
}

type Keep = (what: string, start: Start) => void;

const GROUP = 'Start: until the first screen is drawn, ms';
const TIMEOUT_MS = 60_000;
/** Who looks at a page while it starts holds it up: nobody does before this, and its own mark says when it was drawn. */
const UNWATCHED_MS = 4000;

/** @returns no figures of a desktop where there is no Electron; `say` is told why */
export async function startFigures({ runs, packaged, say }: StartWish): Promise<Figure[]> {
  const starts = new Map<string, Start[]>();
  const keep: Keep = (what, start) => {
    starts.set(what, [...(starts.get(what) ?? []), start]);
    say(`${what}: ${start.ms.toFixed(0)} ms, of the processor ${start.cpuMs ?? '?'}`);
  };
  const { binary, obstacle } = electronRuntime();
  if (obstacle) say(`${obstacle} Starts of the desktop app are left out.`);
  // The first of each is not counted: it fills caches of the disk.
  for (let run = 0; run <= runs; run++) {
    const told: Keep = run === 0 ? () => undefined : keep;
    await inBrowser(told);
    if (!obstacle) told('desktop, from its process', await onDesktop(binary));
    if (packaged) told('packaged desktop, from its process', await onDesktop(packaged));
  }
  return [...starts].map(([what, all]) => ({
    ...{ group: GROUP, what, p99Ms: null, aimMs: AIM_MS.start },
    valuesMs: all.map(({ ms }) => ms),
    cpuMs: all.some(({ cpuMs }) => cpuMs === null) ? null : all.map(({ cpuMs }) => cpuMs!),
  }));
}

/** The browser's own start is not counted, as a user has it open. */
async function inBrowser(told: Keep): Promise<void> {
  await withFolder(async (folder) => {
    const begunMs = Date.now();
    const served = await startServe({
      dataFolder: path.join(folder, 'data'),
      env: { HOME: folder, LANG: 'en_GB.UTF-8' },
    });
    const servedMs = Date.now() - begunMs;
    try {
      const args = [...CHROMIUM_ARGS, '--headless', `--user-data-dir=${path.join(folder, 'browser')}`, served.url];
      const drawn = await watched(spawnApp(CHROMIUM, args, process.env), 'http://127.0.0.1');
      told('browser, from the page', { ms: drawn.sinceMs, cpuMs: null });
      told('browser, from `mailferry serve`', { ms: servedMs + drawn.sinceMs, cpuMs: null });
    } finally {
      await served.stop();
    }
  });
}

async function onDesktop(binary: string): Promise<Start> {
  const screen = await openScreen();
  try {
    return await withFolder(async (dataFolder) => {
      const env = desktopEnv({ dataFolder, env: { HOME: dataFolder, LANG: 'en_GB.UTF-8' } }, screen.display);
      const begunMs = Date.now();
      const { atMs, cpuMs } = await watched(spawnApp(binary, desktopArgs(), env), 'app://');
      return { ms: atMs - begunMs, cpuMs };
    });
  } finally {
    screen.close();
  }
}

function spawnApp(binary: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(binary, [...args, '--remote-debugging-port=0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Ends the app when its first screen was seen. */
async function watched(app: ChildProcess, origin: string) {
  const ended = new Promise((done) => app.once('exit', done));
  try {
    const endpoint = await endpointOf(app.stderr!);
    await new Promise((wake) => setTimeout(wake, UNWATCHED_MS));
    const cpuMs = cpuOfTree(app.pid!);
    const browser = await connect(endpoint);
    const drawn = await firstScreen(await firstPage(browser, origin));
    await browser.close();
    return { ...drawn, cpuMs };
  } finally {
    app.kill('SIGTERM');
    await ended;
  }
}

/** The page's own mark: renderer/lib/first-screen.ts. */
async function firstScreen(page: Page): Promise<{ sinceMs: number; atMs: number }> {
  const isDrawn = () => performance.getEntriesByName('first-screen').length > 0;
  await page.waitForFunction(isDrawn, null, { timeout: TIMEOUT_MS });
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

async function firstPage(browser: Browser, origin: string): Promise<Page> {
  for (const deadline = Date.now() + TIMEOUT_MS; Date.now() < deadline;) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((candidate) => candidate.url().startsWith(origin));
    if (page) return page;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  throw new Error('It opened no window.');
}

async function withFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-start-'));
  try {
    return await act(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  }
}
