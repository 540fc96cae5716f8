/** One message, one file: written so that a crash leaves the whole file under its name, or nothing the journal knows. */
import fs from 'node:fs';
import { linkFile, statOrNull, syncFile, unlinkFile } from '../fs/durable.ts';
import type { Syncable } from './group-commit.ts';
import type { WriteCore } from './write-core.ts';

const COMPARE_BYTES = 256 * 1024;

/** A file whose octets are being written; closed once they are durable. */
export class FreshFile implements Syncable {
  readonly #path: string;
  /** Its descriptor; null: it is a link to an exact copy. */
  readonly #writing: Promise<number | null>;

  constructor(file: string, writing: Promise<number | null>) {
    this.#path = file;
    this.#writing = writing;
  }

  async sync(): Promise<void> {
    const fd = await this.#writing;
    if (fd === null) return;
    try {
      await syncFile(fd, this.#path);
    } finally {
      fs.closeSync(fd);
    }
  }

  abandon(): void {
    const close = (fd: number | null): void => {
      if (fd !== null) fs.closeSync(fd);
    };
    this.#writing.then(close, () => undefined);
  }
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

export function holds(file: string, raw: Buffer): boolean {
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
