/** An archive as a person reads it: indexed, listed, searched. */
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { MessageQuery } from '../../shared/browse.ts';
import { ArchiveBrowser } from '../../electron/engine/engine.ts';
import { HITS_MS, INDEXED_PER_SECOND, type Figure } from './figures.ts';
import { removeIndex } from './remove-index.ts';

const ALL: MessageQuery = {
  ...{ mailbox: null, text: '', field: 'everywhere', unread: false, flagged: false, attachment: false },
  ...{ after: null, before: null, sort: 'newest' },
};
const SORTS = ['newest', 'oldest', 'largest', 'from', 'subject'] as const;
/** What people type, letter by letter; words that many have, that few have, that none has. */
const TEXTS = [
  ...['m', 'me', 'mee', 'meeting', 'meeting inv', 'meeting invoice', 'budget', 'müller', 'mueller'],
  ...['"meeting invoice"', 'rossi budget', 'report-17', 'the of and', 'zufen', 'nothingatall'],
];
const PAGE = 50;

export async function readFigures(archive: string, messages: number): Promise<Figure[]> {
  removeIndex(archive);
  const figures: Figure[] = [];
  const add = (what: string, value: number, unit: Figure['unit'], aim: number | null = null): void => {
    figures.push({ what, value, unit, aim, better: unit === 'messages a second' ? 'more' : 'less' });
  };
  const indexFolder = path.join(archive, 'state/index');
  const first = await timed(() => ArchiveBrowser.open(archive, indexFolder));
  add('open for the first time', first.ms, 'ms');
  const built = await build(first.value);
  add('index of all words', (messages / built.ms) * 1000, 'messages a second', INDEXED_PER_SECOND);
  add('a page meanwhile, the longest', built.longestPageMs, 'ms');
  const bytes = fs.statSync(path.join(archive, 'state/search.sqlite')).size;
  add('size of the index', bytes / messages, 'octets a message');
  await first.value.close();

  const again = await timed(() => ArchiveBrowser.open(archive, indexFolder));
  add('open again', again.ms, 'ms');
  const browser = again.value;
  const ask = async (query: Partial<MessageQuery>, offset = 0): Promise<number> =>
    (await timed(() => browser.messages({ ...ALL, ...query }, offset, PAGE))).ms;
  try {
    add('folders', (await timed(() => browser.folders())).ms, 'ms');
    for (const sort of SORTS) {
      add(`first page of INBOX, ${sort}`, await ask({ mailbox: 'INBOX', sort }), 'ms');
      add('  one in the middle', await ask({ mailbox: 'INBOX', sort }, Math.round(messages * 0.3)), 'ms');
    }
    add('unread with attachment', await ask({ unread: true, attachment: true }), 'ms');
    for (const text of TEXTS) add(`first hits: ${text}`, await ask({ text }), 'ms', HITS_MS);
    add('the best hits: rechnung', await ask({ text: 'rechnung', sort: 'relevance' }), 'ms');
  } finally {
    await browser.close();
  }
  return figures;
}

/** While somebody leafs through INBOX. */
async function build(browser: ArchiveBrowser): Promise<{ ms: number; longestPageMs: number }> {
  let isBuilding = true;
  const building = timed(() => browser.buildIndex()).finally(() => (isBuilding = false));
  let longestPageMs = 0;
  for (let page = 0; isBuilding; page++) {
    const { ms } = await timed(() => browser.messages({ ...ALL, mailbox: 'INBOX' }, page * PAGE, PAGE));
    longestPageMs = Math.max(longestPageMs, ms);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { ms: (await building).ms, longestPageMs };
}

async function timed<T>(act: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const start = performance.now();
  const value = await act();
  return { value, ms: performance.now() - start };
}
