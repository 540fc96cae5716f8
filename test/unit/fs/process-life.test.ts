import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { isRunning, startTimeOf } from '../../../electron/engine/fs/process-life.ts';

const stateOf = (pid: number) => / \(.*\) (\S)/.exec(fs.readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1];

test('this process runs, under its own start time and under none', () => {
  expect(isRunning(process.pid, startTimeOf(process.pid))).toBe(true);
  expect(isRunning(process.pid, null)).toBe(true);
});

test('a process that is gone does not, nor one whose number another has now', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  expect(isRunning(pid, null)).toBe(false);
  if (startTimeOf(process.pid) !== null) expect(isRunning(process.pid, '1')).toBe(false);
});

test.skipIf(!fs.existsSync('/proc/self/stat'))(
  'one that has ended does not, though nobody has taken notice: who starts again at once is not sent away',
  async () => {
    // The shell becomes a program that never asks for the end of its child.
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (said) => resolve(Number(said))));
      const startTime = startTimeOf(pid);
      await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toBe('Z');
      expect(isRunning(pid, startTime)).toBe(false);
    } finally {
      parent.kill('SIGKILL');
    }
  },
);
