/** Mail of a megabyte in the reading pane: what of it is laid out, copied, found and read out. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { viewMessage } from '../../electron/engine/message/message-view.ts';
import { PIECE_LENGTH } from '../../renderer/lib/long-text.ts';
import { seeded } from '../bench/random.ts';
import { archiveIn, runBackup } from '../crash/harness/run-backup.ts';
import { fields, mail, noise, words } from '../helpers/broken/compose.ts';
import { launchChromium, openApp, type AppPage } from '../helpers/chromium.ts';
import { MemoryStore } from '../helpers/memory.ts';
import { startServe, type Line, type ServedApp } from '../helpers/serve-app.ts';
import { describeWith } from '../helpers/servers/available.ts';

const SCREEN_READER = '--force-renderer-accessibility=screen-reader';
const LAST_WORD = 'encore';
const random = seeded(20_261_129);

/** By subject, each octet a char. Without no-break spaces, which are copied as blanks. */
const MESSAGES = {
  letter: mail(fields(random, 'letter'), words(random, 40), '', words(random, 40)),
  endless: mail(fields(random, 'endless'), `${noise(random, 1_000, 161).repeat(1_000)} ${LAST_WORD}`),
  accents: mail(fields(random, 'accents', 'Content-Type: text/plain; charset=utf-8'), `a${'\xcc\x81'.repeat(500_000)}`),
  lines: mail(fields(random, 'lines'), ...Array.from({ length: 400 }, (_, n) => (n % 9 ? words(random, n % 30) : ''))),
  paragraph: mail(fields(random, 'paragraph'), words(random, 4_000)),
  fielded: mail(fields(random, 'fielded', `X-Words: ${words(random, 1_500)}`), 'x'),
  unbroken: mail(fields(random, 'unbroken'), noise(random, 20_000, 161)),
} as const;
type Subject = keyof typeof MESSAGES;

const viewOf = (subject: Subject) =>
  viewMessage(Buffer.from(MESSAGES[subject], 'latin1'), { search: '', remotePictures: false }).view;
const textOf = (subject: Subject): string => viewOf(subject).text;

describeWith(['chromium'], 'a long message', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-long-mail-'));
  let served: ServedApp;
  let line: Line;
  let browser: Browser;
  let app: AppPage;

  beforeAll(async () => {
    const store = new MemoryStore();
    for (const raw of Object.values(MESSAGES)) store.mailbox('INBOX').add(Buffer.from(raw, 'latin1'));
    await runBackup(folder, { layout: 'mbox', store });
    const dataFolder = path.join(folder, 'data');
    served = await startServe({ dataFolder, env: { HOME: folder, LANG: 'en_GB.UTF-8' } });
    line = await served.connect();
    await line.calls.archives.open({ folder: archiveIn(folder) });
    browser = await launchChromium();
    app = await openApp(browser, served.origin, { session: line.session });
    await app.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: served.origin });
  });

  afterAll(async () => {
    await browser?.close();
    line?.close();
    await served?.stop();
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
  });

  test.each([
    ['endless', 'Text'],
    ['endless', 'Source'],
    ['accents', 'Text'],
    ['accents', 'Source'],
  ] as const)('without a line end does not make the window stand still: %s, %s', async (subject, view) => {
    await open(app.page, subject, view);
    const pieces = await piecesOf(app.page);
    expect(pieces.length).toBeGreaterThan(50);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(PIECE_LENGTH + 2);
    // Thousands of accents stand above one another: all of these pieces are a few lines.
    if (subject === 'endless') expect(pieces.filter(({ isLaidOut }) => isLaidOut).length).toBeLessThan(10);
    expect(pieces[0]!.isLaidOut).toBe(true);
    expect(app.problems).toEqual([]);
  });

  test.each([
    ['letter', 0],
    ['lines', 5],
    ['paragraph', 4],
    ['unbroken', 3],
  ] as const)('is copied without a line end too many: %s', async (subject, pieces) => {
    const { page } = app;
    await open(page, subject);
    expect(await piecesOf(page)).toHaveLength(pieces);
    expect((await copyAll(page)).slice(-textOf(subject).length)).toBe(textOf(subject));
  });

  test('is copied without a line end too many: its header', async () => {
    const { page } = app;
    await open(page, 'fielded', 'Headers');
    expect(await piecesOf(page)).toHaveLength(2);
    expect(await copyAll(page)).toContain(viewOf('fielded').headers.find(({ name }) => name === 'X-Words')!.value);
  });

  test('is found by its last word, though that was never seen', async () => {
    const { page } = app;
    await open(page, 'endless');
    // What is selected is laid out, wherever it is.
    await page.evaluate(() => getSelection()!.removeAllRanges());
    await expect.poll(async () => (await piecesOf(page)).at(-1)!.isLaidOut).toBe(false);
    expect(await page.evaluate<boolean>(`window.find(${JSON.stringify(LAST_WORD)})`)).toBe(true);
    await expect.poll(async () => (await piecesOf(page)).at(-1)!.isLaidOut).toBe(true);
  });

  test('has every hit of a search marked', async () => {
    const { page } = app;
    await page.getByPlaceholder('Search this archive').fill('harbour');
    await open(page, 'paragraph');
    const hits = textOf('paragraph').match(/\bharbour\b/g)!;
    await expect.poll(() => page.locator('.archive-text mark').allTextContents()).toEqual(hits);
    await page.getByPlaceholder('Search this archive').fill('');
  });

  test('is read out to its end', async () => {
    const reader = await launchChromium('en', [SCREEN_READER]);
    try {
      const { page } = await openApp(reader, served.origin, { session: line.session });
      await open(page, 'lines');
      expect(withoutBlanks(await readOut(page))).toBe(withoutBlanks(textOf('lines')));
    } finally {
      await reader.close();
    }
  });
});

async function open(page: Page, subject: Subject, view: 'Text' | 'Headers' | 'Source' = 'Text'): Promise<void> {
  await page.getByRole('option').filter({ hasText: subject }).click();
  await page.locator('.archive-reading[aria-busy=false] h2').filter({ hasText: subject }).waitFor();
  await page.locator('.archive-views').getByText(view, { exact: true }).click();
  await page.locator(`.archive-${view.toLowerCase()}`).filter({ hasText: /\S/ }).waitFor();
}

/** Everything on the page that can be selected. */
async function copyAll(page: Page): Promise<string> {
  await page.locator('.archive-sheet').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+C');
  return page.evaluate(() => navigator.clipboard.readText());
}

interface Piece {
  length: number;
  isLaidOut: boolean;
}

function piecesOf(page: Page): Promise<Piece[]> {
  return page.locator('.archive-sheet .text-piece').evaluateAll((pieces) =>
    pieces.map((piece) => ({
      length: piece.textContent.length,
      isLaidOut: piece.firstElementChild!.checkVisibility({ contentVisibilityAuto: true }),
    })),
  );
}

/** As a screen reader is told it. */
async function readOut(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const read = (node: (typeof nodes)[number]): string =>
    node.role?.value === 'StaticText'
      ? String(node.name?.value)
      : (node.childIds ?? []).map((id) => read(byId.get(id)!)).join('');
  return read(nodes.find(({ role, name }) => role?.value === 'document' && name?.value === 'Text')!);
}

const withoutBlanks = (text: string): string => text.replaceAll(/\s/g, '');
