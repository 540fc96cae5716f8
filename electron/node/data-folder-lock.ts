/** One Mailferry per data folder: two would overwrite each other's lists and run the same job twice. */
import fs from 'node:fs';
import path from 'node:path';
import { EngineError, toEngineError } from '../engine/errors.ts';
import { isRunning, startTimeOf } from '../engine/engine.ts';

interface Holder {
  pid: number;
  /** Clock ticks from boot to the start of the process; null where the system does not tell. */
  startTime: string | null;
}

const TRIES = 5;
/** A lock whose holder cannot be read is being written, or was left by a crash in between. */
const WRITING_MS = 5_000;

/**
 * @param folder must exist
 * @returns what gives the lock back
 * @throws EngineError 'archive-locked' when another Mailferry has this folder open
 */
export function lockDataFolder(folder: string): () => void {
  const file = path.join(folder, 'open.lock');
  const text = `${JSON.stringify({ pid: process.pid, startTime: startTimeOf(process.pid) } satisfies Holder)}\n`;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (create(file, text)) return () => release(file, text);
    const seen = read(file);
    if (seen === null) continue;
    const holder = parse(seen);
    if (holder ? isRunning(holder.pid, holder.startTime) : isFresh(file)) throw alreadyOpen(folder, holder);
    moveAside(file, seen);
  }
  throw alreadyOpen(folder, parse(read(file) ?? ''));
}

function create(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw toEngineError(error, file);
  }
}

/** By rename, so that of two processes that see the same dead holder only one removes it. */
function moveAside(file: string, seen: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw toEngineError(error, file);
  }
  // Someone was faster and took it in between: it gets its lock back.
  if (read(aside) !== seen && !fs.existsSync(file)) fs.renameSync(aside, file);
  else fs.rmSync(aside, { force: true });
}

/** Only our own. */
function release(file: string, text: string): void {
  if (read(file) === text) fs.rmSync(file, { force: true });
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw toEngineError(error, file);
  }
}

function parse(text: string): Holder | null {
  try {
    const { pid, startTime } = JSON.parse(text) as Partial<Holder>;
    return Number.isInteger(pid) && pid! > 0 ? { pid: pid!, startTime: startTime ?? null } : null;
  } catch {
    return null;
  }
}

function isFresh(file: string): boolean {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && Math.abs(Date.now() - stat.mtimeMs) < WRITING_MS;
}

function alreadyOpen(folder: string, holder: Holder | null): EngineError {
  const who = holder ? ` (process ${holder.pid})` : '';
  return new EngineError(
    'archive-locked',
    `Mailferry is already open${who}: go to its window, or press Enter in the terminal that it was started from for a new link. To have two at once, set MAILFERRY_DATA to another folder than ${folder}.`,
    { scope: 'archive', retry: 'later' },
  );
}
