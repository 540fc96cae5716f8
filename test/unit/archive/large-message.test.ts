import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cleanUp, freshPath, LAYOUTS } from './kit.ts';

cleanUp();

it.each(LAYOUTS)('a message of 100 MB goes in and out in bounded memory, in %s layout', (layout) => {
  const dir = freshPath();
  fs.mkdirSync(path.dirname(dir), { recursive: true });
  const child = path.join(import.meta.dirname, 'large-message-child.ts');
  const out = execFileSync(process.execPath, ['--no-warnings', child, dir, layout], { encoding: 'utf8' });
  const { same, peakMiB } = JSON.parse(out) as { same: boolean; peakMiB: number };
  expect(same).toBe(true);
  expect(peakMiB).toBeLessThan(150);
  console.info(`${layout}: ${peakMiB} MiB at most`);
});
