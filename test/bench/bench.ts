/** npm run bench: Mailferry's built command line beside a raw client and mbsync, in one run, as ratios. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runAs } from '../helpers/servers/process.ts';
import { buildCli, buildRaw, hasMbsync } from './clients.ts';
import { makeCorpus, type CorpusName } from './corpus.ts';
import { cells, renderTable, type Cell } from './table.ts';
import { runRound, TASKS, type Row, type TaskName } from './tasks.ts';
import { openWorld } from './world.ts';

export interface BenchOptions {
  corpus: CorpusName;
  runs: number;
  only: TaskName[];
  /** Where corpora are kept between runs. */
  root: string;
  say: (line: string) => void;
}

export async function runBench({ corpus: name, runs, only, root, say }: BenchOptions): Promise<Cell[]> {
  fs.mkdirSync(root, { recursive: true, mode: 0o755 });
  say(`Corpus "${name}" …`);
  const corpus = makeCorpus(root, name);
  say(`${corpus.messages} messages, ${(corpus.bytes / 1e6).toFixed(0)} MB, ${corpus.mailboxes} mailboxes`);
  buildCli();
  const rawBinary = buildRaw(root);
  const withMbsync = hasMbsync();
  if (!rawBinary) say('No gcc: the raw client is left out.');
  if (!withMbsync) say('No mbsync: it is left out.');
  const world = await openWorld(corpus, path.join(root, 'work'));
  const rows: Row[] = [];
  const tasks = new Set<TaskName>(only.length > 0 ? only : TASKS);
  try {
    // Not counted: fills the page cache and the server's indexes, so that the first client does not pay for the rest.
    await runRound({ world, rawBinary, withMbsync: false }, new Set<TaskName>(['backup']), () => undefined);
    for (let run = 1; run <= runs; run++) {
      await runRound({ world, rawBinary, withMbsync }, tasks, (row) => {
        rows.push(row);
        say(
          `  ${run}/${runs} ${row.task} ${row.client} ${(row.outcome.wallMs / 1000).toFixed(2)} s${row.failed ? ` FAILED: ${row.failed}` : ''}`,
        );
      });
    }
  } finally {
    await world.stop();
    fs.rmSync(path.join(root, 'work'), { recursive: true, force: true });
  }
  return cells(rows);
}

function machine(): object {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model,
    cores: os.cpus().length,
    memoryBytes: os.totalmem(),
    kernel: os.release(),
    node: process.version,
    root: runAs().isRoot,
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: 'mixed' },
      runs: { type: 'string', default: '3' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      root: { type: 'string', default: path.join(os.tmpdir(), 'mailferry-bench') },
    },
  });
  const names: string[] = ['mixed', 'small', 'tiny'];
  if (!names.includes(values.corpus)) throw new Error(`--corpus is one of ${names.join(', ')}`);
  const result = await runBench({
    corpus: values.corpus as CorpusName,
    runs: Number(values.runs),
    only: values.only as TaskName[],
    root: values.root,
    say: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${renderTable(result)}\n`);
  if (values.json)
    fs.writeFileSync(
      values.json,
      `${JSON.stringify({ machine: machine(), corpus: values.corpus, cells: result }, null, 2)}\n`,
    );
  if (result.some((c) => c.failed !== null)) process.exitCode = 1;
}
