/** More folders than files may be open at once. */
import fs from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { createArchive, openArchive } from '../../../electron/engine/archive/open-archive.ts';
import { NO_FLAGS } from '../../../electron/engine/flags.ts';
import { cleanUp, clock, DATE, freshPath, mail, prepared } from './kit.ts';

cleanUp();
afterEach(() => vi.restoreAllMocks());

test('a folder whose octets are on their way to the disk is not closed for others', async () => {
  const dir = freshPath();
  const archive = await createArchive(dir, { layout: 'mbox', account: 'a@example.org', clock });
  const sink = archive.sink();
  const lane = await sink.openLane();
  const settled: string[] = [];
  const writer = lane.writer(await prepared(sink, 'INBOX'), 7, (uid, outcome) => settled.push(`${uid} ${outcome}`));
  const { uid, raw } = mail(1);
  writer.begin({ uid, flags: NO_FLAGS, internalDate: DATE, sizeBytes: raw.length });
  writer.chunk(raw);
  writer.end();

  // The disk takes its time with the first sync.
  const sync = fs.fdatasync.bind(fs);
  let goOn: () => void = () => undefined;
  const isHeld = new Promise<void>((held) => {
    vi.spyOn(fs, 'fdatasync').mockImplementationOnce((fd, done) => {
      const { ino } = fs.fstatSync(fd);
      goOn = () => {
        // Under its number there could be another file by now, or none.
        expect(fs.fstatSync(fd).ino).toBe(ino);
        sync(fd, done);
      };
      held();
    });
  });
  const flushed = writer.flush();
  await isHeld;
  for (let i = 0; i < 200; i++) await prepared(sink, `Folder ${i}`);
  goOn();
  await flushed;
  expect(settled).toEqual(['1 stored']);
  await sink.close();
  const read = await openArchive(dir, { mode: 'read' });
  expect(read.readRaw('INBOX', 7, 1)).toEqual(raw);
  await read.close();
});
