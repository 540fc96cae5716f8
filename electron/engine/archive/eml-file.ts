/** One message, one file: written so that a crash leaves the whole file under its name, or nothing the journal knows. */
import fs from 'node:fs';
import path from 'node:path';
import { isEngineError } from '../errors.ts';
import { createFile, linkFile, statOrNull, syncFile, unlinkFile, writeFully } from '../fs/durable.ts';
import type { Syncable } from './group-commit.ts';
import type { WriteCore } from './write-core.ts';

const COMPARE_BYTES = 256 * 1024;

/** A file whose octets are written; closed once they are durable. */
export class FreshFile implements Syncable {
  readonly #fd: number;
  readonly #path: string;

  constructor(fd: number, file: string) {
    this.#fd = fd;
    this.#path = file;
  }

  async sync(): Promise<void> {
    try {
      await syncFile(this.#fd, this.#path);
    } finally {
      fs.closeSync(this.#fd);
    }
  }

  abandon(): void {
    fs.closeSync(this.#fd);
  }
}

/** Write a message held whole: as a link to an exact copy where there is one. */
export function storeEml(core: WriteCore, file: string, raw: Buffer, fingerprint: string): void {
  const folder = path.dirname(file);
  core.needFolder(folder);
  core.commit.touchedFolder(folder);
  if (linkToCopy(core, file, fingerprint, (copy) => holds(copy, raw))) return;
  const fd = createOver(file);
  try {
    writeFully(fd, file, raw, 0);
  } catch (error) {
    fs.closeSync(fd);
    unlinkFile(file);
    throw error;
  }
  core.commit.touched(new FreshFile(fd, file));
  core.rememberFile(fingerprint, file);
}

/**
 * Another name for a file with the same octets. They are compared, not only their fingerprints: a link to a damaged
 * file would spread the damage.
 */
export function linkToCopy(
  core: WriteCore,
  file: string,
  fingerprint: string,
  isSame: (copy: string) => boolean,
): boolean {
  for (const copy of core.copiesOf(fingerprint)) {
    if (copy === file || !isSame(copy)) continue;
    if (statOrNull(file)) unlinkFile(file);
    if (linkFile(copy, file)) return true;
  }
  return false;
}

/** What a crash left under this name may be a link to another message: it goes, it is never written into. */
function createOver(file: string): number {
  try {
    return createFile(file);
  } catch (error) {
    if (!isEngineError(error) || (error.cause as NodeJS.ErrnoException)?.code !== 'EEXIST') throw error;
  }
  unlinkFile(file);
  return createFile(file);
}

function holds(file: string, raw: Buffer): boolean {
  const stat = statOrNull(file);
  return stat?.size === raw.length && fs.readFileSync(file).equals(raw);
}

export function sameFiles(a: string, b: string): boolean {
  if (statOrNull(a)?.size !== statOrNull(b)?.size) return false;
  const fds = [fs.openSync(a, 'r'), fs.openSync(b, 'r')] as const;
  const buffers = [Buffer.alloc(COMPARE_BYTES), Buffer.alloc(COMPARE_BYTES)] as const;
  try {
    for (let at = 0; ; at += COMPARE_BYTES) {
      const [first, second] = buffers.map((buffer, i) => fs.readSync(fds[i]!, buffer, 0, COMPARE_BYTES, at));
      if (first !== second || buffers[0].compare(buffers[1], 0, second, 0, first) !== 0) return false;
      if (first === 0) return true;
    }
  } finally {
    for (const fd of fds) fs.closeSync(fd);
  }
}
