/** Gives the octets of stored messages back. Writes nothing; knows places, not UIDs. */
import fs from 'node:fs';
import { EngineError, toEngineError } from '../errors.ts';
import { headerEnd } from '../message/digest.ts';
import { ENVELOPE_BYTES } from '../message/header.ts';
import type { CatalogMailbox } from './catalog.ts';
import type { StoredMessage } from './catalog-read.ts';
import { mailPath, rewriteName, type ArchivePaths } from './layout.ts';
import { FROM_LINE_BYTES, isFromLine, Unquoter, unquoteWhole } from './mbox.ts';

/** Octets handed over at once; a message up to this size is held whole. */
export const CHUNK_BYTES = 256 * 1024;
/** Open files kept: readers go through one mailbox after another. */
const MAX_OPEN = 16;
const MAX_SPARE = 8;

/** The octets between the From_ line and the final LF of an mbox text, or a whole .eml file. */
interface Extent {
  fd: number;
  start: number;
  end: number;
  quoted: boolean;
  close(): void;
}

export class MailReader {
  readonly #paths: ArchivePaths;
  readonly #open = new Map<string, number>();
  /** Buffers of readings that have ended: several may be under way at once, each with one of its own. */
  readonly #spare: Buffer[] = [];

  constructor(paths: ArchivePaths) {
    this.#paths = paths;
  }

  /** Raw in pieces of at most CHUNK_BYTES, each valid until the next. @throws EngineError 'message-unreadable' */
  *chunks(mailbox: CatalogMailbox, message: StoredMessage): Generator<Buffer> {
    const extent = this.#extent(mailbox, message);
    const whole = this.#spare.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
    try {
      const buffer = whole.subarray(0, Math.min(CHUNK_BYTES, extent.end - extent.start));
      if (!extent.quoted || extent.end - extent.start <= CHUNK_BYTES) {
        for (let at = extent.start; at < extent.end; at += buffer.length) {
          const piece = this.#read(extent, at, buffer, mailbox, message);
          yield extent.quoted ? unquoteWhole(piece) : piece;
        }
      } else yield* this.#unquoted(extent, buffer, mailbox, message);
    } finally {
      if (this.#spare.length < MAX_SPARE) this.#spare.push(whole);
      extent.close();
    }
  }

  *#unquoted(extent: Extent, buffer: Buffer, mailbox: CatalogMailbox, message: StoredMessage): Generator<Buffer> {
    const unquoter = new Unquoter();
    let pieces: Buffer[] = [];
    const collect = (octets: Buffer) => void pieces.push(octets);
    for (let at = extent.start; at < extent.end; at += buffer.length) {
      unquoter.push(this.#read(extent, at, buffer, mailbox, message), collect);
      for (const piece of pieces) yield* bounded(piece);
      pieces = [];
    }
    unquoter.end(collect);
    yield* pieces;
  }

  /** The whole message, valid until the next reading: most come in one piece, which need not be copied. */
  glance(mailbox: CatalogMailbox, message: StoredMessage): Buffer {
    const pieces = this.chunks(mailbox, message);
    const first = pieces.next();
    if (first.done) return Buffer.alloc(0);
    if (pieces.next().done) return first.value;
    pieces.return(undefined);
    return this.whole(mailbox, message);
  }

  whole(mailbox: CatalogMailbox, message: StoredMessage): Buffer {
    const parts: Buffer[] = [];
    for (const chunk of this.chunks(mailbox, message)) parts.push(Buffer.from(chunk));
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** Enough of the beginning for `readEnvelope` to see what it would see of the whole. */
  head(mailbox: CatalogMailbox, message: StoredMessage): Buffer {
    const extent = this.#extent(mailbox, message);
    try {
      // Quoting makes a text at most a sixth longer.
      for (const bytes of [8 * 1024, ENVELOPE_BYTES + ENVELOPE_BYTES / 4]) {
        const size = Math.min(bytes, extent.end - extent.start);
        const text = this.#read(extent, extent.start, Buffer.allocUnsafe(size), mailbox, message);
        const raw = extent.quoted ? unquoteWhole(text) : text;
        if (size < bytes || headerEnd(raw) < raw.length - 8 || bytes > ENVELOPE_BYTES) return raw;
      }
      return Buffer.alloc(0);
    } finally {
      extent.close();
    }
  }

  close(): void {
    for (const fd of this.#open.values()) fs.closeSync(fd);
    this.#open.clear();
  }

  #extent(mailbox: CatalogMailbox, message: StoredMessage): Extent {
    const { place } = message;
    try {
      if ('file' in place) {
        const fd = fs.openSync(mailPath(this.#paths, `${mailbox.record.file}/${place.file}`), 'r');
        return { fd, start: 0, end: fs.fstatSync(fd).size, quoted: false, close: () => fs.closeSync(fd) };
      }
      const fd = this.#mboxFile(mailbox);
      const line = Buffer.alloc(FROM_LINE_BYTES);
      fs.readSync(fd, line, 0, FROM_LINE_BYTES, place.offset);
      if (!isFromLine(line)) throw unreadable(mailbox, message, 'it does not begin with a From_ line');
      const start = place.offset + FROM_LINE_BYTES;
      const end = place.offset + place.length - 1 - Number(message.newlineAdded);
      return { fd, start, end, quoted: true, close: () => undefined };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw unreadable(mailbox, message, 'its file is gone');
      throw toEngineError(error, mailbox.record.file);
    }
  }

  #read(extent: Extent, at: number, buffer: Buffer, mailbox: CatalogMailbox, message: StoredMessage): Buffer {
    const want = Math.min(buffer.length, extent.end - at);
    let done = 0;
    while (done < want) {
      const got = readSync(extent.fd, buffer, done, want - done, at + done, mailbox.record.file);
      if (got === 0) throw unreadable(mailbox, message, 'its file is too short');
      done += got;
    }
    return buffer.subarray(0, want);
  }

  #mboxFile(mailbox: CatalogMailbox): number {
    const key = `${mailbox.record.id}:${mailbox.rewrites}`;
    const found = this.#open.get(key);
    if (found !== undefined) return found;
    if (this.#open.size >= MAX_OPEN) {
      const [oldest, fd] = this.#open.entries().next().value!;
      fs.closeSync(fd);
      this.#open.delete(oldest);
    }
    const fd = openMbox(mailPath(this.#paths, mailbox.record.file), mailbox.rewrites);
    this.#open.set(key, fd);
    return fd;
  }
}

/** A rewrite that is recorded and has not yet taken the file's place is the file. */
export function openMbox(file: string, rewrites: number): number {
  if (rewrites > 0) {
    try {
      return fs.openSync(rewriteName(file, rewrites), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return fs.openSync(file, 'r');
}

function* bounded(octets: Buffer): Generator<Buffer> {
  for (let at = 0; at < octets.length; at += CHUNK_BYTES) yield octets.subarray(at, at + CHUNK_BYTES);
}

function readSync(fd: number, buffer: Buffer, offset: number, length: number, at: number, file: string): number {
  try {
    return fs.readSync(fd, buffer, offset, length, at);
  } catch (error) {
    throw toEngineError(error, file);
  }
}

function unreadable(mailbox: CatalogMailbox, message: StoredMessage, why: string): EngineError {
  const where = 'file' in message.place ? message.place.file : `offset ${message.place.offset}`;
  return new EngineError(
    'message-unreadable',
    `Message ${message.uid} of ${mailbox.record.path} cannot be read from mail/${mailbox.record.file} (${where}): ${why}. Run mailferry verify.`,
    { scope: 'message' },
  );
}
