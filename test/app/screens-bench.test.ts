/** `npm run bench:screens` in small: that it still finds its way about the screens. What it measures is not judged here. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { renderFigures } from '../bench-screens/figures.ts';
import { benchScreens, type ScreensOptions } from '../bench-screens/screens-bench.ts';
import { SEARCHES } from '../bench-screens/searches.ts';
import { describeWith } from '../helpers/servers/available.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-bench-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const SMALL: Omit<ScreensOptions, 'only'> = {
  ...{ folders: 50, messages: 500, runs: 1, steps: 6, packaged: null },
  archive: path.join(folder, 'archive'),
  say: () => undefined,
};

describeWith(['chromium'], 'the bench of the screens', () => {
  test('goes through the account screen and counts its frames', async () => {
    const figures = await benchScreens({ ...SMALL, only: ['account'] });
    expect(figures).toHaveLength(8);
    for (const { valuesMs, cpuMs } of figures) {
      expect(valuesMs[0]).toBeGreaterThan(0);
      expect(cpuMs?.[0]).toBeGreaterThan(0);
    }
  });

  test('goes through the archive screen and gets an answer to every click and search', async () => {
    const figures = await benchScreens({ ...SMALL, only: ['archive'] });
    expect(figures).toHaveLength(5 + 3 + SEARCHES.length);
    for (const { valuesMs } of figures) expect(valuesMs[0]).toBeGreaterThan(0);
    expect(renderFigures(figures)).toContain('Archive of 500 messages');
  });
});
