/** The benchmark itself, on its smallest corpus: that every client does its work and that one that does not is found out. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { judge, renderAims } from '../bench/aims.ts';
import { bench, type BenchOptions } from '../bench/bench.ts';
import { BUILT_CLI } from '../bench/clients.ts';
import { makeCorpus, makeSample } from '../bench/corpus.ts';
import { countMbox, filesBelow } from '../bench/counts.ts';
import { writePicture, writeResult } from '../bench/document.ts';
import type { Measured } from '../bench/measure.ts';
import type { Row } from '../bench/run-bench.ts';
import { LINES, SETS, setNamed, type BenchSet } from '../bench/sets.ts';
import { cells, renderTable, type Cell } from '../bench/table.ts';
import { describeWith } from '../helpers/servers/available.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-bench-'));
// Dovecot runs as another user and reads the corpus.
fs.chmodSync(root, 0o755);
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const OPTIONS: Omit<BenchOptions, 'set'> = {
  runs: 1,
  all: true,
  clients: [],
  cli: BUILT_CLI,
  nodeFlags: [],
  root,
  say: () => undefined,
};

/** The same work on the smallest corpus of its kind, and not so far away. */
function tiny(set: BenchSet): BenchSet {
  if (set.line === '40ms') return { ...set, corpus: set.corpus === 'huge' ? 'grain' : 'crumbs', line: '4ms' };
  return { ...set, corpus: 'tiny' };
}

const tasksOf = (all: readonly Cell[], client: string): string[] =>
  all.filter((cell) => cell.client === client).map(({ task }) => task);

describeWith(['dovecot', 'mbsync'], 'the benchmark', () => {
  test('every client does each of its tasks completely, and a time and a peak are known for each', async () => {
    const set = tiny(setNamed('mixed'));
    const { cells: all, corpus } = await bench({ ...OPTIONS, set });
    expect(corpus).toMatchObject({ messages: 300, mailboxes: 5 });
    expect(all.filter(({ failed }) => failed !== null)).toEqual([]);
    expect(tasksOf(all, 'mailferry')).toEqual(set.tasks);
    expect(tasksOf(all, 'raw')).toEqual(['backup', 'backup-again', 'restore', 'restore-again']);
    expect(tasksOf(all, 'imapflow')).toEqual(['backup', 'restore']);
    const synced = ['backup', 'backup-again', 'restore', 'restore-again', 'migrate', 'migrate-again'];
    expect(tasksOf(all, 'mbsync')).toEqual(synced);
    expect(tasksOf(all, 'mbsync-default')).toEqual(['backup']);
    for (const { task, client, wallMs, cpuMs, peakBytes } of all) {
      expect([task, client, wallMs > 0, cpuMs !== null, peakBytes! > 0]).toEqual([task, client, true, true, true]);
    }
    expect(fs.readdirSync(root).filter((name) => name.startsWith('run-'))).toEqual([]);
  }, 120_000);

  test.for(SETS.filter(({ name }) => name !== 'mixed'))(
    'the set $name is done completely by each of its clients',
    { timeout: 120_000 },
    async (set: BenchSet) => {
      const { cells: all } = await bench({ ...OPTIONS, set: tiny(set) });
      expect(all.filter(({ failed }) => failed !== null)).toEqual([]);
      expect(tasksOf(all, 'mailferry')).toEqual(set.tasks);
      const here = set.clients.filter((client) => client !== 'imapsync');
      for (const client of here) expect([client, tasksOf(all, client).length > 0]).toEqual([client, true]);
      const isFar = LINES[set.line].rttMs > 0;
      for (const { client, line } of all) {
        expect([client, (line?.roundTrips ?? 0) > 2, (line?.downBytes ?? 0) > 500]).toEqual([client, isFar, isFar]);
      }
      const again = all.find(({ task, client }) => task === 'backup-again' && client === 'mailferry');
      if (again) expect(again.line?.afterSignInMs).toBeGreaterThan(0);
    },
  );

  test('what is slow at a peer is done once, and nothing starts from what was not done', async () => {
    const set: BenchSet = { ...tiny(setNamed('small-40ms')), tasks: ['restore', 'restore-again'] };
    const { cells: all } = await bench({ ...OPTIONS, set, runs: 2, slowMs: 0 });
    expect(all.filter(({ failed }) => failed !== null)).toEqual([]);
    const runsOf = (client: string): number[] => all.filter((cell) => cell.client === client).map(({ runs }) => runs);
    expect([runsOf('mailferry'), runsOf('raw'), runsOf('mbsync')]).toEqual([
      [2, 2],
      [2, 2],
      [1, 1],
    ]);
  }, 120_000);

  test('a client that claims what it did not do does not count, nor what starts from that', async () => {
    const cli = path.join(root, 'liar.mjs');
    const summary = { type: 'summary', state: 'complete', planned: 300, stored: 300, duplicate: 300 };
    fs.writeFileSync(
      cli,
      `import fs from 'node:fs';
       if (process.argv[2] === 'backup') fs.mkdirSync(process.argv[4] + '/mail', { recursive: true });
       console.log(${JSON.stringify(JSON.stringify(summary))});`,
    );
    const { cells: all } = await bench({
      ...OPTIONS,
      cli,
      all: false,
      clients: ['raw', 'mailferry'],
      set: { ...tiny(setNamed('mixed')), tasks: ['backup', 'backup-eml', 'migrate', 'verify'] },
    });
    const failures = all.flatMap(({ client, task, failed }) => (client === 'mailferry' ? [[task, failed]] : []));
    expect(failures).toEqual([
      ['backup', '0 of 300 messages arrived'],
      ['backup-eml', '0 of 300 messages arrived'],
      ['verify', 'it starts from backup, which failed'],
      ['migrate', '0 of 300 messages arrived'],
    ]);
    expect(all.find(({ client, task }) => client === 'raw' && task === 'backup')?.failed).toBeNull();
  }, 120_000);
});

test('a sample has as many messages as were asked for, of every size that there is', async () => {
  const corpus = await makeCorpus(root, 'tiny');
  const sample = makeSample(corpus, path.join(root, 'sample'), 60);
  const found = filesBelow(sample.folder).filter((file) => file.includes('.bench,'));
  expect([found.length, sample.messages]).toEqual([60, 60]);
  expect(sample.bytes).toBe(found.reduce((sum, file) => sum + fs.statSync(file).size, 0));
});

test('the tiny corpus is the same octets, names and dates on every machine', async () => {
  const { folder } = await makeCorpus(root, 'tiny');
  const hash = createHash('sha256');
  const files = filesBelow(folder).filter((file) => file.includes('.bench,'));
  for (const file of files.map((name) => path.relative(folder, name)).sort()) {
    hash
      .update(`${file} ${fs.statSync(path.join(folder, file)).mtimeMs}\n`)
      .update(fs.readFileSync(path.join(folder, file)));
  }
  expect(files.length).toBe(300);
  expect(hash.digest('hex')).toBe('28a49d1675cd9e8b6213782b0e3297abdf6e9214d2821ee0c3f8e51f8eb267a1');
});

test('messages in mbox files are counted wherever a block of the reader ends', () => {
  const folder = fs.mkdtempSync(path.join(root, 'mbox-'));
  const block = 4 * 1024 * 1024;
  for (let shift = -8; shift <= 8; shift++) {
    const first = 'From - now\n';
    const filler = 'x'.repeat(block - first.length + shift);
    fs.writeFileSync(path.join(folder, 'a'), `${first}${filler}\nFrom - now\n\n>From here\n\nFrom - now\n\n\n`);
    expect([shift, countMbox(folder).messages]).toEqual([shift, 3]);
  }
});

test('ratios are medians over rounds, and a round that failed is in none of them', () => {
  const measured = (wallMs: number): Measured => {
    return { wallMs, cpuMs: wallMs, peakBytes: wallMs * 1e6, code: 0, stdout: '', stderr: '' };
  };
  const row = (
    round: number,
    task: Row['task'],
    client: Row['client'],
    wallMs: number,
    failed: string | null = null,
  ): Row => {
    return { round, task, client, measured: measured(wallMs), tookMs: wallMs, line: null, sampleOf: null, failed };
  };
  const all = cells([
    ...[10, 20, 30].map((wallMs, i) => row(i + 1, 'backup', 'raw', wallMs)),
    row(1, 'backup', 'mailferry', 30),
    row(2, 'backup', 'mailferry', 30),
    row(3, 'backup', 'mailferry', 1, 'nothing arrived'),
    ...[60, 120, 90].map((wallMs, i) => row(i + 1, 'backup', 'mbsync', wallMs)),
    ...[40, 50, 60].map((wallMs, i) => row(i + 1, 'restore', 'raw', wallMs)),
    row(1, 'migrate', 'mailferry', 80),
  ]);
  const cell = (task: string, client: string) => all.find((c) => c.task === task && c.client === client)!;
  expect(cell('backup', 'mailferry')).toMatchObject({ wallMs: 30, timesRaw: 2.25, failed: 'nothing arrived' });
  expect(cell('backup', 'mailferry').fasterThan.mbsync).toBeCloseTo(1 / median(30 / 60, 30 / 120));
  expect(cell('backup', 'raw').timesRaw).toBeNull();
  // The slower side is the limit of a move.
  expect(cell('migrate', 'mailferry').timesRaw).toBe(2);
  const verdicts = judge([{ set: 'mixed', messages: 20_000, cells: all }]);
  const met = (work: string, what: string) => verdicts.find((v) => v.work === work && v.what === what);
  expect(met('Backup, mbox', 'against the raw limit')).toMatchObject({ value: 2.25, aim: 1.7, isMet: false });
  expect(met('Backup, mbox', 'faster than mbsync')).toMatchObject({ better: 'more', aim: 1.8, isMet: true });
  expect(met('Server to server', 'against the raw limit')).toMatchObject({ value: 2, isMet: false });
  expect(met('Memory', 'peak of any job')).toMatchObject({ value: 80, unit: 'MB', isMet: true });
  expect(met('Backup, TLS', 'against the raw limit')).toMatchObject({ value: null, isMet: null });
  expect(renderAims(verdicts)).toMatch(/^missed {2}Backup, mbox .* 2\.25 × {2}at most 1\.70 ×$/m);
  expect(renderAims(verdicts)).not.toContain('not measured');
  expect(renderAims(verdicts, true)).toMatch(/^– {5} {2}Backup, TLS .* not measured {2}at most 1\.15 ×$/m);
  expect(renderTable(all)).toContain('FAILED: nothing arrived');
});

test('a result replaces the one before it in the document, and nothing else there', () => {
  const file = path.join(root, 'document.md');
  const [begin, end] = ['<!-- bench mixed -->', '<!-- end of bench mixed -->'];
  fs.writeFileSync(file, `# Before\n\n${begin}\nold\n${end}\n\nafter\n`);
  writeResult('mixed', 'first', file);
  writeResult('mixed', 'second\n', file);
  const block = `${begin}\n\n\`\`\`\nsecond\n\`\`\`\n\n${end}`;
  expect(fs.readFileSync(file, 'utf8')).toBe(`# Before\n\n${block}\n\nafter\n`);
  expect(() => writeResult('small', 'third', file)).toThrow('has no <!-- bench small -->');
});

test('the picture has a bar for each ratio that was measured, and says which aim was missed', () => {
  const verdict = { work: 'Backup <mbox>', better: 'less', unit: '×', aim: 1.7 } as const;
  const file = path.join(root, 'picture.svg');
  writePicture(
    [
      { ...verdict, what: 'against the raw limit', value: 2.25, isMet: false },
      { ...verdict, what: 'faster than mbsync', better: 'more', value: 3, isMet: true },
      { ...verdict, what: 'faster than imapsync', better: 'more', value: null, isMet: null },
      { ...verdict, what: 'after the sign-in', unit: 's', value: 0.2, isMet: true },
    ],
    file,
  );
  const svg = fs.readFileSync(file, 'utf8');
  expect(svg.match(/<rect class="(met|missed)"/g)).toEqual(['<rect class="missed"', '<rect class="met"']);
  expect(svg).toContain('Backup &lt;mbox>');
  expect(svg).toContain('2.25 ×, aim 1.70 (missed)');
  expect(svg).toContain('prefers-color-scheme: dark');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

const median = (a: number, b: number): number => (a + b) / 2;
