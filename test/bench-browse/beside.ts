/** A backup, and the same while another archive is being indexed: what each takes from the other. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { makeCorpus } from '../bench/corpus.ts';
import type { CorpusName } from '../bench/corpus-shapes.ts';
import { findTools, BUILT_CLI } from '../bench/clients.ts';
import { measure } from '../bench/measure.ts';
import { median } from '../bench/median.ts';
import { LINES, type LineName } from '../bench/sets.ts';
import { openWorld } from '../bench/world.ts';
import { INDEXED_PER_SECOND, SLOWER, type Figure } from './figures.ts';
import { removeIndex } from './remove-index.ts';

export interface BesideOptions {
  /** To be indexed, anew in each round. */
  archive: string;
  /** What the backup is of; default: small. */
  corpus?: CorpusName;
  root: string;
  runs: number;
  say: (line: string) => void;
}

interface Round {
  aloneMs: number;
  besideMs: number;
  indexedPerSecond: number;
}

/** As a provider's mail comes, and as fast as this machine can: there the server takes a part of it, too. */
const LINES_BESIDE: readonly LineName[] = ['home', 'local'];

export async function besideFigures(options: BesideOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const line of LINES_BESIDE) figures.push(...(await figuresOf(line, options)));
  return figures;
}

async function figuresOf(line: LineName, options: BesideOptions): Promise<Figure[]> {
  const { archive, root, runs, say, corpus: name = 'small' } = options;
  const folder = path.join(root, `run-${process.pid}`);
  const corpus = await makeCorpus(root, name);
  const tools = findTools({ folder: root, cli: BUILT_CLI, nodeFlags: [], all: false, only: ['mailferry'] });
  const set = { name: 'beside', corpus: name, line, server: 'full', tasks: ['backup'], clients: [] } as const;
  const world = await openWorld(corpus, set, folder);
  try {
    const backup = async (which: string): Promise<number> => {
      const base = path.join(folder, which);
      const stage = { world, folder: base, base, target: () => world.target() };
      const attempt = await tools.clients[0]!.tasks.backup!.prepare(stage);
      const result = await measure(attempt.command, attempt.args, attempt.env, { timed: tools.timed });
      const bad = await attempt.check(result, null);
      if (bad !== null) throw new Error(`The backup ${which} does not count: ${bad}`);
      fs.rmSync(base, { recursive: true, force: true });
      return result.wallMs;
    };
    await backup('warm');
    const rounds: Round[] = [];
    for (let n = 1; n <= runs; n++) {
      const alone = (): Promise<number> => backup(`alone-${n}`);
      // Whoever is first has the colder machine: not always the same.
      const firstMs = n % 2 === 0 ? await alone() : null;
      const beside = await withIndexer(archive, () => backup(`beside-${n}`));
      const round = { aloneMs: firstMs ?? (await alone()), besideMs: beside.value, indexedPerSecond: beside.perSecond };
      rounds.push(round);
      say(
        `${line} ${n}/${runs} backup alone ${(round.aloneMs / 1000).toFixed(2)} s, beside ${(round.besideMs / 1000).toFixed(2)} s, ` +
          `${Math.round(round.indexedPerSecond)} messages a second indexed`,
      );
    }
    return summary(line, rounds);
  } finally {
    await world.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function summary(line: LineName, rounds: readonly Round[]): Figure[] {
  const slower = median(rounds.map(({ aloneMs, besideMs }) => besideMs / aloneMs));
  const perSecond = median(rounds.map(({ indexedPerSecond }) => indexedPerSecond));
  return [
    {
      what: `backup (${LINES[line].says}), an archive being indexed beside it`,
      ...{ value: slower, unit: '×', aim: SLOWER, better: 'less' },
    },
    {
      what: `index beside a backup (${LINES[line].says})`,
      ...{ value: perSecond, unit: 'messages a second', aim: INDEXED_PER_SECOND, better: 'more' },
    },
  ];
}

/** In a process of its own, from the first message indexed on. */
async function withIndexer<T>(archive: string, act: () => Promise<T>): Promise<{ value: T; perSecond: number }> {
  removeIndex(archive);
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'indexer.ts'), archive], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let latest = { atMs: 0, indexed: 0 };
  createInterface({ input: child.stdout }).on('line', (line) => (latest = JSON.parse(line) as typeof latest));
  try {
    await indexing(child, () => latest.indexed > 0);
    const from = latest;
    const value = await act();
    return { value, perSecond: ((latest.indexed - from.indexed) / (latest.atMs - from.atMs)) * 1000 };
  } finally {
    child.stdin.end();
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function indexing(child: ChildProcess, hasBegun: () => boolean): Promise<void> {
  while (!hasBegun()) {
    if (child.exitCode !== null) throw new Error('The indexer has ended.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
