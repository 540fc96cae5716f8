/** The account screen with thousands of folders. */
import type { Page } from 'playwright-core';
import { AIM_MS, type Figure } from './figures.ts';
import { framesDuring, type Frames } from './frames.ts';
import { startManyFolders } from './many-folders.ts';
import { hold, wheel } from './hands.ts';
import { open, type Bench } from './opened.ts';

export interface AccountWish {
  folders: number;
  runs: number;
  /** Wheel steps, keys and moves of each scene. */
  steps: number;
  say: (line: string) => void;
}

type Scene = [what: string, act: (page: Page, steps: number) => Promise<void>, before?: (page: Page) => Promise<void>];

const TABLE = '[role=treegrid]';

const SCENES: readonly Scene[] = [
  ['wheel, all unfolded', (page, steps) => wheel(page, TABLE, steps)],
  ['ArrowDown held', (page, steps) => hold(page, 'ArrowDown', steps), (page) => page.locator(TABLE).focus()],
  ['PageDown held', (page, steps) => hold(page, 'PageDown', steps / 2)],
  ['typing into the filter', typeFilter],
  ['folding and unfolding all (*)', foldAll, (page) => page.locator(TABLE).focus()],
  ['pointer over the size map', hover],
];

/** @throws Error when the screen does not come up */
export async function accountFigures(bench: Bench, { folders, runs, steps, say }: AccountWish): Promise<Figure[]> {
  const server = await startManyFolders(folders);
  const { page, close } = await open(bench, async ({ calls }) => {
    const { user, password, port } = server;
    const endpoint = { host: '127.0.0.1', port, security: 'none' } as const;
    const account = { user, endpoint };
    const { id } = await calls.accounts.add({
      ...{ name: 'Mira', address: user, account, password, keep: 'ask', providerId: null },
    });
    await calls.accounts.givePassword({ id, password });
  });
  const figures = new Map<string, Frames[]>();
  const keep = (what: string, frames: Frames) => figures.set(what, [...(figures.get(what) ?? []), frames]);
  try {
    const coming = await framesDuring(bench.browser, page, () => folderRows(page, folders));
    say(`${folders} folders are on the screen`);
    keep(COMING, coming);
    await page.locator(TABLE).focus();
    await page.keyboard.press('*');
    for (let run = 0; run < runs; run++) {
      keep(STILL, await framesDuring(bench.browser, page, () => page.waitForTimeout(1500)));
      for (const [what, act, before] of SCENES) {
        await before?.(page);
        const frames = await framesDuring(bench.browser, page, () => act(page, steps));
        keep(what, frames);
        say(
          `${run + 1}/${runs} ${what}: longest ${frames.longestMs.toFixed(0)} ms of ${frames.count}, ${frames.cpuMs.toFixed(0)} ms of work`,
        );
      }
    }
  } finally {
    await close();
    await server.stop();
  }
  return [...figures].map(([what, frames]) => figureOf(what, folders, frames));
}

/** What the machine does to a page on which nothing happens. */
const STILL = 'nothing: the machine itself';
/** Once, and nobody scrolls yet. */
const COMING = 'folders and sizes come in';

function figureOf(what: string, folders: number, frames: Frames[]): Figure {
  return {
    group: `Account of ${folders.toLocaleString('en')} folders: longest frame, ms`,
    what,
    valuesMs: frames.map(({ longestMs }) => longestMs),
    p99Ms: frames.map(({ p99Ms }) => p99Ms),
    cpuMs: frames.map(({ cpuMs }) => cpuMs),
    aimMs: what === STILL || what === COMING ? null : AIM_MS.frame,
  };
}

/** All folders and all sizes are there. */
async function folderRows(page: Page, folders: number): Promise<void> {
  await page.getByRole('treegrid').waitFor();
  await page.waitForFunction(
    (least) => Number(document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount')) > Math.min(least, 5),
    folders,
  );
  await page.locator('.account-map [data-tile]').first().waitFor();
  await page.locator('.page-foot, footer').getByText('just now').waitFor();
}

async function typeFilter(page: Page): Promise<void> {
  const field = page.getByLabel('Find a folder');
  await field.focus();
  for (const text of ['rech', 'müller 1', 'проекты', 'e']) {
    for (const letter of text) {
      await page.keyboard.type(letter);
      await page.waitForTimeout(80);
    }
    await page.keyboard.press('Escape');
    await page.waitForTimeout(150);
  }
}

async function foldAll(page: Page): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('*');
    await page.waitForTimeout(250);
  }
}

async function hover(page: Page, steps: number): Promise<void> {
  const box = await page.locator('.account-map').boundingBox();
  if (!box) throw new Error('The account screen shows no size map.');
  for (let i = 0; i < steps; i++) {
    const [x, y] = [(i * 37) % (box.width - 8), (i * 53) % (box.height - 8)];
    await page.mouse.move(box.x + 4 + x, box.y + 4 + y);
    await page.waitForTimeout(16);
  }
}
