/** Stores and reads back one message of 100 MB, then prints its peak memory in MiB. Arguments: folder, layout. */
import { createHash } from 'node:crypto';
import type { Layout } from '../../../electron/engine/archive/layout.ts';
import { createArchive, openArchive } from '../../../electron/engine/archive/open-archive.ts';
import { systemClock } from '../../../electron/node/clock.ts';

const [dir, layout] = process.argv.slice(2) as [string, Layout];
const SIZE = 100_000_000;
const chunk = Buffer.alloc(65_536, `From me ${'z'.repeat(200)}\r\n`);

const sink = (await createArchive(dir, { layout, account: '', clock: systemClock })).sink();
const status = {
  ...{ path: 'INBOX', delimiter: '/', specialUse: null, selectable: true, subscribed: true, messages: 1, unseen: 0 },
  ...{ uidValidity: 1, uidNext: 2, highestModSeq: null, sizeBytes: SIZE },
};
const mailbox = await sink.prepare({ source: status, targetPath: 'INBOX', targetSpecialUse: null });
const lane = await sink.openLane();
const writer = lane.writer(mailbox, 1, () => undefined);
const given = createHash('sha256');
writer.begin({ uid: 1, flags: [], internalDate: null, sizeBytes: SIZE });
for (let left = SIZE; left > 0; left -= chunk.length) {
  const octets = chunk.subarray(0, Math.min(left, chunk.length));
  given.update(octets);
  writer.chunk(octets);
  const wait = writer.pressure();
  if (wait) await wait;
}
writer.end();
await writer.flush();
await sink.close();

const source = (await openArchive(dir, { mode: 'read' })).source();
const reader = await source.openLane();
const back = createHash('sha256');
await reader.fetch((await source.scan())[0]!, 1, Uint32Array.of(1), {
  begin: () => undefined,
  chunk: (octets) => void back.update(octets),
  end: () => undefined,
  abort: () => undefined,
  missed: () => undefined,
  pressure: () => null,
});
await source.close();
const same = given.digest('hex') === back.digest('hex');
console.log(JSON.stringify({ same, peakMiB: Math.round(process.resourceUsage().maxRSS / 1024) }));
