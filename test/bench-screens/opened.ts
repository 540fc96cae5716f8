/** The built app in a browser, with what a scene needs in its data folder. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, openApp } from '../helpers/chromium.ts';
import { startServe, type Line, type ServedApp } from '../helpers/serve-app.ts';

const WAIT_MS = 120_000;
/** As a window on a laptop: what is drawn in software takes its time by the pixel. */
const VIEWPORT = { width: 1280, height: 820 };

export interface Opened {
  page: Page;
  /** The page's line beside it, to prepare things. */
  line: Line;
  close: () => Promise<void>;
}

export interface Bench {
  browser: Browser;
  dataFolder: string;
  close: () => Promise<void>;
}

/** A data folder for all scenes: what one adds the next one has. */
export async function openBench(): Promise<Bench> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-screens-'));
  const browser = await launchChromium();
  const close = async () => {
    await browser.close();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  };
  return { browser, dataFolder: path.join(folder, 'data'), close };
}

export function serveBench({ dataFolder }: Bench): Promise<ServedApp> {
  return startServe({ dataFolder, env: { HOME: dataFolder, LANG: 'en_GB.UTF-8' } });
}

/** @param prepare done before there is a page */
export async function open(bench: Bench, prepare: (line: Line) => Promise<void>): Promise<Opened> {
  const served = await serveBench(bench);
  const line = await served.connect();
  await prepare(line);
  const { page, close } = await openApp(bench.browser, served.origin, { viewport: VIEWPORT, session: line.session });
  page.setDefaultTimeout(WAIT_MS);
  return {
    page,
    line,
    close: async () => {
      await close();
      line.close();
      await served.stop();
    },
  };
}
