/** Processes that come and go: a second start, a page that dies, an engine that dies. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDesktop, desktopArgs, electronRuntime, launchDesktop, type Desktop } from '../helpers/electron-app.ts';

describeDesktop('the desktop app', () => {
  let dataFolder: string;
  let desktop: Desktop;
  const news: unknown[] = [];

  beforeAll(async () => {
    dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-desktop-'));
    desktop = await launchDesktop({ dataFolder });
    await desktop.page.exposeFunction('mfNews', (told: unknown) => void news.push(told));
    await desktop.page.evaluate("addEventListener('message', ({ data }) => data?.mailferry && mfNews(data))");
  });

  afterAll(async () => {
    await desktop?.kill();
    fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  });

  test('a second start hands its archive to the first and ends', async () => {
    const archive = path.join(dataFolder, 'My archive');
    fs.mkdirSync(path.join(archive, 'mail'), { recursive: true });
    fs.writeFileSync(path.join(archive, 'mailferry.json'), '{}');
    fs.writeFileSync(path.join(archive, 'mail/INBOX'), '');
    const args = [...desktopArgs(), path.join(archive, 'mail/INBOX')];
    const second = spawn(electronRuntime().binary, args, { env: desktop.env, stdio: 'ignore' });
    expect(await new Promise((done) => second.once('exit', done))).toBe(0);
    await until(() => news.length > 0);
    expect(news.splice(0)).toEqual([{ mailferry: 'open-archive', folder: archive }]);
    expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('an engine that dies is told to the page, started again, and the page gets a new line to it', async () => {
    const before = (await enginePid())!;
    process.kill(before, 'SIGKILL');
    await until(async () => ![undefined, before].includes(await enginePid()));
    await until(() => news.length > 1);
    expect(news.splice(0)).toEqual([{ mailferry: 'engine', state: 'stopped' }, { mailferry: 'engine-port' }]);
  });

  test('a page that dies comes back, and the engine does not notice', async () => {
    const engine = await enginePid();
    const heading = await desktop.app.evaluate(async ({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      const loaded = new Promise((done) => webContents.once('did-finish-load', () => done(undefined)));
      webContents.forcefullyCrashRenderer();
      await loaded;
      const script = `new Promise((done) => {
        const look = () => document.querySelector('h1') ? done(document.querySelector('h1').textContent) : setTimeout(look, 50);
        look();
      })`;
      return (await webContents.executeJavaScript(script)) as string;
    });
    expect(heading).not.toBe('');
    expect(await enginePid()).toBe(engine);
  });

  async function enginePid(): Promise<number | undefined> {
    const metrics = await desktop.app.evaluate(({ app }) => app.getAppMetrics());
    return metrics.find((metric) => metric.type === 'Utility' && metric.name === 'Mailferry engine')?.pid;
  }
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It never came to that: ${String(holds)}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
