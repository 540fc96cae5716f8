import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_FLAGS } from '../../../electron/engine/flags.ts';
import type { MessageReceiver } from '../../../electron/engine/source.ts';
import { archiveWith, cleanUp, forReading, forWriting, freshPath, LAYOUTS, mail, prepared, store } from './kit.ts';

cleanUp();

function collector() {
  const got: string[] = [];
  const sizes: number[] = [];
  let parts: Buffer[] = [];
  const receiver: MessageReceiver = {
    begin: () => void (parts = []),
    chunk: (octets) => {
      sizes.push(octets.length);
      parts.push(Buffer.from(octets));
    },
    end: () => void got.push(Buffer.concat(parts).toString('latin1')),
    abort: () => void got.push('aborted'),
    missed: (uid, outcome, code) => void got.push(`${uid} ${outcome} ${code}`),
    pressure: () => null,
  };
  return { got, sizes, receiver };
}

describe.each(LAYOUTS)('an archive in %s layout as a source', (layout) => {
  it('lists what it holds and hands it over, the message-ids and digests too', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1), { ...mail(2), internalDate: '2026-01-05T23:00:00-05:00' }] });
    const source = (await forReading(dir)).source();
    const [status] = await source.scan();
    expect(status).toMatchObject({
      path: 'INBOX',
      messages: 2,
      uidValidity: 7,
      uidNext: 3,
      sizeBytes: 2 * mail(1).raw.length,
    });
    const lane = await source.openLane();
    const wish = {
      flags: 'all',
      sizes: true,
      internalDates: true,
      headerDigests: true,
      messageIds: true,
      since: '2026-02-01',
    } as const;
    const listing = await lane.list(status!, wish);
    expect([...listing.uids]).toEqual([1, 2]);
    expect([...listing.inScope!]).toEqual([1]);
    expect(listing.messageIds).toEqual(['<1@example.org>', '<2@example.org>']);
    expect(listing.headerDigests![0]).toMatch(/^[0-9a-f]{64}$/);
    const { got, receiver } = collector();
    await lane.fetch(status!, 7, Uint32Array.of(1, 2, 9), receiver);
    expect(got).toEqual([mail(1).raw.toString(), mail(2).raw.toString(), '9 vanished message-vanished']);
    await expect(lane.fetch(status!, 8, Uint32Array.of(1), receiver)).rejects.toMatchObject({
      code: 'mailbox-renumbered',
    });
    await source.close();
  });

  it('streams large messages in chunks of at most 256 KiB and never hands over a damaged one whole', async () => {
    const raw = Buffer.alloc(1_200_000, `From a ${'y'.repeat(300)}\n>From b\n`);
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [{ uid: 1, raw }, mail(2)] });
    const file = path.join(dir, layout === 'mbox' ? 'mail/INBOX' : 'mail/INBOX/0/7-1.eml');
    const read = async () => {
      const source = (await forReading(dir)).source();
      const lane = await source.openLane();
      const { got, sizes, receiver } = collector();
      await lane.fetch((await source.scan())[0]!, 7, Uint32Array.of(1, 2), receiver);
      await source.close();
      return { got, sizes };
    };
    const { got, sizes } = await read();
    expect(got[0] === raw.toString('latin1')).toBe(true);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256 * 1024);
    const fd = fs.openSync(file, 'r+');
    fs.writeSync(fd, 'Z', 1000);
    fs.closeSync(fd);
    expect((await read()).got).toEqual(['aborted', '1 failed message-unreadable', mail(2).raw.toString()]);
  });

  it('shows octets once after a renumbering, and keeps what only the older generation holds', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1), mail(2)] });
    const sink = (await forWriting(dir)).sink();
    const mailbox = await prepared(sink, 'INBOX', { uidValidity: 8 });
    const [was] = mailbox.otherGenerations(8);
    await mailbox.recordRenumbered(8, [{ uid: 50, flags: NO_FLAGS, was: was! }]);
    await store(sink, 'INBOX', [mail(51)], 8);
    await sink.close();
    const source = (await forReading(dir)).source();
    const [status] = await source.scan();
    expect(status).toMatchObject({ uidValidity: 8, messages: 3 });
    const lane = await source.openLane();
    const { uids } = await lane.list(status!, {});
    const { got, receiver } = collector();
    await lane.fetch(status!, 8, uids, receiver);
    expect(got).toEqual([mail(1), mail(51), mail(2)].map(({ raw }) => raw.toString()));
    await source.close();
  });

  it('lists a folder while what it hands over waits for a slow target', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1), mail(2)], Sent: [mail(1)] });
    const source = (await forReading(dir)).source();
    const [inbox, sent] = await source.scan();
    const lane = await source.openLane();
    const target = Promise.withResolvers<void>();
    const { got, receiver } = collector();
    const fetching = lane.fetch(inbox!, 7, Uint32Array.of(1, 2), { ...receiver, pressure: () => target.promise });
    expect([...(await lane.list(sent!, {})).uids]).toEqual([1]);
    expect(got).toHaveLength(1);
    target.resolve();
    await fetching;
    expect(got).toHaveLength(2);
  });
});
