import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SafePage } from '../../electron/engine/message/html/page.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { HOSTILE, SCRIPT } from '../unit/message/hostile-html.ts';
import { htmlMail, read } from '../unit/message/mail.ts';
import { SEEN_PICTURES, trackerHtml } from '../unit/message/tracker-html.ts';
import { setTrap, type Trap } from './trap.ts';

const CHROMIUM = '/usr/bin/chromium';
const WEB = 'http://web.tracker.example';
/** As the app embeds a page; see page.ts. */
const FRAME = 'sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"';

interface Served {
  html: string;
  headers: Record<string, string>;
}

/** As it came, under no policy at all. */
const bare = (html: string): Served => ({ html, headers: { 'content-type': 'text/html; charset=utf-8' } });

/** Real pages in a real browser: every host name but the page's own leads into the trap. */
describeWith(['chromium'], 'a page of mail in Chromium', () => {
  let trap: Trap;
  let server: http.Server;
  let origin: string;
  /** By their place in the address: `/mail/0`. */
  let served: Served[];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mail-page-'));

  beforeAll(async () => {
    trap = await setTrap();
    server = http.createServer((request, response) => {
      const mail = served[Number(/^\/mail\/(\d+)$/.exec(request.url ?? '')?.[1] ?? -1)];
      if (mail) response.writeHead(200, mail.headers).end(mail.html);
      else if (request.url === '/app') {
        response
          .writeHead(200, {
            'content-type': 'text/html',
            'content-security-policy': "default-src 'none'; frame-src 'self'; style-src 'unsafe-inline'",
          })
          .end(
            `<!doctype html>${served
              .map((_, i) => `<iframe ${FRAME} style="width:900px;height:600px" src="/mail/${i}"></iframe>`)
              .join('')}`,
          );
      } else if (request.url === '/open') {
        // No wall but the sanitiser: neither a policy nor a sandbox.
        response
          .writeHead(200, { 'content-type': 'text/html' })
          .end(`<!doctype html>${served.map((_, i) => `<iframe src="/mail/${i}"></iframe>`).join('')}`);
      } else response.writeHead(404).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await trap.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** @returns what the browser's own log has about names and addresses outside, once it is closed */
  async function browse(use: (page: Page, context: BrowserContext) => Promise<void>): Promise<string[]> {
    const profile = fs.mkdtempSync(path.join(folder, 'profile-'));
    const log = path.join(profile, 'net.json');
    // A profile on disk: a private window looks up no names ahead.
    const context = await chromium.launchPersistentContext(path.join(profile, 'data'), {
      executablePath: CHROMIUM,
      ignoreDefaultArgs: ['--disable-background-networking'],
      args: [
        ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
        ...['--disable-component-update', '--ignore-certificate-errors', `--log-net-log=${log}`],
        `--host-resolver-rules=MAP *.example 127.0.0.1:${trap.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      ],
    });
    try {
      trap.clear();
      await use(context.pages()[0] ?? (await context.newPage()), context);
    } finally {
      await context.close();
    }
    return outsideEvents(log, trap.port);
  }

  async function show(
    page: Page,
    mails: readonly (SafePage | Served)[],
    at: '/app' | '/open' | '/mail/0',
  ): Promise<void> {
    served = [...mails];
    await page.goto(origin + at, { waitUntil: 'load' });
  }

  const safe = (html: string, remotePictures = false): SafePage =>
    read(htmlMail(html), { search: '', remotePictures }).page!;

  it('is watched by a trap that trackers fall into', async () => {
    const events = await browse(async (page) => {
      const html = trackerHtml(WEB).replace(/<meta http-equiv="refresh"[^>]*>/g, '');
      await show(page, [bare(html)], '/mail/0').catch(() => {});
      await page.waitForTimeout(1500);
    });
    expect(trap.requests.length).toBeGreaterThan(30);
    expect(events.join('\n')).toContain('HOST_RESOLVER');
  });

  it.each(['/app', '/mail/0'] as const)('asks the network for nothing and looks up no name (%s)', async (at) => {
    const events = await browse(async (page) => {
      await show(page, [safe(trackerHtml(WEB))], at);
      const frame = at === '/app' ? page.frames()[1]! : page.mainFrame();
      // Hovering a link is what browsers take for a wish to follow it.
      await frame.getByText('link', { exact: true }).hover();
      await page.waitForTimeout(1500);
      expect(frame.url()).toBe(`${origin}/mail/0`);
    });
    expect(trap.requests).toEqual([]);
    expect(trap.connections).toBe(0);
    expect(events).toEqual([]);
  });

  it('asks for exactly the visible pictures once they are allowed, and names no referrer', async () => {
    await browse(async (page) => {
      await show(page, [safe(trackerHtml(WEB), true)], '/app');
      await expect.poll(() => trap.requests.length, { timeout: 10_000 }).toBe(SEEN_PICTURES.length);
      await page.waitForTimeout(1000);
    });
    const asked = trap.requests.map(({ url }) => url).sort();
    expect(asked).toEqual(SEEN_PICTURES.map((p) => `https://web.tracker.example${p}`));
    expect(trap.requests.every(({ referer }) => referer === undefined)).toBe(true);
  });

  it.each([
    ['its sanitiser alone', '/open', (html: string) => bare(safe(html).html)],
    ['its policy alone', '/app', (html: string) => ({ html, headers: safe('').headers })],
  ] as const)('is harmless by %s', async (_, at, serve) => {
    await browse(async (page) => {
      await show(
        page,
        HOSTILE.map(([, html]) => serve(html)),
        at,
      );
      const frames = page.mainFrame().childFrames();
      expect(frames).toHaveLength(HOSTILE.length);
      for (const [i, frame] of frames.entries()) {
        const name = HOSTILE[i]![0];
        // The app's frame-src stops a frame that a refresh sends away.
        expect(frame.url(), name).toMatch(at === '/app' ? /\/mail\/\d+$|^chrome-error:/ : /\/mail\/\d+$/);
        expect(await frame.evaluate<boolean>("'PWNED' in window"), name).toBe(false);
      }
    });
    expect(trap.requests).toEqual([]);
  });

  it('is checked by a browser in which such scripts do run', async () => {
    await browse(async (page) => {
      await show(page, [bare(`<script>${SCRIPT}</script>`), bare(`<img src=x onerror=${SCRIPT}>`)], '/open');
      for (const frame of page.mainFrame().childFrames()) {
        expect(await frame.evaluate<boolean>("'PWNED' in window")).toBe(true);
      }
    });
  });

  it('opens a link in a window of its own that knows nothing of the app', async () => {
    await browse(async (page, context) => {
      await show(page, [safe('<a href="https://shop.tracker.example/offer">offer</a>')], '/app');
      const [opened] = await Promise.all([context.waitForEvent('page'), page.frames()[1]!.getByText('offer').click()]);
      await opened.waitForLoadState();
      expect(await opened.evaluate<boolean>('window.opener === null')).toBe(true);
    });
    const [request] = trap.requests.filter(({ url }) => url.endsWith('/offer'));
    expect(request).toEqual({ url: 'https://shop.tracker.example/offer', referer: undefined });
  });
});

/** From Chromium's net log: requests, connections and look-ups, also those made ahead of need. */
function outsideEvents(file: string, port: number): string[] {
  const log = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    constants: { logEventTypes: Record<string, number> };
    events: { type: number; params?: unknown }[];
  };
  const names = new Map(Object.entries(log.constants.logEventTypes).map(([name, type]) => [type, name]));
  return log.events
    .map(({ type, params }) => `${names.get(type)} ${JSON.stringify(params ?? '')}`)
    .filter((line) => line.includes('tracker.example') || line.includes(`127.0.0.1:${port}`));
}
