import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../electron/engine/archive/catalog-driver.ts';
import { takeLock } from '../../../electron/engine/archive/lock.ts';
import { parseFlags } from '../../../electron/engine/flags.ts';
import { archiveWith, cleanUp, forReading, forWriting, freshPath, LAYOUTS, prepared, store } from '../archive/kit.ts';
import { ALL, build, closeViews, indexed, letter, uids, view } from './kit.ts';

cleanUp();
closeViews();
afterEach(() => {
  delete process.env['MAILFERRY_SQLITE'];
});

const THREE = [
  letter(1, { subject: 'Re: beta', day: 2, flags: '', body: 'kiln one' }),
  letter(2, { subject: 'alpha', day: 3, flags: '\\Seen \\Flagged', body: `kiln two ${'x '.repeat(500)}` }),
  letter(3, { subject: 'Gamma', day: 1, from: 'Zoe <zoe@example.org>', body: 'kiln three' }),
];

async function three(layout: (typeof LAYOUTS)[number] = 'mbox'): Promise<string> {
  const dir = freshPath();
  await archiveWith(dir, layout, { INBOX: THREE, Sent: [letter(9, { day: 9 })] });
  return dir;
}

const indexFile = (dir: string): string => path.join(dir, 'state', 'search.sqlite');

describe.each(['native', 'wasm'])('with %s SQLite', (kind) => {
  test.each(LAYOUTS)('lists, searches and gives back octets of an archive in %s layout', async (layout) => {
    const dir = await three(layout);
    if (kind === 'wasm') process.env['MAILFERRY_SQLITE'] = 'wasm';
    const archive = await indexed(dir);
    expect(uids(archive, { mailbox: 'INBOX' })).toEqual([2, 1, 3]);
    expect(uids(archive, { text: 'kiln tw' })).toEqual([2]);
    const { subject } = archive.stored({ mailbox: 'INBOX', uidValidity: 7, uid: 1 });
    expect(subject).toBe('Re: beta');
    expect(archive.readRaw({ mailbox: 'INBOX', uidValidity: 7, uid: 1 }).equals(THREE[0]!.raw)).toBe(true);
    expect(fs.existsSync(`${indexFile(dir)}.lock`)).toBe(false);
  });
});

test('folders are counted as the archive itself counts them', async () => {
  const dir = await three();
  const archive = await forReading(dir);
  const counted = archive.mailboxes().map((m) => [m.path, m.messages, m.unseen, m.sizeBytes, m.missing]);
  await archive.close();
  const seen = (await view(dir)).folders().map((f) => [f.path, f.messages, f.unread, f.sizeBytes, f.missing]);
  expect(seen).toEqual(counted);
});

test('a list has every order, before and after it is indexed', async () => {
  const archive = await view(await three());
  const orders = () =>
    (['newest', 'oldest', 'largest', 'from', 'subject'] as const).map((sort) =>
      uids(archive, { mailbox: 'INBOX', sort }),
    );
  const [newest, oldest, largest] = orders();
  expect([newest, oldest, largest![0]]).toEqual([[2, 1, 3], [3, 1, 2], 2]);
  await build(archive);
  expect(uids(archive, { mailbox: 'INBOX', sort: 'from' })).toEqual([2, 1, 3]);
  expect(uids(archive, { mailbox: 'INBOX', sort: 'subject' })).toEqual([2, 1, 3]);
});

test('filters narrow a list', async () => {
  const archive = await view(await three());
  expect(uids(archive, { unread: true })).toEqual([1]);
  expect(uids(archive, { flagged: true })).toEqual([2]);
  expect(uids(archive, { after: '2026-11-02', before: '2026-11-03' })).toEqual([2, 1]);
  expect(archive.messages({ ...ALL, mailbox: 'INBOX' }, 1, 1)).toMatchObject({
    total: 3,
    offset: 1,
    rows: [{ uid: 1 }],
  });
});

test('an index that is kept takes in what a later backup changed, and only that', async () => {
  const dir = await three();
  const before = await indexed(dir);
  before.close();
  const sink = (await forWriting(dir)).sink();
  await store(sink, 'INBOX', [letter(4, { day: 20, body: 'kiln four' })]);
  const mailbox = await prepared(sink, 'INBOX');
  await mailbox.recordFlags(7, [{ uid: 1, flags: parseFlags('\\Seen') }]);
  await mailbox.recordMissing(7, Uint32Array.of(2));
  await mailbox.forget!(7, Uint32Array.of(3));
  await sink.close();
  const after = await view(dir);
  expect(uids(after, { unread: true })).toEqual([]);
  expect(await build(after)).toBe(1);
  expect(uids(after, { mailbox: 'INBOX', text: 'kiln' })).toEqual([4, 2, 1]);
  expect(after.rows([{ mailbox: 'INBOX', uidValidity: 7, uid: 2 }])[0]!.missingOnSource).toBe(true);
  // The file was written anew: places have moved.
  expect(after.readRaw({ mailbox: 'INBOX', uidValidity: 7, uid: 4 }).toString()).toContain('kiln four');
});

test('indexing goes on where it was stopped', async () => {
  const dir = await three();
  const first = await view(dir);
  expect(await build(first, 2)).toBe(2);
  expect(first.messages(ALL, 0, 1).unindexed).toBe(2);
  first.close();
  expect(await build(await view(dir))).toBe(2);
});

test.each(['another version', 'another archive', 'a damaged file'])('an index of %s is built anew', async (what) => {
  const dir = await three();
  (await indexed(dir)).close();
  if (what === 'a damaged file') fs.writeFileSync(indexFile(dir), Buffer.alloc(9000, 1));
  else {
    const db = openDatabase(indexFile(dir), { readOnly: false });
    db.exec(`UPDATE info SET value = 'x' WHERE name = '${what === 'another version' ? 'version' : 'archive'}'`);
    db.close();
  }
  const archive = await view(dir);
  expect(uids(archive, { mailbox: 'INBOX' })).toEqual([2, 1, 3]);
  expect(await build(archive)).toBe(4);
});

test('it opens and shows what was durable while a backup writes', async () => {
  const dir = await three();
  const writer = await forWriting(dir);
  const sink = writer.sink();
  await store(sink, 'INBOX', [letter(4, { day: 20 })]);
  const during = await view(dir);
  expect(uids(during, { mailbox: 'INBOX' })).toEqual([4, 2, 1, 3]);
  await store(sink, 'INBOX', [letter(5, { day: 21 })]);
  await sink.close();
  expect(uids(await view(dir), { mailbox: 'INBOX' })).toEqual([5, 4, 2, 1, 3]);
});

test('two programs may read one archive; only one adds to its index', async () => {
  const dir = await three();
  const first = await view(dir);
  const lock = takeLock(path.join(dir, 'state', 'search.lock'), new Date());
  const second = await view(dir);
  expect(uids(second, { mailbox: 'INBOX' })).toEqual([2, 1, 3]);
  const waiting = build(second);
  expect(uids(first, { mailbox: 'INBOX' })).toEqual([2, 1, 3]);
  lock.release();
  expect(await waiting).toBe(4);
});

test('a message that is damaged on disk is found by its header, and says so when opened', async () => {
  const dir = await three();
  const file = path.join(dir, 'mail', 'INBOX');
  fs.writeFileSync(file, fs.readFileSync(file, 'latin1').replace('kiln one', 'kiln 0ne'), 'latin1');
  const archive = await indexed(dir);
  expect(uids(archive, { text: 'beta' })).toEqual([1]);
  expect(uids(archive, { text: '0ne' })).toEqual([]);
  expect(() => archive.readRaw({ mailbox: 'INBOX', uidValidity: 7, uid: 1 })).toThrow('damaged');
});

test('what is not there is told', async () => {
  const archive = await view(await three());
  expect(() => archive.stored({ mailbox: 'INBOX', uidValidity: 7, uid: 77 })).toThrow('no message 77');
  expect(() => archive.messages({ ...ALL, mailbox: 'Nowhere' }, 0, 1)).toThrow('no folder Nowhere');
  expect(archive.rows([{ mailbox: 'INBOX', uidValidity: 7, uid: 77 }])).toEqual([]);
});
