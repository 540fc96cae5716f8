import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openLine, sealLine } from '../../../electron/engine/archive/journal-line.ts';
import { JournalWriter } from '../../../electron/engine/archive/journal-writer.ts';
import { checkArchive } from '../../../electron/engine/archive/maintain.ts';
import type { MessageRecord } from '../../../electron/engine/archive/records.ts';
import { formatUidSets, parseUidSet } from '../../../electron/engine/archive/uid-set.ts';
import { archiveWith, cleanUp, forReading, forWriting, freshPath } from './kit.ts';

cleanUp();

const record = fc.record<MessageRecord>({
  type: fc.constant('message'),
  mailbox: fc.nat(),
  uidValidity: fc.nat(),
  uid: fc.nat(),
  flags: fc.array(fc.string({ unit: 'binary' })),
  internalDate: fc.option(fc.string()),
  sizeBytes: fc.nat(),
  fingerprint: fc.constant('ab'.repeat(32)),
  headerDigest: fc.constant('cd'.repeat(32)),
  place: fc.oneof(fc.record({ offset: fc.nat(), length: fc.nat() }), fc.constant({ file: '0/1-2.eml' })),
});

it('a message record written by hand is what JSON would make of it, and opens again', () => {
  fc.assert(
    fc.property(record, (message) => {
      const line = sealLine(message);
      expect(openLine(Buffer.from(line.slice(0, -1)))).toEqual(JSON.parse(JSON.stringify(message)));
      expect(line.slice(0, -19)).toBe(JSON.stringify(message).slice(0, -1));
    }),
  );
});

it('a line with any octet changed is noticed', () => {
  const line = Buffer.from(sealLine({ type: 'missing', mailbox: 1, uidValidity: 2, uids: '1:9' }).slice(0, -1));
  for (let at = 0; at < line.length; at++) {
    const changed = Buffer.from(line);
    changed[at]! ^= 1;
    expect([at, openLine(changed)]).toEqual([at, null]);
  }
});

it('segments follow each other, and one that is lost is noticed', async () => {
  const dir = freshPath();
  await archiveWith(dir, 'mbox', {});
  const folder = path.join(dir, 'state/journal');
  const { archive } = JSON.parse(fs.readFileSync(path.join(dir, 'mailferry.json'), 'utf8')) as { archive: string };
  const writer = new JournalWriter(folder, archive, 0, 300);
  for (let id = 1; id <= 20; id++) {
    const box = {
      path: `box ${id}`,
      delimiter: '/',
      specialUse: null,
      selectable: true,
      subscribed: true,
      file: `box ${id}`,
    };
    writer.append(sealLine({ type: 'mailbox', id, ...box }));
  }
  await writer.sync();
  writer.close();
  const segments = fs.readdirSync(folder).sort();
  expect(segments.length).toBeGreaterThan(5);
  const reader = await forReading(dir);
  expect(reader.mailboxes()).toHaveLength(20);
  await reader.close();
  fs.rmSync(path.join(folder, segments[2]!));
  await expect(forReading(dir)).rejects.toMatchObject({ code: 'archive-damaged' });
  await expect(forWriting(dir)).rejects.toMatchObject({ code: 'archive-damaged' });
  expect((await checkArchive(dir)).healthy).toBe(false);
});

it('UID sets are as short as they can be and hold every UID once', () => {
  expect(formatUidSets([1, 2, 3, 5, 9, 10])).toEqual(['1:3,5,9:10']);
  expect(formatUidSets([1, 3, 5], 2)).toEqual(['1,3', '5']);
  expect(formatUidSets([])).toEqual([]);
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 300 })), (uids) => {
      const sorted = uids.sort((a, b) => a - b);
      const back = formatUidSets(sorted, 7).flatMap(parseUidSet);
      expect(back.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i))).toEqual(
        sorted,
      );
    }),
  );
  for (const bad of ['x', '5:1', '1:*', '4294967296', '1,,2']) expect(() => parseUidSet(bad)).toThrow(RangeError);
});
