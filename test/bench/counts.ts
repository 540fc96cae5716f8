/** Counts what arrived, at the place where it arrived. */
import fs from 'node:fs';
import path from 'node:path';
import { RawImap } from '../helpers/imap-raw.ts';
import type { TestUser } from '../helpers/servers/server.ts';
import type { Corpus } from './corpus.ts';
import type { World } from './world.ts';

export interface Found {
  messages: number;
  /** null: the form in which they are kept has other octets. */
  bytes: number | null;
}

/** @returns in one sentence what is not there; null: everything is */
export function shortfall(found: Found, { messages, bytes }: Pick<Corpus, 'messages' | 'bytes'>): string | null {
  if (found.messages !== messages) return `${found.messages} of ${messages} messages arrived`;
  if (found.bytes !== null && found.bytes !== bytes) return `${found.bytes} octets arrived where ${bytes} were sent`;
  return null;
}

export function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** One file for each message, as it was served. */
export function countEml(folder: string): Found {
  return countFiles(filesBelow(folder).filter((file) => file.endsWith('.eml')));
}

/** mbsync keeps messages with LF: their octets are not those of the server. */
export function countMaildir(folder: string): Found {
  return { messages: filesBelow(folder).filter((file) => /\/(cur|new)\/[^/]+$/.test(file)).length, bytes: null };
}

export function countFiles(files: string[]): { messages: number; bytes: number } {
  return { messages: files.length, bytes: files.reduce((sum, file) => sum + fs.statSync(file).size, 0) };
}

/** mboxrd: every line that starts with `From ` begins a message. */
export function countMbox(folder: string): Found {
  let messages = 0;
  for (const file of filesBelow(folder)) messages += countSeparators(file);
  return { messages, bytes: null };
}

const SEPARATOR = '\nFrom ';

function countSeparators(file: string): number {
  const fd = fs.openSync(file, 'r');
  const buffer = Buffer.alloc(4 * 1024 * 1024);
  // As if a line had ended before the file; kept over blocks, so that a separator cut in two is seen once.
  let kept = buffer.write('\n');
  let found = 0;
  try {
    for (;;) {
      const got = fs.readSync(fd, buffer, kept, buffer.length - kept, null);
      if (got === 0) return found;
      const block = buffer.subarray(0, kept + got);
      for (let at = block.indexOf(SEPARATOR); at >= 0; at = block.indexOf(SEPARATOR, at + 1)) found++;
      kept = Math.min(block.length, SEPARATOR.length - 1);
      buffer.copyWithin(0, block.length - kept, block.length);
    }
  } finally {
    fs.closeSync(fd);
  }
}

/** Asked of the server, by a client that shares no code with any of those measured. */
export async function countAccount({ server }: World, user: TestUser): Promise<Found> {
  const imap = await RawImap.signIn(server, user);
  let messages = 0;
  let bytes = 0;
  try {
    for (const { wireName, attributes } of await imap.list()) {
      if (attributes.some((attribute) => /^\\(noselect|nonexistent)$/i.test(attribute))) continue;
      const { untagged } = await imap.must('STATUS', `"${wireName}"`, '(MESSAGES SIZE)');
      const status = untagged.find(({ text }) => text.startsWith('STATUS '))?.text ?? '';
      messages += Number(/MESSAGES (\d+)/.exec(status)?.[1]);
      bytes += Number(/\bSIZE (\d+)/.exec(status)?.[1]);
    }
  } finally {
    await imap.close();
  }
  return { messages, bytes };
}
