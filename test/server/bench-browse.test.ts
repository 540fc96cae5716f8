/** The benchmark of reading and searching, on a small archive: that it does its work, not how fast. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benchBrowse } from '../bench-browse/bench-browse.ts';
import { renderFigures } from '../bench-browse/figures.ts';
import { describeWith } from '../helpers/servers/available.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-bench-browse-'));
// Dovecot runs as another user and reads the corpus.
fs.chmodSync(root, 0o755);
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

describeWith(['dovecot'], 'the benchmark of reading', () => {
  test('an archive is indexed, searched, and indexed anew beside a backup', async () => {
    const told: string[] = [];
    const archive = path.join(root, 'archive');
    const say = (line: string): void => void told.push(line);
    const figures = await benchBrowse({ messages: 4000, beside: true, runs: 1, corpus: 'tiny', archive, root, say });
    const valueOf = (what: string): number => figures.find((figure) => figure.what.startsWith(what))?.value ?? NaN;
    expect(valueOf('index of all words')).toBeGreaterThan(10);
    expect(valueOf('first hits: meeting')).toBeGreaterThan(0);
    expect(valueOf('backup (plain, on loopback)')).toBeGreaterThan(0.1);
    expect(valueOf('index beside a backup (plain, on loopback)')).toBeGreaterThan(10);
    expect(told.filter((line) => line.includes('backup alone'))).toHaveLength(2);
    expect(renderFigures(figures).split('\n')).toHaveLength(figures.length);
  });
});
