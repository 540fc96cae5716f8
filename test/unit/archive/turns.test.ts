/** Several lanes in one mbox file take turns, and none may wait for itself. */
import { describe, expect, it } from 'vitest';
import { createArchive, openArchive } from '../../../electron/engine/archive/open-archive.ts';
import type { MessageWriter } from '../../../electron/engine/sink.ts';
import { parseFlags } from '../../../electron/engine/flags.ts';
import { cleanUp, clock, DATE, freshPath, prepared } from './kit.ts';

cleanUp();

const big = (uid: number, bytes: number): Buffer => Buffer.from(`Subject: ${uid}\r\n\r\n${'x'.repeat(bytes)}\r\n`);

function begin(writer: MessageWriter, uid: number, sizeBytes: number): void {
  writer.begin({ uid, flags: parseFlags(''), internalDate: DATE, sizeBytes });
}

function whole(writer: MessageWriter, uid: number, raw: Buffer): void {
  begin(writer, uid, raw.length);
  writer.chunk(raw);
  writer.end();
}

describe('turns in one mailbox file', () => {
  it('a lane whose large message gets the file next is woken, though the file is never free', async () => {
    const dir = freshPath();
    const archive = await createArchive(dir, { layout: 'mbox', account: 'a@example.org', clock });
    const sink = archive.sink();
    const mailbox = await prepared(sink, 'INBOX');
    const settled: number[] = [];
    const lanes = [await sink.openLane(), await sink.openLane()];
    const [one, two] = lanes.map((lane) => lane.writer(mailbox, 7, (uid) => settled.push(uid))) as [
      MessageWriter,
      MessageWriter,
    ];
    const first = big(1, 2_000_000);
    begin(one, 1, first.length);
    one.chunk(first.subarray(0, 1_000_000));
    // Lane two: a batch that has to wait for the file, then a large message that waits behind it.
    whole(two, 2, big(2, 600_000));
    const large = big(3, 3_000_000);
    begin(two, 3, large.length);
    two.chunk(large.subarray(0, 100_000));
    const wait = two.pressure();
    expect(wait).not.toBeNull();
    one.chunk(first.subarray(1_000_000));
    one.end();
    await wait;
    two.chunk(large.subarray(100_000));
    two.end();
    await Promise.all([one.flush(), two.flush()]);
    expect(settled.toSorted()).toEqual([1, 2, 3]);
    await sink.close();
    const read = await openArchive(dir, { mode: 'read' });
    expect(read.readRaw('INBOX', 7, 3).equals(large)).toBe(true);
    expect(read.readRaw('INBOX', 7, 1).equals(first)).toBe(true);
    await read.close();
  });
});
