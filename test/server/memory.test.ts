/**
 * The promise about memory, kept by the built command line: a message of 100 MB among thousands of ordinary ones, and no
 * job is ever resident with 150 MB. `npm run bench` measures the same on an account of 1.2 GB.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bench } from '../bench/bench.ts';
import { BUILT_CLI } from '../bench/clients.ts';
import { makeCorpus } from '../bench/corpus.ts';
import { filesBelow } from '../bench/counts.ts';
import { measure } from '../bench/measure.ts';
import { MOST_PEAK_BYTES } from '../bench/aims.ts';
import { otherSet } from '../bench/sets.ts';
import { describeWith } from '../helpers/servers/available.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-memory-'));
// Dovecot runs as another user and reads the corpus.
fs.chmodSync(root, 0o755);
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

describeWith(['dovecot'], 'peak memory', () => {
  test.for([
    ['plain', 'local'],
    ['by TLS', 'tls'],
  ] as const)('stays below 150 MB in every job, %s', { timeout: 300_000 }, async ([, line]) => {
    const set = otherSet('third', line, 'full');
    const { cells, corpus } = await bench({
      set,
      runs: 1,
      all: false,
      clients: ['mailferry'],
      cli: BUILT_CLI,
      nodeFlags: [],
      root,
      say: () => undefined,
    });
    expect(corpus.bytes).toBeGreaterThan(300_000_000);
    const sizes = filesBelow((await makeCorpus(root, 'third')).folder).map((file) => fs.statSync(file).size);
    expect(Math.max(...sizes)).toBeGreaterThan(99_000_000);
    expect(cells.map(({ task, failed }) => [task, failed])).toEqual(set.tasks.map((task) => [task, null]));
    const peaks = cells.map(({ task, peakBytes }) => ({ task, megabytes: Math.round((peakBytes ?? NaN) / 1e6) }));
    console.log(peaks.map(({ task, megabytes }) => `${task} ${megabytes} MB`).join(', '));
    const most = MOST_PEAK_BYTES / 1e6;
    // A Node process that does nothing has 40 MB: less would mean that nothing was measured.
    expect(peaks.filter(({ megabytes }) => !(megabytes > 40 && megabytes < most))).toEqual([]);
  });

  test('is measured: a process that held 200 MB for a moment is found out', async () => {
    const held = 'let b = Buffer.alloc(200e6, 1); b = null; setTimeout(() => undefined, 100)';
    const { peakBytes, code } = await measure(process.execPath, ['-e', held]);
    expect(code).toBe(0);
    expect(peakBytes).toBeGreaterThan(200_000_000);
  });
});
