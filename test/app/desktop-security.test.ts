/// <reference lib="dom" />
/** What a page in the window may not do, tried from inside the page and, past its policy, from the session. */
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeDesktop, launchDesktop, type Desktop } from '../helpers/electron-app.ts';

describeDesktop('the desktop page', () => {
  let dataFolder: string;
  let desktop: Desktop;
  let outside: http.Server;
  let outsideUrl: string;
  let requests: string[] = [];

  beforeAll(async () => {
    outside = http.createServer((request, response) => {
      requests.push(request.url ?? '');
      response.end('reached');
    });
    await new Promise<void>((ready) => outside.listen(0, '127.0.0.1', ready));
    outsideUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}/`;
    dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-desktop-'));
    desktop = await launchDesktop({ dataFolder });
    await desktop.page.getByRole('heading', { level: 1 }).waitFor();
    await desktop.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      (globalThis as unknown as { opened: string[] }).opened = opened;
      shell.openExternal = async (url: string) => void opened.push(url);
    });
  });

  beforeEach(() => {
    requests = [];
  });

  afterAll(async () => {
    await desktop?.close();
    outside.close();
    fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  });

  const openedOutside = () =>
    desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened.splice(0));

  test('runs isolated, in the sandbox, without Node and without webviews', async () => {
    const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { contextIsolation, sandbox, webSecurity, nodeIntegration, webviewTag } = contents.getLastWebPreferences();
      return { contextIsolation, sandbox, webSecurity, nodeIntegration, webviewTag };
    });
    expect(preferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      nodeIntegration: false,
      webviewTag: false,
    });
  });

  test('finds nothing of Node or Electron around it', async () => {
    const found = await desktop.page.evaluate(() =>
      ['process', 'require', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(found).toEqual([]);
  });

  test('is served under a policy that begins with nothing', async () => {
    const answer = await fetchInside('app://mailferry/');
    const policy = answer.headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test.each(['..%2f..%2fpackage.json', '..%5c..%5cpackage.json', '%2e%2e/main.js', 'assets/..%2f..%2fmain.js', '%00'])(
    'cannot read beside its folder by %s',
    async (name) => {
      expect((await fetchInside(`app://mailferry/${name}`)).status).toBe(404);
    },
  );

  test('a page of mail that nobody offered is not there, and its policy is the strictest', async () => {
    const answer = await fetchInside('app://mail/unknown');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('runs no code out of a string and writes no markup', async () => {
    const refused = await desktop.page.evaluate(() => {
      const tries = [
        () => document.body.insertAdjacentHTML('beforeend', '<i>x</i>'),
        () => void (document.createElement('script').text = '1'),
        () => void (document.createElement('iframe').srcdoc = 'x'),
      ];
      return tries.map((act) => {
        try {
          act();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      });
    });
    expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError']);
  });

  test('reaches no server: not by fetch, picture, frame, beacon or socket', async () => {
    await desktop.page.evaluate(async (url) => {
      const image = new Image();
      const seen = new Promise((done) => (image.onload = image.onerror = done));
      image.src = `${url}picture`;
      const frame = document.createElement('iframe');
      frame.src = `${url}frame`;
      document.body.append(frame);
      navigator.sendBeacon(`${url}beacon`);
      new WebSocket(url.replace('http', 'ws')).onerror = () => undefined;
      await Promise.allSettled([fetch(`${url}fetch`), seen]);
      await new Promise((wake) => setTimeout(wake, 500));
      frame.remove();
    }, outsideUrl);
    expect(requests).toEqual([]);
  });

  test('reaches no server even where its policy would let it: the session refuses', async () => {
    const outcome = await desktop.app.evaluate(
      ({ BrowserWindow }, url) =>
        BrowserWindow.getAllWindows()[0]!
          .webContents.session.fetch(url)
          .then(
            () => 'reached',
            () => 'refused',
          ),
      outsideUrl,
    );
    expect([outcome, requests]).toEqual(['refused', []]);
  });

  test('cannot be led away', async () => {
    await desktop.page.evaluate((url) => void (location.href = url), outsideUrl);
    await desktop.page.evaluate(() => void (location.href = 'app://mail/elsewhere'));
    await desktop.page.evaluate(() => new Promise((wake) => setTimeout(wake, 300)));
    expect(desktop.page.url()).toBe('app://mailferry/');
    expect(requests).toEqual([]);
  });

  test('opens no window', async () => {
    expect(await desktop.page.evaluate((url) => open(url) === null, outsideUrl)).toBe(true);
    expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('opens https and mailto outside after a click, and nothing else ever', async () => {
    const urls = [
      'https://example.org/a',
      'mailto:a@example.org',
      'http://example.org/',
      'file:///etc/passwd',
      'ssh://x',
    ];
    await desktop.page.evaluate((list) => list.forEach((url) => void open(url)), urls);
    expect(await openedOutside()).toEqual([]);
    await desktop.page.mouse.click(5, 400);
    await desktop.page.evaluate((list) => list.forEach((url) => void open(url)), urls);
    expect(await openedOutside()).toEqual(['https://example.org/a', 'mailto:a@example.org']);
  });

  test('gets no permission', async () => {
    const answers = await desktop.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as PermissionName[];
      const states = await Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
      const media = await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        () => 'refused',
      );
      return [...new Set(states), await Notification.requestPermission(), media];
    });
    expect(answers).toEqual(['denied', 'denied', 'refused']);
  });

  test('saves nothing by a download', async () => {
    const outcome = await desktop.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise((done) => {
          const contents = BrowserWindow.getAllWindows()[0]!.webContents;
          contents.session.once('will-download', (event) => done(event.defaultPrevented));
          contents.downloadURL('app://mailferry/index.html');
        }),
    );
    expect(outcome).toBe(true);
  });

  async function fetchInside(url: string): Promise<{ status: number; headers: Record<string, string> }> {
    return desktop.app.evaluate(async ({ BrowserWindow }, target) => {
      const answer = await BrowserWindow.getAllWindows()[0]!.webContents.session.fetch(target);
      return { status: answer.status, headers: Object.fromEntries(answer.headers) };
    }, url);
  }
});
