/** Who holds an archive, whatever the clocks say. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ownIdentity, takeLock } from '../../../electron/engine/archive/lock.ts';
import { cleanUp, freshPath } from './kit.ts';

cleanUp();

const DAY_MS = 86_400_000;
const NOW = new Date();
const jumped = [-DAY_MS, 0, 365 * DAY_MS].map((ms) => ({ days: ms / DAY_MS, now: new Date(NOW.getTime() + ms) }));

function lockFile(): string {
  const folder = freshPath();
  fs.mkdirSync(folder);
  return path.join(folder, 'lock');
}

function writeHolder(file: string, pid: number): void {
  const startTime = pid === process.pid ? ownIdentity().startTime : '1';
  fs.writeFileSync(file, JSON.stringify({ ...ownIdentity(), pid, startTime, since: NOW.toISOString() }));
}

describe.each(jumped)('when the clock jumps by $days days', ({ now }) => {
  it('a lock that is held stays held', () => {
    const file = lockFile();
    const lock = takeLock(file, NOW);
    expect(() => takeLock(file, now)).toThrow(expect.objectContaining({ code: 'archive-locked' }));
    lock.release();
    takeLock(file, now).release();
  });

  it('the lock of a process that lives stays held', () => {
    const file = lockFile();
    writeHolder(file, process.ppid);
    const holder = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
    fs.writeFileSync(file, JSON.stringify({ ...holder, startTime: null }));
    expect(() => takeLock(file, now)).toThrow(expect.objectContaining({ code: 'archive-locked' }));
  });

  it('the lock of a process that is gone is taken over', () => {
    const file = lockFile();
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    writeHolder(file, pid);
    expect(takeLock(file, now).tookOver).toBe(true);
  });
});

it('a lock that was cut off while it was written is held for five seconds, not until the clock has caught up', () => {
  for (const offsetMs of [-DAY_MS, DAY_MS]) {
    const file = lockFile();
    fs.writeFileSync(file, '');
    expect(() => takeLock(file, NOW)).toThrow(expect.objectContaining({ code: 'archive-locked' }));
    takeLock(file, new Date(NOW.getTime() + offsetMs)).release();
  }
});
