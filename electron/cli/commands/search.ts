import { createHash } from 'node:crypto';
import path from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import type { MessageRow } from '../../../shared/browse.ts';
import type { ArchiveBrowser } from '../../engine/engine.ts';
import { createContext, defaultStateFolder, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { clip, formatCount, formatMessages, padEnd, printable } from '../format.ts';
import type { Exit } from '../program.ts';
import type { Terminal } from '../terminal.ts';

interface SearchOptions {
  limit: number;
  mailbox?: string;
}

const DEFAULT_LIMIT = 50;
const PAGE = 500;

export function addSearch(program: Command, exit: Exit): void {
  program
    .command('search <archive> <words...>')
    .description('messages that hold all of these words, in names, subject, text or names of attachments')
    .option('--limit <n>', 'so many messages at most, the newest first', parseLimit, DEFAULT_LIMIT)
    .option('--mailbox <folder>', 'in this folder only')
    .action(async (folder: string, words: string[], options: SearchOptions) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>());
      const browser = await engine.browse(folder, indexFolder(folder));
      try {
        await index(browser, terminal);
        await search(browser, words.join(' '), options, terminal);
      } finally {
        await browser.close();
      }
      exit(EXIT.complete);
    });
}

/** For an archive that may not be written to. */
function indexFolder(archive: string): string {
  const name = createHash('sha256').update(path.resolve(archive)).digest('hex').slice(0, 16);
  return path.join(path.dirname(defaultStateFolder()), 'search', name);
}

/** What is not indexed would not be found: a search from a script must be complete. */
async function index(browser: ArchiveBrowser, terminal: Terminal): Promise<void> {
  let told = Date.now();
  await browser.buildIndex((indexed, total) => {
    if (indexed === total || Date.now() - told < 2000) return;
    told = Date.now();
    terminal.say(`Indexing: ${formatCount(indexed)} of ${formatMessages(total)}`);
  });
}

async function search(
  browser: ArchiveBrowser,
  text: string,
  options: SearchOptions,
  terminal: Terminal,
): Promise<void> {
  const { limit, mailbox = null } = options;
  const query = {
    ...{ mailbox, text, field: 'everywhere' as const, unread: false, flagged: false, attachment: false },
    ...{ after: null, before: null, sort: 'newest' as const },
  };
  for (let shown = 0; ;) {
    const { rows, total } = await browser.messages(query, shown, Math.min(PAGE, limit - shown));
    for (const row of rows) printRow(row, terminal);
    shown += rows.length;
    if (rows.length > 0 && shown < Math.min(total, limit)) continue;
    terminal.object({ type: 'summary', messages: total, shown });
    const rest = shown < total ? `, ${formatCount(shown)} shown` : '';
    if (!terminal.json) terminal.say(`${formatMessages(total)} found${rest}.`);
    return;
  }
}

function printRow({ hits: _, ...row }: MessageRow, terminal: Terminal): void {
  terminal.object({ type: 'message', ...row });
  if (terminal.json) return;
  const fromWidth = Math.min(30, Math.floor(terminal.columns / 4));
  const date = (row.date ?? '').slice(0, 16).replace('T', ' ');
  const from = padEnd(clip(printable(row.from), fromWidth), fromWidth);
  terminal.print(`${padEnd(date, 16)}  ${from}  ${printable(row.subject)}\n`);
  terminal.print(`  ${printable(row.mailbox)} ${row.uid}: ${printable(row.snippet)}\n`);
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('It takes a whole number above 0.');
  return limit;
}
