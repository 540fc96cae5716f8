/** `npm run bench:screens`: the built app in a real browser, with thousands of folders and an archive of 200,000 messages. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeResult } from '../bench/document.ts';
import { machineLine } from '../bench/machine-line.ts';
import { accountFigures } from './account-scenes.ts';
import { archiveFigures } from './archive-scenes.ts';
import { renderFigures, type Figure } from './figures.ts';
import { openBench, type Bench } from './opened.ts';
import { startFigures } from './start-scenes.ts';

const PARTS = ['account', 'archive', 'start'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `npm run bench:screens -- [options]
  --only PART      ${PARTS.join(', ')} (repeatable)
  --folders N      of the account (default: 5000)
  --messages N     of the archive (default: 200000), which is made once and kept
  --runs N         of which the medians are shown (default: 3)
  --archive DIR    where the archive is kept (default: .cache below this folder)
  --packaged FILE  a packaged app, to be started too
  --document       put the table into docs/performance.md`;

export interface ScreensOptions {
  only: readonly Part[];
  folders: number;
  messages: number;
  runs: number;
  /** Wheel steps, keys and moves of each scene. */
  steps: number;
  archive: string;
  packaged: string | null;
  say: (line: string) => void;
}

export async function benchScreens(options: ScreensOptions): Promise<Figure[]> {
  const { only, folders, messages, runs, steps, archive, packaged, say } = options;
  const figures: Figure[] = [];
  if (only.includes('account'))
    figures.push(...(await withBench((b) => accountFigures(b, { folders, runs, steps, say }))));
  if (only.includes('archive')) {
    const wish = { messages, folder: archive, runs, steps, say };
    figures.push(...(await withBench((bench) => archiveFigures(bench, wish))));
  }
  if (only.includes('start')) figures.push(...(await startFigures({ runs, packaged, say })));
  return figures;
}

async function withBench<T>(act: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = await openBench();
  try {
    return await act(bench);
  } finally {
    await bench.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      folders: { type: 'string', default: '5000' },
      messages: { type: 'string', default: '200000' },
      runs: { type: 'string', default: '3' },
      archive: { type: 'string' },
      packaged: { type: 'string' },
      document: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const only = (values.only ?? [...PARTS]) as Part[];
  if (values.help || only.some((part) => !PARTS.includes(part))) return console.log(USAGE);
  const facts = machineLine();
  const figures = await benchScreens({
    only,
    folders: Number(values.folders),
    messages: Number(values.messages),
    runs: Number(values.runs),
    steps: 100,
    archive: values.archive ?? path.resolve('.cache', `archive-${values.messages}`),
    packaged: values.packaged ?? null,
    say: (line) => console.error(line),
  });
  const text = `${facts}\nmedian and worst of ${values.runs} runs\n\n${renderFigures(figures)}`;
  console.log(text);
  if (values.document) writeResult('screens', text);
}

if (import.meta.main) await main();
