/** `npm run bench`: Mailferry's built command line beside a raw client and its peers, in one run, as ratios. */
import fs from 'node:fs';
import path from 'node:path';
import { judge, renderAims, type Judged } from './aims.ts';
import type { ClientName } from './client.ts';
import { findTools } from './clients.ts';
import { makeCorpus } from './corpus.ts';
import { writePicture, writeResult } from './document.ts';
import { machineFacts, renderFacts, type MachineFacts } from './facts.ts';
import { readOptions, USAGE, type CommandLine } from './options.ts';
import { runBench, type Row } from './run-bench.ts';
import type { BenchSet } from './sets.ts';
import { cells, renderTable } from './table.ts';
import { TASKS, TASK_NAMES } from './tasks.ts';
import { openWorld } from './world.ts';

export interface BenchOptions {
  set: BenchSet;
  runs: number;
  /** A peer that takes longer for something does that once; default: a minute. */
  slowMs?: number;
  /** Slow peers too. */
  all: boolean;
  /** Of those that the set wants; empty: every client that is here. */
  clients: readonly ClientName[];
  cli: string;
  nodeFlags: string[];
  root: string;
  signal?: AbortSignal;
  say: (line: string) => void;
}

export interface BenchResult extends Judged {
  corpus: { name: string; messages: number; bytes: number; mailboxes: number };
  machine: MachineFacts;
}

export async function bench(options: BenchOptions): Promise<BenchResult> {
  const { root, say, runs, set, signal, slowMs = 60_000 } = options;
  const folder = path.join(root, `run-${process.pid}`);
  removeLeftovers(root);
  say(`${set.name}: making or finding the ${set.corpus} corpus below ${root}`);
  const corpus = await makeCorpus(root, set.corpus);
  const { name, messages, bytes, mailboxes } = corpus;
  say(`${messages} messages, ${(bytes / 1e6).toFixed(0)} MB, ${mailboxes} mailboxes`);
  const only = options.clients.length > 0 ? options.clients : set.clients;
  const tools = findTools({ ...options, only, folder: root });
  for (const sentence of tools.missing) say(sentence);
  try {
    const world = await openWorld(corpus, set, folder);
    try {
      const told = (row: Row): void => say(`${row.round}/${runs} ${describe(row)}`);
      const rows = await runBench({ world, tools, tasks: set.tasks, rounds: runs, slowMs, folder, signal, told });
      const machine = machineFacts(tools, set);
      return { set: set.name, messages, corpus: { name, messages, bytes, mailboxes }, machine, cells: cells(rows) };
    } finally {
      await world.stop();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const describe = ({ task, client, measured, failed }: Row): string =>
  `${task} ${client}: ${failed === null ? `${(measured.wallMs / 1000).toFixed(2)} s` : `FAILED: ${failed}`}`;

/** What a killed run left behind: its folders end in its process id. */
function removeLeftovers(root: string): void {
  for (const name of fs.readdirSync(root)) {
    const pid = /^(?:run|\w+-unfinished)-(\d+)$/.exec(name)?.[1];
    if (pid && !fs.existsSync(`/proc/${pid}`)) fs.rmSync(path.join(root, name), { recursive: true, force: true });
  }
}

function show({ set, corpus, machine, cells: all }: BenchResult): string {
  const size = `${corpus.messages} messages, ${(corpus.bytes / 1e6).toFixed(0)} MB, ${corpus.mailboxes} mailboxes`;
  const legend = TASK_NAMES.filter((name) => all.some(({ task }) => task === name)).map(
    (name) => `${name.padEnd(13)}  ${TASKS[name].says}`,
  );
  const samples = all.flatMap(({ task, client, sampleOf }) =>
    sampleOf === null ? [] : [`~              ${task} ${client}: ${sampleOf} messages, time told for all`],
  );
  const head = [`${set}: the ${corpus.name} corpus, ${size}`, renderFacts(machine)];
  return [...head, '', renderTable(all), '', ...legend, ...samples, ''].join('\n');
}

/** @returns the exit code: 64 for a wrong command line, 1 when a run did not count, 130 when stopped */
async function main(args: string[]): Promise<number> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  if (args.includes('--help')) {
    say(USAGE);
    return 0;
  }
  let read: CommandLine;
  try {
    read = readOptions(args);
  } catch (error) {
    say(`bench: ${(error as Error).message}\n${USAGE}`);
    return 64;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error('Stopped.')));
  const results: BenchResult[] = [];
  try {
    for (const set of read.sets) {
      const result = await bench({ ...read.options, set, signal: stop.signal });
      results.push(result);
      process.stdout.write(`${show(result)}\n`);
      if (read.document) writeResult(set.name, show(result));
      // After each set: a run of half an hour may be cut at any time.
      if (read.json !== undefined) fs.writeFileSync(read.json, `${JSON.stringify(results, null, 2)}\n`);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    say('bench: stopped; nothing is left behind.');
    return 130;
  }
  tellVerdicts(read, results);
  return results.some(({ cells: all }) => all.some(({ failed }) => failed !== null)) ? 1 : 0;
}

function tellVerdicts({ whole, document }: CommandLine, results: readonly BenchResult[]): void {
  const verdicts = judge(results);
  const text = renderAims(verdicts, whole);
  process.stdout.write(`${text}\n`);
  if (!whole || !document) return;
  writeResult('aims', text);
  writePicture(verdicts);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
