import os from 'node:os';
import { expect, test } from 'vitest';
import { measureGrowth, renderGrowth } from '../../bench-growth/growth-bench.ts';

test('a run in small stores what it says, finds ten more, and opens the archive', () => {
  const wish = { sizes: [20, 200], runs: 1, root: os.tmpdir(), say: () => undefined };
  const growths = measureGrowth(wish);
  expect(growths.map(({ backup, more, open }) => [backup.messages, more.messages, open.messages])).toEqual([
    [20, 10, 30],
    [200, 10, 210],
  ]);
  expect(renderGrowth(growths)).toMatch(/ 20 .*\n +200 .*\n\n(met|missed) +time for each message/);
});
