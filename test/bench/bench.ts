/** `npm run bench`: Mailferry's built command line beside a raw client and its peers, in one run, as ratios. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CLIENT_NAMES, type ClientName } from './client.ts';
import { BUILT_CLI, findTools } from './clients.ts';
import { makeCorpus } from './corpus.ts';
import { CORPUS_NAMES, type CorpusName } from './corpus-shapes.ts';
import { writeResult } from './document.ts';
import { machineFacts, renderFacts, type MachineFacts } from './facts.ts';
import { runBench, type Row } from './run-bench.ts';
import { cells, renderAims, renderTable, type Cell } from './table.ts';
import { TASKS, TASK_NAMES, type TaskName } from './tasks.ts';
import { openWorld } from './world.ts';

const USAGE = `npm run bench -- [options]
  --corpus NAME    ${CORPUS_NAMES.join(', ')} (default: mixed; repeatable)
  --only TASK      ${TASK_NAMES.join(', ')} (repeatable)
  --runs N         rounds, of which the medians are shown (default: 3)
  --client NAME    only raw, mailferry, mbsync or imapflow (repeatable)
  --tls            only Mailferry, by TLS: for its memory, as nobody else here is compared by TLS
  --all            slow peers too: mbsync with its defaults, imapflow's append, the raw client in Node
  --json FILE      everything that was measured
  --document       put the table into docs/performance.md
  --root DIR       where corpora are kept and runs happen, on the disk to be measured
  --cli FILE       another built command line, to compare two builds
  --node-flag X    for the Node that runs it, such as --cpu-prof (repeatable)`;

export interface BenchOptions {
  corpus: CorpusName;
  tasks: readonly TaskName[];
  runs: number;
  all: boolean;
  tls: boolean;
  /** Empty: every client that is here. */
  clients: readonly ClientName[];
  cli: string;
  nodeFlags: string[];
  root: string;
  signal?: AbortSignal;
  say: (line: string) => void;
}

export interface BenchResult {
  corpus: { name: CorpusName; messages: number; bytes: number; mailboxes: number };
  machine: MachineFacts;
  cells: Cell[];
}

export async function bench(options: BenchOptions): Promise<BenchResult> {
  const { root, say, runs, tls, signal } = options;
  const folder = path.join(root, `run-${process.pid}`);
  removeLeftovers(root);
  say(`making or finding the ${options.corpus} corpus below ${root}`);
  const corpus = makeCorpus(root, options.corpus);
  const { name, messages, bytes, mailboxes } = corpus;
  say(`${messages} messages, ${(bytes / 1e6).toFixed(0)} MB, ${mailboxes} mailboxes`);
  const tools = findTools({ ...options, only: options.clients, folder: root });
  for (const sentence of tools.missing) say(sentence);
  const world = await openWorld(corpus, tls);
  try {
    const told = (row: Row): void => say(`${row.round}/${runs} ${describe(row)}`);
    const rows = await runBench({ world, tools, tasks: options.tasks, rounds: runs, folder, signal, told });
    return { corpus: { name, messages, bytes, mailboxes }, machine: machineFacts(tools, tls), cells: cells(rows) };
  } finally {
    await world.stop();
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

/** Our own folder, not one that somebody else laid out for us in a shared place. */
function ownFolder(folder: string): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { uid } = fs.lstatSync(folder);
  const us = process.getuid?.() ?? uid;
  if (uid !== us) throw new Error(`${folder} belongs to somebody else; name another folder with --root.`);
  return folder;
}

interface CommandLine {
  corpora: CorpusName[];
  json?: string;
  document: boolean;
  options: Omit<BenchOptions, 'corpus'>;
}

function readOptions(args: string[]): CommandLine {
  const many = (...fallback: string[]) => ({ type: 'string', multiple: true, default: fallback }) as const;
  const { values } = parseArgs({
    args,
    options: {
      corpus: many('mixed'),
      only: many(),
      client: many(),
      runs: { type: 'string', default: '3' },
      all: { type: 'boolean', default: false },
      tls: { type: 'boolean', default: false },
      json: { type: 'string' },
      document: { type: 'boolean', default: false },
      root: { type: 'string', default: path.join(os.tmpdir(), `mailferry-bench-${os.userInfo().username}`) },
      cli: { type: 'string', default: BUILT_CLI },
      'node-flag': many(),
    },
  });
  const tasks = values.only.map((name) => oneOf('--only', TASK_NAMES, name));
  const { tls, document } = values;
  const clients = values.client.map((name) => oneOf('--client', CLIENT_NAMES, name));
  if (tls && clients.some((name) => name !== 'mailferry')) throw new Error('--tls takes only --client mailferry.');
  if (tls && document) throw new Error('--document takes no --tls: the table there compares clients on plain lines.');
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1 on.');
  return {
    corpora: values.corpus.map((name) => oneOf('--corpus', CORPUS_NAMES, name)),
    json: values.json,
    document,
    options: {
      tasks: tasks.length > 0 ? tasks : TASK_NAMES,
      runs,
      all: values.all,
      tls,
      clients: tls ? ['mailferry'] : clients,
      cli: path.resolve(values.cli),
      nodeFlags: values['node-flag'],
      root: ownFolder(path.resolve(values.root)),
      say: (line) => process.stderr.write(`bench: ${line}\n`),
    },
  };
}

function oneOf<T extends string>(option: string, names: readonly T[], given: string): T {
  const found = names.find((name) => name === given);
  if (!found) throw new Error(`${option} takes one of ${names.join(', ')}; "${given}" is none of them.`);
  return found;
}

function show({ corpus, machine, cells: all }: BenchResult): string {
  const size = `${corpus.messages} messages, ${(corpus.bytes / 1e6).toFixed(0)} MB, ${corpus.mailboxes} mailboxes`;
  const legend = TASK_NAMES.filter((name) => all.some(({ task }) => task === name)).map(
    (name) => `${name.padEnd(13)}  ${TASKS[name].says}`,
  );
  const aims = corpus.name === 'mixed' ? ['', renderAims(all)] : [];
  return [`${corpus.name}: ${size}`, renderFacts(machine), '', renderTable(all), '', ...legend, ...aims, ''].join('\n');
}

/** @returns the exit code: 64 for a wrong command line, 1 when a run did not count, 130 when stopped */
async function main(args: string[]): Promise<number> {
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  if (args.includes('--help')) {
    say(USAGE);
    return 0;
  }
  let read: ReturnType<typeof readOptions>;
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
    for (const corpus of read.corpora) {
      const result = await bench({ ...read.options, corpus, signal: stop.signal });
      results.push(result);
      process.stdout.write(show(result));
      if (read.document) writeResult(corpus, show(result));
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    say('bench: stopped; nothing is left behind.');
    return 130;
  }
  if (read.json !== undefined) fs.writeFileSync(read.json, `${JSON.stringify(results, null, 2)}\n`);
  return results.some(({ cells: all }) => all.some(({ failed }) => failed !== null)) ? 1 : 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
