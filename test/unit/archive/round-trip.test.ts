import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { createArchive } from '../../../electron/engine/archive/open-archive.ts';
import { nastyMailboxes } from '../../helpers/nasty-mailboxes.ts';
import { nastyMessages } from '../../helpers/nasty-messages.ts';
import {
  archiveWith,
  cleanUp,
  clock,
  contents,
  everyFile,
  feed,
  forReading,
  forWriting,
  freshPath,
  LAYOUTS,
  mail,
  prepared,
  pythonCount,
  store,
  type TestMessage,
} from './kit.ts';

cleanUp();

const nasty: TestMessage[] = nastyMessages().map(({ raw }, i) => ({ uid: i + 1, raw }));

describe.each(LAYOUTS)('an archive in %s layout', (layout) => {
  it('gives back every nasty message octet by octet', { timeout: 20_000 }, async () => {
    const dir = freshPath();
    const sink = (await createArchive(dir, { layout, account: '', clock })).sink();
    const told = await store(sink, 'INBOX', nasty);
    await sink.close();
    expect(told).toHaveLength(nasty.length);
    expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['stored']));
    const archive = await forReading(dir);
    for (const { uid, raw } of nasty) expect(archive.readRaw('INBOX', 7, uid).equals(raw)).toBe(true);
    await archive.close();
    expect((await verifyArchive(dir)).problems).toEqual([]);
    expect(await checkArchive(dir)).toMatchObject({ healthy: true, findings: [], messages: nasty.length });
    if (layout === 'mbox') expect(pythonCount(path.join(dir, 'mail/INBOX')) ?? nasty.length).toBe(nasty.length);
  });

  it('keeps every nasty mailbox name apart, and the true names in the journal', async () => {
    const dir = freshPath();
    const names = nastyMailboxes()
      .filter((box) => box.unlessDelimiter !== '/')
      .map((box) => box.segments.join('/'));
    const sink = (await createArchive(dir, { layout, account: '', clock })).sink();
    for (const [i, name] of names.entries()) await store(sink, name, [mail(i + 1)]);
    await sink.close();
    const archive = await forReading(dir);
    const boxes = archive.mailboxes();
    for (const [i, name] of names.entries()) expect(archive.readRaw(name, 7, i + 1)).toEqual(mail(i + 1).raw);
    const files = boxes.map(({ file }) => file.normalize('NFKC').toLowerCase());
    expect(new Set(files).size).toBe(boxes.length);
    await archive.close();
    expect((await checkArchive(dir)).findings).toEqual([]);
  });

  it('changes no file when it is opened, asked and told nothing new', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1), mail(2)], 'Sent/2026': [mail(1)] });
    const first = await forWriting(dir);
    const pass = { uidValidity: 7, uidNext: 3, messages: 2, highestModSeq: null };
    const sink = first.sink();
    await (await prepared(sink, 'INBOX')).completePass(pass);
    await sink.close();
    const before = everyFile(dir);
    const again = (await forWriting(dir)).sink();
    const mailbox = await prepared(again, 'INBOX');
    expect(mailbox.lastPass()).toEqual(pass);
    expect([...mailbox.known(7).uids]).toEqual([1, 2]);
    await mailbox.completePass(pass);
    await mailbox.recordFlags(7, []);
    await mailbox.recordMissing(7, new Uint32Array());
    await again.close();
    expect(everyFile(dir)).toEqual(before);
  });

  it('lets only its owner read it', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { 'A/B': [mail(1)] });
    for (const entry of fs.readdirSync(dir, { recursive: true, withFileTypes: true })) {
      const { mode } = fs.statSync(path.join(entry.parentPath, entry.name));
      expect([entry.name, (mode & 0o777).toString(8)]).toEqual([entry.name, entry.isDirectory() ? '700' : '600']);
    }
  });

  it('lets several lanes write into one mailbox, large messages among them', async () => {
    const dir = freshPath();
    const sink = (await createArchive(dir, { layout, account: '', clock })).sink();
    const mailbox = await prepared(sink, 'INBOX');
    const messages = Array.from({ length: 60 }, (_, i): TestMessage => {
      const size = i % 7 === 0 ? 1_400_000 + i : 1 + ((i * 7919) % 90_000);
      return { uid: i + 1, raw: Buffer.alloc(size, `From ${i} ${'x'.repeat(500)}\n>From `) };
    });
    const told: number[] = [];
    await Promise.all(
      [0, 1, 2, 3].map(async (lane) => {
        const writer = (await sink.openLane()).writer(mailbox, 7, (uid) => void told.push(uid));
        for (const message of messages.filter((_, i) => i % 4 === lane)) {
          await feed(writer, [message], 30_000);
          await new Promise(setImmediate);
        }
        await writer.flush();
      }),
    );
    await sink.close();
    expect(told.sort((a, b) => a - b)).toEqual(messages.map(({ uid }) => uid));
    const archive = await forReading(dir);
    for (const { uid, raw } of messages) expect(archive.readRaw('INBOX', 7, uid).equals(raw)).toBe(true);
    await archive.close();
    expect((await checkArchive(dir)).findings).toEqual([]);
    if (layout === 'mbox') expect(pythonCount(path.join(dir, 'mail/INBOX')) ?? 60).toBe(60);
  });

  it.each([10, 2_000_000])(
    'forgets a message of %d octets that breaks off, and stores it when it comes again',
    async (size) => {
      const dir = freshPath();
      const sink = (await createArchive(dir, { layout, account: '', clock })).sink();
      const mailbox = await prepared(sink, 'INBOX');
      const raw = Buffer.alloc(size, 'x');
      const writer = (await sink.openLane()).writer(mailbox, 7, () => undefined);
      await feed(writer, [mail(1)]);
      writer.begin({ uid: 2, flags: [], internalDate: null, sizeBytes: size });
      writer.chunk(raw.subarray(0, size / 2));
      writer.abort();
      await feed(writer, [mail(3), { uid: 2, raw }]);
      await writer.flush();
      await sink.close();
      const archive = await forReading(dir);
      expect([...archive.messages('INBOX')].map(({ uid }) => uid)).toEqual([1, 2, 3]);
      expect(archive.readRaw('INBOX', 7, 2).equals(raw)).toBe(true);
      await archive.close();
      expect((await checkArchive(dir)).findings).toEqual([]);
    },
  );

  it('stores a message once, however often it comes', async () => {
    const dir = freshPath();
    const sink = (await createArchive(dir, { layout, account: '', clock })).sink();
    const told = await store(sink, 'INBOX', [mail(1), mail(1), mail(2)]);
    expect(told.map(({ uid, outcome }) => `${uid} ${outcome}`)).toEqual(['1 stored', '1 duplicate', '2 stored']);
    expect(await store(sink, 'INBOX', [mail(2)])).toEqual([{ uid: 2, outcome: 'duplicate' }]);
    await sink.close();
    expect(await contents(dir)).toHaveLength(3);
  });

  it('refuses a message whose length is not the one announced, and goes on', async () => {
    const dir = freshPath();
    const sink = (await createArchive(dir, { layout, account: '', clock })).sink();
    const mailbox = await prepared(sink, 'INBOX');
    const told: string[] = [];
    const writer = (await sink.openLane()).writer(
      mailbox,
      7,
      (uid, outcome, remark) => void told.push(`${uid} ${outcome} ${remark?.code}`),
    );
    for (const [uid, announced, given] of [
      [1, 5, 4],
      [2, 5, 6],
      [3, 1_500_000, 4],
    ] as const) {
      writer.begin({ uid, flags: [], internalDate: null, sizeBytes: announced });
      writer.chunk(Buffer.alloc(given, 'y'));
      writer.end();
    }
    await feed(writer, [mail(4)]);
    await writer.flush();
    await sink.close();
    expect(told).toEqual([
      '1 failed protocol-error',
      '2 failed protocol-error',
      '3 failed protocol-error',
      '4 stored undefined',
    ]);
    expect((await checkArchive(dir)).findings).toEqual([]);
  });
});

describe('exact copies', () => {
  it('are hard links in the EML layout, large ones too, and whole in the mbox layout', async () => {
    const same = Buffer.from('Subject: twice\r\n\r\nthe same\r\n');
    const large = Buffer.alloc(1_500_000, 'large ');
    const boxes = {
      INBOX: [
        { uid: 1, raw: same },
        { uid: 2, raw: large },
      ],
      Sent: [
        { uid: 9, raw: same },
        { uid: 8, raw: large },
      ],
    };
    const eml = freshPath();
    await archiveWith(eml, 'eml', boxes);
    for (const [a, b] of [
      ['INBOX/0/7-1.eml', 'Sent/0/7-9.eml'],
      ['INBOX/0/7-2.eml', 'Sent/0/7-8.eml'],
    ]) {
      expect(fs.statSync(path.join(eml, 'mail', a!)).ino).toBe(fs.statSync(path.join(eml, 'mail', b!)).ino);
    }
    const mbox = freshPath();
    await archiveWith(mbox, 'mbox', boxes);
    expect(fs.statSync(path.join(mbox, 'mail/Sent')).size).toBe(fs.statSync(path.join(mbox, 'mail/INBOX')).size);
  });

  it('are not linked to a file that was damaged meanwhile', async () => {
    const dir = freshPath();
    await archiveWith(dir, 'eml', { INBOX: [mail(1)] });
    fs.writeFileSync(path.join(dir, 'mail/INBOX/0/7-1.eml'), 'x'.repeat(mail(1).raw.length));
    const sink = (await forWriting(dir)).sink();
    await store(sink, 'Copy', [{ uid: 5, raw: mail(1).raw }]);
    await sink.close();
    expect(fs.readFileSync(path.join(dir, 'mail/Copy/0/7-5.eml'))).toEqual(mail(1).raw);
  });
});
