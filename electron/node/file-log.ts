import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../engine/ports.ts';

const MAX_BYTES = 2_000_000;

/**
 * A log of the app's own doings, one JSON object a line, in `logs/mailferry.log` (0600). At 2 MB it becomes
 * `mailferry.old.log`, so there are never more than two files. What cannot be written is left out: a log must not stop
 * a backup on a full disk.
 */
export function openFileLog(dataFolder: string): Log {
  const folder = join(dataFolder, 'logs');
  const file = join(folder, 'mailferry.log');
  let waiting = '';
  let writing: Promise<void> | null = null;

  const write = async () => {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      while (waiting !== '') {
        const lines = waiting;
        waiting = '';
        const sizeBytes = await stat(file).then(
          (found) => found.size,
          () => 0,
        );
        if (sizeBytes > MAX_BYTES) await rename(file, join(folder, 'mailferry.old.log'));
        await appendFile(file, lines, { mode: 0o600 });
      }
    } catch {
      waiting = '';
    } finally {
      writing = null;
    }
  };
  const note = (level: 'debug' | 'warn', event: string, facts: Record<string, unknown> = {}) => {
    waiting += `${JSON.stringify({ at: new Date().toISOString(), level, event, ...facts })}\n`;
    writing ??= write();
  };
  return { debug: (event, facts) => note('debug', event, facts), warn: (event, facts) => note('warn', event, facts) };
}
