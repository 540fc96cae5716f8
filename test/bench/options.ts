/** The command line of `npm run bench`. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchOptions } from './bench.ts';
import { CLIENT_NAMES } from './client.ts';
import { BUILT_CLI } from './clients.ts';
import { CORPUS_NAMES } from './corpus-shapes.ts';
import { LINE_NAMES, otherSet, SERVER_NAMES, SET_NAMES, SETS, setNamed, type BenchSet } from './sets.ts';
import { TASK_NAMES } from './tasks.ts';

export const USAGE = `npm run bench -- [options]
  --set NAME       ${SET_NAMES.join(', ')} (default: mixed; repeatable)
  --whole          all of them, slow peers too: what the aims are judged by
  --corpus NAME    a set of its own: ${CORPUS_NAMES.join(', ')} (repeatable)
  --line NAME        on this line: ${LINE_NAMES.join(', ')} (default: local)
  --server NAME      with this server: ${SERVER_NAMES.join(', ')} (default: full)
  --only TASK      ${TASK_NAMES.join(', ')} (repeatable)
  --runs N         rounds, of which the medians are shown (default: 3)
  --client NAME    only ${CLIENT_NAMES.join(', ')} (repeatable)
  --all            slow peers too: mbsync with its defaults, imapflow's append, imapsync, the raw client in Node
  --json FILE      everything that was measured
  --document       put the results into docs/performance.md; with --whole also the verdicts and their picture
  --root DIR       where corpora are kept and runs happen, on the disk to be measured
  --cli FILE       another built command line, to compare two builds
  --node-flag X    for the Node that runs it, such as --cpu-prof (repeatable)`;

export interface CommandLine {
  sets: BenchSet[];
  whole: boolean;
  json?: string;
  document: boolean;
  options: Omit<BenchOptions, 'set' | 'signal'>;
}

/** @throws Error with a sentence for the user */
export function readOptions(args: string[]): CommandLine {
  const many = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values } = parseArgs({
    args,
    options: {
      set: many,
      corpus: many,
      only: many,
      client: many,
      'node-flag': many,
      whole: { type: 'boolean', default: false },
      line: { type: 'string', default: 'local' },
      server: { type: 'string', default: 'full' },
      runs: { type: 'string', default: '3' },
      all: { type: 'boolean', default: false },
      json: { type: 'string' },
      document: { type: 'boolean', default: false },
      root: { type: 'string', default: path.join(os.tmpdir(), `mailferry-bench-${os.userInfo().username}`) },
      cli: { type: 'string', default: BUILT_CLI },
    },
  });
  const { document, whole } = values;
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1 on.');
  const line = oneOf('--line', LINE_NAMES, values.line);
  const server = oneOf('--server', SERVER_NAMES, values.server);
  const others = values.corpus.map((name) => otherSet(oneOf('--corpus', CORPUS_NAMES, name), line, server));
  if (document && others.length > 0) throw new Error('--document takes no --corpus: the document shows the sets.');
  const named = values.set.map((name) => setNamed(oneOf('--set', SET_NAMES, name)));
  const chosen = whole ? [...SETS] : [...named, ...others];
  const only = values.only.map((name) => oneOf('--only', TASK_NAMES, name));
  const tasksOf = (set: BenchSet): BenchSet => (only.length > 0 ? { ...set, tasks: only } : set);
  return {
    sets: (chosen.length > 0 ? chosen : [setNamed('mixed')]).map(tasksOf),
    whole,
    json: values.json,
    document,
    options: {
      runs,
      all: values.all || whole,
      clients: values.client.map((name) => oneOf('--client', CLIENT_NAMES, name)),
      cli: path.resolve(values.cli),
      nodeFlags: values['node-flag'],
      root: ownFolder(path.resolve(values.root)),
      say: (sentence) => process.stderr.write(`bench: ${sentence}\n`),
    },
  };
}

function oneOf<T extends string>(option: string, names: readonly T[], given: string): T {
  const found = names.find((name) => name === given);
  if (!found) throw new Error(`${option} takes one of ${names.join(', ')}; "${given}" is none of them.`);
  return found;
}

/** Our own folder, not one that somebody else laid out for us in a shared place. */
function ownFolder(folder: string): string {
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { uid } = fs.lstatSync(folder);
  const us = process.getuid?.() ?? uid;
  if (uid !== us) throw new Error(`${folder} belongs to somebody else; name another folder with --root.`);
  return folder;
}
