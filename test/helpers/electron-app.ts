/** The desktop app as a user starts it: the built bundle in a real Electron, on a screen of its own, driven by Playwright. */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { describe, test } from 'vitest';
import { ensureBuilt } from './build.ts';
import { ROOT } from './cli.ts';
import { collectProblems } from './problems.ts';

export interface DesktopOptions {
  /** Settings, accounts and new archives of this run; the user's own are not touched. */
  dataFolder: string;
  args?: string[];
  env?: Record<string, string>;
  colorScheme?: 'light' | 'dark';
}

export interface Desktop {
  app: ElectronApplication;
  page: Page;
  /** See collectProblems. */
  problems: string[];
  pid: number;
  /** The app is gone, however that came about. */
  ended: Promise<void>;
  /** For a start beside this one, such as that of a second instance. */
  env: Record<string, string>;
  /** Everything it printed so far. */
  output(): string;
  /** As a user quits; jobs come to a durable stop. */
  close: () => Promise<void>;
  /** As a power cut. */
  kill(): Promise<void>;
}

interface Runtime {
  binary: string;
  /** null: it can be used. */
  obstacle: string | null;
}

let runtime: Runtime | null = null;

/** Lays the runtime out where it is missing, which takes a minute once. */
export function electronRuntime(): Runtime {
  if (runtime) return runtime;
  const script = path.join(ROOT, 'scripts/electron-runtime.mjs');
  const run = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const binary = run.stdout.trim();
  runtime = { binary, obstacle: run.status === 0 ? null : run.stderr.trim() || 'No Electron runtime can be had here.' };
  return runtime;
}

/** `describe` for tests in Electron; where there is none a skipped test says why. */
export function describeDesktop(title: string, tests: () => void): void {
  const { obstacle } = electronRuntime();
  describe(title, () => {
    if (obstacle === null) tests();
    else test('needs an Electron that can open a window', ({ skip }) => skip(obstacle));
  });
}

export async function launchDesktop(options: DesktopOptions): Promise<Desktop> {
  ensureBuilt();
  const { binary, obstacle } = electronRuntime();
  if (obstacle) throw new Error(obstacle);
  const screen = await openScreen();
  const env = desktopEnv(options, screen.display);
  const app = await _electron.launch({
    executablePath: binary,
    args: [...desktopArgs(), ...(options.args ?? [])],
    env,
    colorScheme: options.colorScheme ?? null,
    timeout: 60_000,
  });
  const child = app.process();
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => (printed += data.toString()));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const page = await app.firstWindow();
  const problems = await collectProblems(app.context(), page, (url) => /^(app|data|blob):/.test(url));
  await page.waitForLoadState();
  return {
    app,
    page,
    problems,
    pid: child.pid!,
    ended,
    env,
    output: () => printed,
    close: async () => {
      // A dialog would wait for ever for a hand; app.close() alone would, too.
      child.kill('SIGTERM');
      await ended;
      screen.close();
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      screen.close();
    },
  };
}

export function desktopEnv({ dataFolder, env = {} }: DesktopOptions, display: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), DISPLAY: display, MAILFERRY_DATA: dataFolder, ...env };
}

export function desktopArgs(): string[] {
  return ['--no-sandbox', '--disable-gpu'];
}

/** A screen for one app. It ends by itself with the last program on it, whatever became of the test. */
export function openScreen(): Promise<{ display: string; close: () => void }> {
  return new Promise((ready, failed) => {
    const args = ['-displayfd', '3', '-screen', '0', '1600x1100x24', '-nolisten', 'tcp', '-terminate'];
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`Xvfb ended at once with ${code}.`)));
    const close = () => void server.kill();
    (server.stdio[3] as NodeJS.ReadableStream).once('data', (data: Buffer) =>
      ready({ display: `:${data.toString().trim()}`, close }),
    );
  });
}
