/** `npm run bench:growth`: does a message of a million cost more than one of ten thousand? */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeResult } from '../bench/document.ts';
import { machineLine } from '../bench/machine-line.ts';
import { median } from '../bench/median.ts';
import type { GrowthStep, StepFigures } from './growth-steps.ts';

const USAGE = `npm run bench:growth -- [options]
  --messages N   of the large archive (default 1000000; a multiple of ten)
  --runs N       of which the medians are shown (default 3)
  --root DIR     where archives are made: 2 GB each, removed afterwards
  --document     put the table into docs/performance.md`;

const SMALL = 10_000;
const STEP = path.join(import.meta.dirname, 'growth-step.ts');

export interface GrowthWish {
  sizes: readonly number[];
  runs: number;
  root: string;
  say: (line: string) => void;
}

export interface Growth {
  messages: number;
  /** Everything into an empty folder. */
  backup: StepFigures;
  /** One more message in each folder. */
  more: StepFigures;
  open: StepFigures;
}

export function measureGrowth({ sizes, runs, root, say }: GrowthWish): Growth[] {
  const found = sizes.map((): Growth[] => []);
  for (let run = 0; run < runs; run++) {
    for (const [i, messages] of sizes.entries()) {
      const folder = fs.mkdtempSync(path.join(root, 'mailferry-growth-'));
      try {
        found[i]!.push(measureOne(path.join(folder, 'archive'), messages));
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
      say(`${run + 1}/${runs} ${messages}: ${Math.round(found[i]!.at(-1)!.backup.ms)} ms`);
    }
  }
  return found.map((growths) => ({
    messages: growths[0]!.messages,
    backup: medians(growths.map(({ backup }) => backup)),
    more: medians(growths.map(({ more }) => more)),
    open: medians(growths.map(({ open }) => open)),
  }));
}

function measureOne(folder: string, messages: number): Growth {
  const backup = step('backup', folder, messages);
  const more = step('backup', folder, messages + 10);
  const open = step('open', folder, messages);
  const told = [backup.messages, more.messages, open.messages].join(' ');
  if (told !== `${messages} 10 ${messages + 10}`) throw new Error(`Of ${messages} messages came: ${told}`);
  return { messages, backup, more, open };
}

function step(name: GrowthStep, folder: string, messages: number): StepFigures {
  const said = execFileSync(process.execPath, [STEP, name, folder, String(messages)], { encoding: 'utf8' });
  return JSON.parse(said) as StepFigures;
}

function medians(figures: readonly StepFigures[]): StepFigures {
  const middle = (of: (one: StepFigures) => number) => median(figures.map(of));
  return { ms: middle((one) => one.ms), peakBytes: middle((one) => one.peakBytes), messages: figures[0]!.messages };
}

export function renderGrowth(growths: readonly Growth[]): string {
  const columns = ['messages', 'backup s', 'µs each', 'peak MB', 'ten more s', 'peak MB', 'open s', 'peak MB'];
  const rows = growths.map(({ messages, backup, more, open }) => [
    messages.toLocaleString('en'),
    ...[seconds(backup), ((backup.ms * 1000) / messages).toFixed(1), megabytes(backup)],
    ...[seconds(more), megabytes(more), seconds(open), megabytes(open)],
  ]);
  const [small, large] = [growths[0]!, growths.at(-1)!];
  const each = ({ backup, messages }: Growth) => backup.ms / messages;
  const memoryEach = ({ backup, messages }: Growth) => backup.peakBytes / messages;
  const aims = [
    verdict('time for each message', each(large) / each(small), 1.2, '×'),
    verdict('opening the large archive', large.open.ms / 1000, 1, 's'),
    verdict('memory for each message', memoryEach(large) / memoryEach(small), 1.2, '×'),
  ];
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padStart(widths[i]!)).join('  ');
  return [line(columns), ...rows.map(line), '', ...aims].join('\n');
}

const seconds = ({ ms }: StepFigures): string => (ms / 1000).toFixed(2);
const megabytes = ({ peakBytes }: StepFigures): string => (peakBytes / 1e6).toFixed(0);

const verdict = (what: string, value: number, most: number, unit: string): string =>
  `${value <= most ? 'met   ' : 'missed'}  ${what}: ${value.toFixed(2)} ${unit}, aim at most ${most} ${unit}`;

function main(): void {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '3' },
      root: { type: 'string', default: os.tmpdir() },
      document: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const messages = Number(values.messages);
  if (values.help || !(messages >= SMALL) || messages % 10 !== 0) return console.log(USAGE);
  const facts = machineLine();
  const say = (line: string) => console.error(line);
  const growths = measureGrowth({ sizes: [SMALL, messages], runs: Number(values.runs), root: values.root, say });
  const text = `${facts}; median of ${values.runs} runs\n\n${renderGrowth(growths)}`;
  console.log(text);
  if (values.document) writeResult('growth', text);
}

if (import.meta.main) main();
