/** The archive screen with many thousands of messages: scrolling, keys, folders, search. */
import type { Page } from 'playwright-core';
import { largeArchive } from '../helpers/large-archive.ts';
import type { Line } from '../helpers/serve-app.ts';
import { answerTo, type Answer } from './answers.ts';
import { AIM_MS, type Figure } from './figures.ts';
import { framesDuring, type Frames } from './frames.ts';
import { drag, hold, wheel } from './hands.ts';
import { open, type Bench } from './opened.ts';
import { SEARCHES } from './searches.ts';

export interface ArchiveWish {
  messages: number;
  /** Where the archive is made, or kept. */
  folder: string;
  runs: number;
  /** Wheel steps and keys of each scene. */
  steps: number;
  say: (line: string) => void;
}

type Scene = [what: string, act: (page: Page, steps: number) => Promise<void>];

const LIST = '.archive-list';

const SCENES: readonly Scene[] = [
  ['wheel', (page, steps) => wheel(page, LIST, steps)],
  ['ArrowDown held', (page, steps) => held(page, 'ArrowDown', steps)],
  ['J held', (page, steps) => held(page, 'j', steps)],
  ['PageDown held', (page, steps) => held(page, 'PageDown', steps)],
  ['dragging to the middle', (page, steps) => drag(page, LIST, 0.5, steps / 2)],
];

export async function archiveFigures(bench: Bench, wish: ArchiveWish): Promise<Figure[]> {
  const { messages, runs, steps, say } = wish;
  const folder = await largeArchive({ messages, folder: wish.folder });
  const { page, close } = await open(bench, (line) => openIndexed(line, folder, say));
  const frames = new Map<string, Frames[]>();
  const times = new Map<string, Answer[]>();
  const keep = <T>(map: Map<string, T[]>, what: string, value: T) => map.set(what, [...(map.get(what) ?? []), value]);
  try {
    for (let run = 0; run < runs; run++) {
      // A page keeps the lists that it has shown.
      await page.reload();
      await page.locator(`${LIST} [role=option]`).first().waitFor();
      await page.waitForTimeout(1500);
      for (const [name, answer] of await folderTimes(page)) keep(times, `click on ${name}`, answer);
      for (const [what, act] of SCENES) {
        await toTheTop(page);
        const seen = await framesDuring(bench.browser, page, () => act(page, steps));
        keep(frames, what, seen);
        say(
          `${run + 1}/${runs} ${what}: longest ${seen.longestMs.toFixed(0)} ms of ${seen.count}, ${seen.cpuMs.toFixed(0)} ms of work`,
        );
      }
      for (const { what, texts, isTyped } of SEARCHES) {
        const answer = await search(page, texts[run % texts.length]!, isTyped);
        keep(times, what, answer);
        say(`${run + 1}/${runs} ${what}: ${answer.shownMs.toFixed(0)} ms`);
      }
    }
  } finally {
    await close();
  }
  return [...frameFigures(frames, messages), ...timeFigures(times)];
}

/** @returns when the archive is known and everything in it is indexed: building is another matter */
async function openIndexed({ calls }: Line, folder: string, say: ArchiveWish['say']): Promise<void> {
  const { id } = await calls.archives.open({ folder });
  for await (const { indexed, total, state } of await calls.archives.index({ id })) {
    say(`index: ${indexed} of ${total}`);
    if (state === 'failed') throw new Error(`The index of ${folder} cannot be built.`);
  }
}

async function toTheTop(page: Page): Promise<void> {
  await page.locator(LIST).evaluate((list) => (list.scrollTop = 0));
  await page.waitForTimeout(300);
}

async function held(page: Page, key: string, steps: number): Promise<void> {
  await page.locator(LIST).focus();
  await hold(page, key, steps);
}

/** From a click on a folder to its first rows, each folder in turn. */
async function folderTimes(page: Page): Promise<[string, Answer][]> {
  const found: [string, Answer][] = [];
  for (const name of ['Sent', 'Archive', 'Inbox']) {
    const folder = page.locator('.archive-folder').filter({ hasText: name }).first();
    found.push([name, await answerTo(page, () => folder.click())]);
  }
  return found;
}

async function search(page: Page, text: string, isTyped: boolean): Promise<Answer> {
  const field = page.getByLabel('Search this archive');
  await field.focus();
  const answer = await answerTo(page, async () => {
    if (isTyped) await page.keyboard.type(text, { delay: 90 });
    else await page.keyboard.insertText(text);
  });
  await page.keyboard.press('Escape');
  await page.waitForTimeout(400);
  return answer;
}

const frameFigures = (frames: Map<string, Frames[]>, messages: number): Figure[] =>
  [...frames].map(([what, seen]) => ({
    group: `Archive of ${messages.toLocaleString('en')} messages: longest frame, ms`,
    what,
    valuesMs: seen.map(({ longestMs }) => longestMs),
    p99Ms: seen.map(({ p99Ms }) => p99Ms),
    cpuMs: seen.map(({ cpuMs }) => cpuMs),
    aimMs: AIM_MS.frame,
  }));

const timeFigures = (times: Map<string, Answer[]>): Figure[] =>
  [...times].map(([what, answers]) => ({
    group: 'From the last key or click to the frame that shows it, ms',
    what,
    valuesMs: answers.map(({ shownMs }) => shownMs),
    p99Ms: null,
    cpuMs: null,
    aimMs: what.startsWith('click') ? AIM_MS.list : AIM_MS.hits,
  }));
