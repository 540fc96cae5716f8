/// <reference lib="dom" />
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitPlace, type WindowPlace } from '../../electron/desktop/window-place.ts';
import { describeDesktop, launchDesktop, type Desktop } from '../helpers/electron-app.ts';

const place: WindowPlace = { x: 120, y: 80, width: 1100, height: 700, maximised: false };
const screens = [
  { x: 0, y: 0, width: 1920, height: 1040 },
  { x: 1920, y: 0, width: 1280, height: 1000 },
];

test.each([
  ['on a screen that is there', place, place],
  ['on the second screen', { ...place, x: 2000 }, { ...place, x: 2000 }],
  ['on a screen that is gone', { ...place, x: 4000 }, null],
  ['above all screens', { ...place, y: -400 }, null],
  ['wider than its screen', { ...place, width: 5000 }, { ...place, width: 1920 }],
  ['smaller than the least', { ...place, width: 10, height: 10, x: -2000 }, null],
  ['never remembered', null, null],
  ['damaged', { ...place, x: Number.NaN }, null],
])('a window place %s is used or forgotten', (_case, saved, expected) => {
  expect(fitPlace(saved, screens)).toEqual(expected);
});

describeDesktop('the desktop window', () => {
  let dataFolder: string;
  let desktop: Desktop;

  beforeAll(async () => {
    dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-desktop-'));
    desktop = await launchDesktop({ dataFolder });
  });

  afterAll(async () => {
    await desktop?.close();
    fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  });

  test('opens on the first screen, which the engine has answered', async () => {
    await desktop.page.getByRole('heading', { level: 1 }).waitFor();
    expect(desktop.page.url()).toBe('app://mailferry/');
    expect(await desktop.page.evaluate(() => [innerWidth, innerHeight])).toEqual([1280, 820]);
    expect(desktop.problems).toEqual([]);
  });

  test('has room for the title bar that the page draws', async () => {
    const height = await desktop.page.evaluate(
      () =>
        (
          navigator as unknown as { windowControlsOverlay: { getTitlebarAreaRect(): { height: number } } }
        ).windowControlsOverlay.getTitlebarAreaRect().height,
    );
    expect(height).toBe(40);
  });

  test('keeps nothing of a page on disk: its session lives in memory', async () => {
    const kept = await desktop.app.evaluate(({ BrowserWindow }) => ({
      path: BrowserWindow.getAllWindows()[0]!.webContents.session.storagePath,
      isPersistent: BrowserWindow.getAllWindows()[0]!.webContents.session.isPersistent(),
    }));
    expect(kept).toEqual({ path: null, isPersistent: false });
  });

  test('has a menu in the language of the system, with the shortcuts', async () => {
    const entries = await desktop.app.evaluate(({ Menu }) =>
      (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
        (menu.submenu?.items ?? []).map((item) => `${item.label} ${String(item.accelerator ?? '')}`.trim()),
      ),
    );
    expect(entries).toEqual(expect.arrayContaining(['Add account… CmdOrCtrl+N', 'Search all archives CmdOrCtrl+K']));
  });

  test('a menu entry reaches the page as a named command', async () => {
    const { page, app } = desktop;
    const heard = page.evaluate(
      () =>
        new Promise((resolve) =>
          addEventListener('message', (event: MessageEvent<{ mailferry?: string }>) => {
            if (event.data.mailferry === 'command') resolve([event.origin, event.data]);
          }),
        ),
    );
    await page.evaluate(() => undefined);
    await app.evaluate(({ Menu, BrowserWindow }) => {
      const items = Menu.getApplicationMenu()!.items.flatMap((menu) => menu.submenu?.items ?? []);
      const jobs = items.find((item) => item.accelerator === 'CmdOrCtrl+J');
      (jobs?.click as (item: undefined, window: unknown) => void)(undefined, BrowserWindow.getAllWindows()[0]);
    });
    expect(await heard).toEqual(['app://mailferry', { mailferry: 'command', name: 'jobs' }]);
  });

  test('comes back where it was', async () => {
    const bounds = { x: 60, y: 40, width: 1100, height: 720 };
    await desktop.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]!.setBounds(to), bounds);
    await desktop.close();
    desktop = await launchDesktop({ dataFolder });
    const after = await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds());
    expect(after).toEqual(bounds);
  });

  test('a damaged settings file is put aside, never overwritten', async () => {
    await desktop.close();
    const file = path.join(dataFolder, 'settings.json');
    fs.writeFileSync(file, '{"window": tru');
    desktop = await launchDesktop({ dataFolder });
    await desktop.page.getByRole('heading', { level: 1 }).waitFor();
    const aside = fs.readdirSync(dataFolder).filter((name) => name.startsWith('settings-damaged-'));
    expect(aside).toHaveLength(1);
    expect(fs.readFileSync(path.join(dataFolder, aside[0]!), 'utf8')).toBe('{"window": tru');
  });
});
