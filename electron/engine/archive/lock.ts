/** state/lock: one writer at a time. Readers need none. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { threadId } from 'node:worker_threads';
import { isEngineError, toEngineError } from '../errors.ts';
import { createFile, renameFile, unlinkFile, writeFully } from '../fs/durable.ts';
import { isRunning, startTimeOf } from '../fs/process-life.ts';
import { archiveError } from './manifest.ts';

/** Who holds the lock. bootId and startTime are null where the system does not tell. */
export interface LockHolder {
  pid: number;
  host: string;
  bootId: string | null;
  /** Clock ticks from boot to the start of the process, decimal: tells a new process with an old pid apart. */
  startTime: string | null;
  since: string;
  /** The thread that took it, and a name for it there. Locks of older versions have neither. */
  thread?: number;
  id?: string;
}

const TRIES = 5;

/** Ids of the locks that this thread holds; another thread of the process has a set of its own. */
const held = new Set<string>();

/**
 * Take the lock, from a dead holder too.
 *
 * @returns what gives it back @throws EngineError 'archive-locked', naming the holder
 */
export function takeLock(file: string, now: Date): { release: () => void; tookOver: boolean } {
  const id = randomUUID();
  const own: LockHolder = { ...ownIdentity(), since: now.toISOString(), thread: threadId, id };
  const text = `${JSON.stringify(own)}\n`;
  let tookOver = false;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (tryCreate(file, text)) {
      removeLeftovers(file);
      held.add(id);
      return { release: () => releaseLock(file, text, id), tookOver };
    }
    const seen = readText(file);
    if (seen === null) continue;
    const holder = parseHolder(seen);
    if (holder ? isAlive(holder) : isFresh(file, now)) throw locked(file, holder);
    if (moveAside(file, seen)) tookOver = true;
  }
  throw locked(file, parseHolder(readText(file) ?? ''));
}

function tryCreate(file: string, text: string): boolean {
  let fd: number;
  try {
    fd = createFile(file);
  } catch (error) {
    if (isEngineError(error) && (error.cause as NodeJS.ErrnoException)?.code === 'EEXIST') return false;
    throw error;
  }
  try {
    writeFully(fd, file, Buffer.from(text), 0);
  } catch (error) {
    unlinkFile(file);
    throw error;
  } finally {
    fs.closeSync(fd);
  }
  return true;
}

/** By rename, so that of two processes that see the same dead holder only one removes it. */
function moveAside(file: string, seen: string): boolean {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameFile(file, aside);
  } catch (error) {
    if (isEngineError(error) && (error.cause as NodeJS.ErrnoException)?.code === 'ENOENT') return false;
    throw error;
  }
  const same = readText(aside) === seen;
  if (!same) {
    try {
      fs.linkSync(aside, file);
    } catch {
      // Someone else holds it by now; the next round tells.
    }
  }
  unlinkFile(aside);
  return same;
}

/** What a process left that was stopped while it moved a stale lock aside. The holder of the lock may remove it. */
function removeLeftovers(file: string): void {
  const prefix = `${path.basename(file)}.stale-`;
  for (const name of fs.readdirSync(path.dirname(file))) {
    if (name.startsWith(prefix)) unlinkFile(path.join(path.dirname(file), name));
  }
}

/**
 * Only our own lock: after a take-over by mistake it may be someone else's. Where the disk is gone, and the file with
 * it, it is given back all the same: the file counts as stale when the disk is back.
 */
function releaseLock(file: string, text: string, id: string): void {
  held.delete(id);
  if (readText(file) === text) unlinkFile(file);
}

function readText(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw toEngineError(error, file);
  }
}

function parseHolder(text: string): LockHolder | null {
  try {
    const value = JSON.parse(text) as Partial<LockHolder>;
    return typeof value.pid === 'number' && typeof value.host === 'string' ? (value as LockHolder) : null;
  } catch {
    return null;
  }
}

/** A lock without a readable holder is being written, or was left by a crash in between. */
function isFresh(file: string, now: Date): boolean {
  try {
    return Math.abs(now.getTime() - fs.statSync(file).mtimeMs) < 5000;
  } catch {
    return false;
  }
}

function isAlive(holder: LockHolder): boolean {
  const own = ownIdentity();
  if (holder.id && holder.thread === threadId && isSameProcess(holder, own)) return held.has(holder.id);
  // Nothing can be said of a process on another machine (the archive may be on a network disk).
  if (holder.host !== own.host) return true;
  if (holder.bootId && own.bootId && holder.bootId !== own.bootId) return false;
  return isRunning(holder.pid, holder.startTime);
}

function isSameProcess(holder: LockHolder, own: Omit<LockHolder, 'since'>): boolean {
  const { pid, host, bootId, startTime } = own;
  return holder.pid === pid && holder.host === host && holder.bootId === bootId && holder.startTime === startTime;
}

export function ownIdentity(): Omit<LockHolder, 'since'> {
  return { pid: process.pid, host: os.hostname(), bootId: bootId(), startTime: startTimeOf(process.pid) };
}

function bootId(): string | null {
  try {
    return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

function locked(file: string, holder: LockHolder | null) {
  const who = holder
    ? `process ${holder.pid} on ${holder.host} since ${holder.since ?? 'some time'}`
    : 'a process that cannot be named';
  return archiveError(
    'archive-locked',
    `The archive is in use by ${who}. Wait until it has finished; if it is no longer running, delete ${file} and run again.`,
  );
}
