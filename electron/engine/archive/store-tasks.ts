/** What can be done with received octets without catalog or journal. Runs in the second thread, see store-thread.ts. */
import fs from 'node:fs';
import type { Failure } from '../../../shared/failure.ts';
import { isEngineError, toEngineError } from '../errors.ts';
import { createFile, unlinkFile, writeFully } from '../fs/durable.ts';
import { digestParts, headerOf, type MessageDigests } from '../message/digest.ts';
import { envelopeOf, type Envelope } from '../message/header.ts';

/** What the octets of one message tell. */
export interface MessageFacts extends MessageDigests {
  envelope: Envelope;
}

/** Raw octets of a message in a buffer. */
export interface Place {
  start: number;
  sizeBytes: number;
}

export interface NewFile extends Place {
  path: string;
}

/** An open file descriptor, or why there is no such file. */
export type WrittenFile = number | Failure;

export function readFacts(octets: Buffer, places: readonly Place[]): MessageFacts[] {
  return places.map(({ start, sizeBytes }) => {
    const raw = octets.subarray(start, start + sizeBytes);
    const header = headerOf(raw);
    return { ...digestParts(raw, header), envelope: envelopeOf(header) };
  });
}

/** Each into a new file, until one fails: what fails one fails those behind it too, as a full disk does. */
export function writeFiles(octets: Buffer, files: readonly NewFile[]): WrittenFile[] {
  let failure: Failure | null = null;
  return files.map(({ path, start, sizeBytes }) => {
    try {
      if (failure === null) return writeNew(path, octets.subarray(start, start + sizeBytes));
    } catch (error) {
      failure = toEngineError(error, path).toFailure();
    }
    return failure;
  });
}

/** A new file with these octets. @returns its descriptor @throws EngineError; nothing is left of the file then */
export function writeNew(file: string, raw: Buffer): number {
  const fd = createOver(file);
  try {
    writeFully(fd, file, raw, 0);
    return fd;
  } catch (error) {
    fs.closeSync(fd);
    unlinkFile(file);
    throw error;
  }
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
