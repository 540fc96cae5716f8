/** `npm run bench:browse`: how fast an archive of 200,000 messages is indexed, listed and searched, and what that costs a backup. */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CorpusName } from '../bench/corpus-shapes.ts';
import { writeResult } from '../bench/document.ts';
import { machineLine } from '../bench/machine-line.ts';
import { largeArchive } from '../helpers/large-archive.ts';
import { besideFigures } from './beside.ts';
import { readFigures } from './read-figures.ts';
import { renderFigures, type Figure } from './figures.ts';

const USAGE = `npm run bench:browse -- [options]
  --messages N     of the archive (default: 200000), which is made once and kept
  --beside         also a backup with and without an index being built beside it (needs Dovecot)
  --runs N         of those, of which the medians are shown (default: 5)
  --document       put the table into docs/performance.md`;

export interface BrowseOptions {
  messages: number;
  beside: boolean;
  runs: number;
  /** Where the archive is kept; default: .cache below this folder. */
  archive?: string;
  corpus?: CorpusName;
  /** Where corpus and backups are; default: a folder of our own among the temporary ones. */
  root?: string;
  say: (line: string) => void;
}

export async function benchBrowse(options: BrowseOptions): Promise<Figure[]> {
  const { messages, beside, runs, corpus, say } = options;
  say(`making or finding an archive of ${messages.toLocaleString('en')} messages`);
  const archive = await largeArchive({ messages, folder: options.archive });
  const figures = await readFigures(archive, messages);
  if (!beside) return figures;
  const root = options.root ?? path.join(os.tmpdir(), `mailferry-bench-${os.userInfo().username}`);
  return [...figures, ...(await besideFigures({ archive, corpus, root, runs, say }))];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', default: '200000' },
      beside: { type: 'boolean', default: false },
      runs: { type: 'string', default: '5' },
      document: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [messages, runs] = [Number(values.messages), Number(values.runs)];
  if (values.help || !(messages >= 100) || !(runs >= 1)) return console.log(USAGE);
  const facts = machineLine();
  const figures = await benchBrowse({ messages, beside: values.beside, runs, say: (line) => console.error(line) });
  const text = `${facts}\nan archive of ${messages.toLocaleString('en')} messages of about 2 KB\n\n${renderFigures(figures)}`;
  console.log(text);
  if (values.document) writeResult('browse', text);
}

if (import.meta.main) await main();
