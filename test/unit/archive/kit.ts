/** Small archives for tests. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import type { Archive } from '../../../electron/engine/archive/archive.ts';
import type { Layout } from '../../../electron/engine/archive/layout.ts';
import { createArchive, openArchive } from '../../../electron/engine/archive/open-archive.ts';
import { parseFlags } from '../../../electron/engine/flags.ts';
import type { Clock } from '../../../electron/engine/ports.ts';
import type { Settle, Sink, SinkMailbox } from '../../../electron/engine/sink.ts';
import type { MessageReceiver } from '../../../electron/engine/source.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';

export const LAYOUTS: Layout[] = ['mbox', 'eml'];

/** A clock that stands still, so that archives made twice are equal. */
export const clock: Clock = {
  now: () => 0,
  date: () => new Date('2026-11-24T00:00:00Z'),
  sleep: async () => undefined,
};

const made: string[] = [];

/** A path in a fresh folder that is removed after the test. The path itself is not there yet. */
export function freshPath(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-archive-'));
  made.push(folder);
  return path.join(folder, 'archive');
}

export function cleanUp(): void {
  afterEach(() => {
    for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
  });
}

export function statusOf(name: string, given: Partial<MailboxStatus> = {}): MailboxStatus {
  return {
    ...{ path: name, delimiter: '/', specialUse: null, selectable: true, subscribed: true },
    ...{ messages: 0, unseen: 0, uidValidity: 7, uidNext: 1, highestModSeq: null, sizeBytes: null },
    ...given,
  };
}

export interface TestMessage {
  uid: number;
  raw: Buffer;
  flags?: string;
  internalDate?: string | null;
}

export function mail(
  uid: number,
  text = `Subject: message ${uid}\r\nMessage-ID: <${uid}@example.org>\r\n\r\nbody ${uid}\r\n`,
): TestMessage {
  return { uid, raw: Buffer.from(text, 'latin1') };
}

export const DATE = '2026-11-23T10:20:30+01:00';

/** Feed messages as a source does: in chunks, waiting when asked to. */
export async function feed(receiver: MessageReceiver, messages: TestMessage[], chunkBytes = 64 * 1024): Promise<void> {
  for (const { uid, raw, flags = '\\Seen', internalDate = DATE } of messages) {
    receiver.begin({ uid, flags: parseFlags(flags), internalDate, sizeBytes: raw.length });
    for (let at = 0; at < raw.length; at += chunkBytes) {
      receiver.chunk(raw.subarray(at, at + chunkBytes));
      const wait = receiver.pressure();
      if (wait) await wait;
    }
    receiver.end();
    const wait = receiver.pressure();
    if (wait) await wait;
  }
}

export async function prepared(sink: Sink, name: string, given: Partial<MailboxStatus> = {}): Promise<SinkMailbox> {
  return sink.prepare({ source: statusOf(name, given), targetPath: name, targetSpecialUse: given.specialUse ?? null });
}

export interface Told {
  uid: number;
  outcome: string;
  code?: string;
}

export async function store(sink: Sink, name: string, messages: TestMessage[], uidValidity = 7): Promise<Told[]> {
  const told: Told[] = [];
  const settle: Settle = (uid, outcome, remark) =>
    void told.push({ uid, outcome, ...(remark ? { code: remark.code } : {}) });
  const mailbox = await prepared(sink, name, { uidValidity });
  const lane = await sink.openLane();
  const writer = lane.writer(mailbox, uidValidity, settle);
  await feed(writer, messages);
  await writer.flush();
  await lane.close();
  return told;
}

/** An archive with these messages, closed. */
export async function archiveWith(dir: string, layout: Layout, boxes: Record<string, TestMessage[]>): Promise<void> {
  const sink = (await createArchive(dir, { layout, account: 'alice@example.org', clock })).sink();
  for (const [name, messages] of Object.entries(boxes)) await store(sink, name, messages);
  await sink.close();
}

export function forWriting(dir: string): Promise<Archive> {
  return openArchive(dir, { mode: 'write', clock });
}

export function forReading(dir: string): Promise<Archive> {
  return openArchive(dir, { mode: 'read' });
}

/** What a reader sees: path, generation, UID, flags, missing, octets. */
export async function contents(dir: string): Promise<string[]> {
  const archive = await forReading(dir);
  const seen: string[] = [];
  for (const { path: name } of archive.mailboxes()) {
    seen.push(name);
    for (const { uidValidity, uid, flags, missingOnSource } of archive.messages(name)) {
      const raw = archive.readRaw(name, uidValidity, uid).toString('latin1');
      seen.push(
        `${name} ${uidValidity} ${uid} [${flags.join(' ')}] ${missingOnSource ? 'missing ' : ''}${raw.slice(0, 200)} ${raw.length}`,
      );
    }
  }
  await archive.close();
  return seen;
}

/** Every file with size, time of change and octets: equal before and after means nothing was written. */
export function everyFile(dir: string): string[] {
  return fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const stat = fs.statSync(file, { bigint: true });
      const content = stat.isFile() ? fs.readFileSync(file).toString('latin1') : '';
      return `${path.relative(dir, file)} ${stat.mode & 0o777n} ${stat.isFile() ? stat.mtimeNs : ''} ${content}`;
    });
}

export function lines(dir: string): string[] {
  const folder = path.join(dir, 'state/journal');
  return fs
    .readdirSync(folder)
    .sort()
    .flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n').slice(0, -1));
}

/** Number of messages that Python's mailbox module finds; null when python3 is missing. */
export function pythonCount(file: string): number | null {
  if (!hasPython) return null;
  const code = 'import mailbox,sys; print(len(mailbox.mbox(sys.argv[1], create=False)))';
  return Number(execFileSync('python3', ['-c', code, file], { encoding: 'utf8' }));
}

export const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    console.warn('python3 is missing: tests that let it read an archive are skipped');
    return false;
  }
})();
