/**
 * Every step whose outcome must survive a crash goes through here, so that tests can stop the process before and after
 * each of them. The only file that calls fsync, rename, link, unlink, truncate and mkdir.
 */
import fs from 'node:fs';
import path from 'node:path';
import { EngineError, toEngineError } from '../errors.ts';

export type DurableOp =
  'create' | 'write' | 'sync' | 'sync-folder' | 'rename' | 'link' | 'unlink' | 'truncate' | 'mkdir' | 'catalog-commit';

export interface DurableStep {
  op: DurableOp;
  path: string;
  phase: 'before' | 'after';
}

let hook: ((step: DurableStep) => void) | null = null;

/** Tests only: called before and after each durable step; may end the process or throw what a disk would. */
export function setDurableHook(next: ((step: { op: string; path: string; phase: 'before' | 'after' }) => void) | null) {
  hook = next;
}

/** A test watches each step: they have to happen in this thread. */
export function hasDurableHook(): boolean {
  return hook !== null;
}

/** @throws EngineError for what the file system reports, named with its path */
export function durableStep<T>(op: DurableOp, at: string, act: () => T): T {
  try {
    hook?.({ op, path: at, phase: 'before' });
    const result = act();
    hook?.({ op, path: at, phase: 'after' });
    return result;
  } catch (error) {
    throw toEngineError(error, at);
  }
}

export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** Open for writing, creating the file when it is missing. @returns descriptor and whether it was made */
export function openForWrite(file: string): { fd: number; made: boolean } {
  try {
    return { fd: fs.openSync(file, 'r+'), made: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw toEngineError(error, file);
  }
  return { fd: createFile(file), made: true };
}

/** A new, empty file. @throws the raw EEXIST wrapped as EngineError when something is there */
export function createFile(file: string): number {
  return durableStep('create', file, () => fs.openSync(file, 'wx+', FILE_MODE));
}

/** Write all of `octets` at `position`; a short write goes on where it ended. */
export function writeFully(fd: number, file: string, octets: Buffer, position: number): void {
  durableStep('write', file, () => {
    let done = 0;
    while (done < octets.length) done += fs.writeSync(fd, octets, done, octets.length - done, position + done);
  });
}

/** The octets written so far survive a power cut once this resolves. */
export function syncFile(fd: number, file: string): Promise<void> {
  return aside('sync', file, (done: (error: Error | null, nothing: void) => void) => {
    fs.fdatasync(fd, (error) => done(error, undefined));
  });
}

/** A step that another thread takes. Several may be under way at once. */
function aside<T>(
  op: DurableOp,
  at: string,
  act: (done: (error: Error | null, result: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    try {
      hook?.({ op, path: at, phase: 'before' });
    } catch (error) {
      reject(toEngineError(error, at));
      return;
    }
    act((error, result) => {
      try {
        if (error) throw error;
        hook?.({ op, path: at, phase: 'after' });
        resolve(result);
      } catch (thrown) {
        reject(toEngineError(thrown, at));
      }
    });
  });
}

export function syncFileNow(fd: number, file: string): void {
  durableStep('sync', file, () => {
    fs.fdatasyncSync(fd);
  });
}

/** New, renamed and removed names in this folder survive a power cut once this returns. */
export function syncFolder(folder: string): void {
  durableStep('sync-folder', folder, () => {
    // Windows cannot open a folder for this; NTFS journals names by itself.
    if (process.platform === 'win32') return;
    const fd = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(fd);
    } catch (error) {
      if (!isUnsupported(error)) throw error;
    } finally {
      fs.closeSync(fd);
    }
  });
}

export function renameFile(from: string, to: string): void {
  durableStep('rename', to, () => {
    fs.renameSync(from, to);
  });
}

/** A second name for the same octets. @returns false where the disk cannot: too many links, other device, not supported */
export function linkFile(existing: string, file: string): boolean {
  return durableStep('link', file, () => {
    try {
      fs.linkSync(existing, file);
      return true;
    } catch (error) {
      if (isUnsupported(error)) return false;
      throw error;
    }
  });
}

/** Remove a file; one that is gone already is fine. */
export function unlinkFile(file: string): void {
  durableStep('unlink', file, () => {
    fs.rmSync(file, { force: true });
  });
}

export function truncateFile(fd: number, file: string, sizeBytes: number): void {
  durableStep('truncate', file, () => {
    fs.ftruncateSync(fd, sizeBytes);
  });
}

/** Make a folder and what is missing above it, each made durable in its parent. */
export function makeFolder(folder: string): void {
  const found = statOrNull(folder);
  if (found?.isDirectory()) return;
  if (found) {
    throw new EngineError('path-is-file', `${folder} is a file where a folder is needed. Choose another path.`, {
      scope: 'archive',
    });
  }
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  durableStep('mkdir', folder, () => {
    // Not recursive: where a disk answers ENOENT to mkdir (as /proc does) Node would try for ever.
    fs.mkdirSync(folder, { mode: FOLDER_MODE });
  });
  syncFolder(parent);
}

/** @returns null when nothing is there @throws EngineError for anything else the disk reports */
export function statOrNull(file: string): fs.Stats | null {
  try {
    return fs.statSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return null;
    throw toEngineError(error, file);
  }
}

const UNSUPPORTED = new Set(['EMLINK', 'EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL']);

function isUnsupported(error: unknown): boolean {
  return UNSUPPORTED.has((error as NodeJS.ErrnoException).code ?? '');
}
