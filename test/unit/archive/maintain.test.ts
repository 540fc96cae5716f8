import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sealLine } from '../../../electron/engine/archive/journal-line.ts';
import { checkArchive, repairArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import {
  archiveWith,
  cleanUp,
  clock,
  contents,
  everyFile,
  forReading,
  forWriting,
  freshPath,
  LAYOUTS,
  lines,
  mail,
  prepared,
  pythonCount,
  store,
} from './kit.ts';

cleanUp();

const journalFile = (dir: string) => path.join(dir, 'state/journal/000001.jsonl');
const write = (dir: string, text: string[]) => {
  fs.writeFileSync(journalFile(dir), text.map((line) => `${line}\n`).join(''));
};
const fileOf = (dir: string, uid: number, layout: string) =>
  path.join(dir, layout === 'mbox' ? 'mail/INBOX' : `mail/INBOX/0/7-${uid}.eml`);

function spoil(file: string, text: string): void {
  const octets = fs.readFileSync(file);
  octets[octets.indexOf(text)] = 0x21;
  fs.writeFileSync(file, octets);
}

async function made(layout: 'mbox' | 'eml'): Promise<string> {
  const dir = freshPath();
  await archiveWith(dir, layout, { INBOX: [mail(1), mail(2), mail(3)], 'A/Ünter': [mail(4)] });
  return dir;
}

describe.each(LAYOUTS)('in %s layout', (layout) => {
  it('verify finds a changed octet and says where it is', async () => {
    const dir = await made(layout);
    spoil(fileOf(dir, 2, layout), 'body 2');
    const told: string[] = [];
    const report = await verifyArchive(dir, {
      onMessage: ({ path: name, uid, damage }) => void told.push(`${name} ${uid} ${damage === null}`),
    });
    expect(report).toMatchObject({ messages: 4, problems: [{ path: 'INBOX', uidValidity: 7, uid: 2 }] });
    expect(report.problems[0]).toMatchObject(
      layout === 'mbox'
        ? { file: 'INBOX', offset: 32 + mail(1).raw.length + 1 }
        : { file: 'INBOX/0/7-2.eml', offset: null },
    );
    expect(told.sort()).toEqual(['A/Ünter 4 true', 'INBOX 1 true', 'INBOX 2 false', 'INBOX 3 true']);
  });

  it('check finds what is not where it should be', async () => {
    const dir = await made(layout);
    const file = fileOf(dir, 3, layout);
    fs.truncateSync(file, fs.statSync(file).size - 10);
    const report = await checkArchive(dir);
    expect(report.healthy).toBe(false);
    expect(report.findings.map(({ message }) => message).join()).toMatch(
      layout === 'mbox' ? /beyond the end/ : /octets instead of/,
    );
  });

  it('check and verify write nothing', async () => {
    const dir = await made(layout);
    fs.rmSync(path.join(dir, 'state/catalog.sqlite'));
    const before = everyFile(dir);
    expect((await checkArchive(dir)).healthy).toBe(true);
    expect((await verifyArchive(dir)).problems).toEqual([]);
    expect(everyFile(dir)).toEqual(before);
  });

  it('a sound archive needs no repair and keeps its journal and mail', async () => {
    const dir = await made(layout);
    const parts = () => everyFile(dir).filter((line) => /^(mail\/|state\/journal)/.test(line));
    const [before, seen] = [parts(), await contents(dir)];
    const report = await repairArchive(dir, { clock });
    expect(report).toEqual({ messages: 4, done: ['The catalog was built anew from the journal.'], notPossible: [] });
    expect(parts()).toEqual(before);
    expect(await contents(dir)).toEqual(seen);
    expect((await checkArchive(dir)).findings).toEqual([]);
  });

  it.each(['missing', 'garbage', 'of a later version', 'of another archive'])(
    'a catalog that is %s is built anew',
    async (how) => {
      const dir = await made(layout);
      const seen = await contents(dir);
      const catalog = path.join(dir, 'state/catalog.sqlite');
      if (how === 'missing') fs.rmSync(catalog);
      else if (how === 'garbage') fs.writeFileSync(catalog, 'garbage'.repeat(1000));
      else if (how === 'of another archive')
        fs.copyFileSync(path.join(await made(layout), 'state/catalog.sqlite'), catalog);
      else {
        const { DatabaseSync } = await import('node:sqlite');
        const db = new DatabaseSync(catalog);
        db.exec("UPDATE meta SET value = '99' WHERE key = 'version'");
        db.close();
      }
      expect(await contents(dir)).toEqual(seen);
      await (await forWriting(dir)).close();
      expect((await checkArchive(dir)).findings).toEqual([]);
      expect(await contents(dir)).toEqual(seen);
    },
  );

  it('a catalog built anew equals the one built on the go', async () => {
    const dir = await made(layout);
    const sink = (await forWriting(dir)).sink();
    const mailbox = await prepared(sink, 'INBOX', { uidValidity: 8 });
    await store(
      sink,
      'INBOX',
      [{ uid: 5, raw: Buffer.from('From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nSubject: a\r\n b\r\n\r\nx') }],
      8,
    );
    await mailbox.recordRenumbered(
      8,
      mailbox.otherGenerations(8).map((was) => ({ uid: was.uid, flags: [], was })),
    );
    await mailbox.recordMissing(8, Uint32Array.of(2));
    await mailbox.forget!(8, Uint32Array.of(1));
    await mailbox.completePass({ uidValidity: 8, uidNext: 9, messages: 3, highestModSeq: '77' });
    await sink.close();
    const dump = async () => {
      const { DatabaseSync } = await import('node:sqlite');
      const db = new DatabaseSync(path.join(dir, 'state/catalog.sqlite'), { readOnly: true });
      const tables = ['meta', 'mailbox', 'message'].map((name) => db.prepare(`SELECT * FROM ${name} ORDER BY 1`).all());
      db.close();
      return tables;
    };
    const before = await dump();
    expect(before[2]).toContainEqual(
      expect.objectContaining({ uid: 5, sender: 'Jürgen <j@example.org>', subject: 'a b' }),
    );
    fs.rmSync(path.join(dir, 'state/catalog.sqlite'));
    await (await forWriting(dir)).close();
    expect(await dump()).toEqual(before);
  });

  it('repair keeps a damaged message under another number and lets the next backup fetch it again', async () => {
    const dir = await made(layout);
    spoil(fileOf(dir, 2, layout), 'body 2');
    const report = await repairArchive(dir, { clock });
    expect(report.notPossible.join()).toContain('Message 2 of INBOX');
    const archive = await forReading(dir);
    expect([...archive.messages('INBOX')].map(({ uidValidity, uid }) => `${uidValidity}/${uid}`)).toEqual([
      '7/1',
      '7/3',
      '0/1',
    ]);
    expect(archive.readRaw('INBOX', 0, 1).toString()).toContain('!ody 2');
    await archive.close();
    const sink = (await forWriting(dir)).sink();
    expect((await prepared(sink, 'INBOX')).lastPass()).toBeNull();
    await store(sink, 'INBOX', [mail(2)]);
    await sink.close();
    expect((await checkArchive(dir)).findings).toEqual([]);
    expect((await verifyArchive(dir)).problems).toEqual([]);
    const again = await forReading(dir);
    expect(again.readRaw('INBOX', 7, 2)).toEqual(mail(2).raw);
    expect(again.readRaw('INBOX', 0, 1).toString()).toContain('!ody 2');
    await again.close();
  });

  it('repair believes a record whose CRC alone is wrong', async () => {
    const dir = await made(layout);
    const seen = await contents(dir);
    write(
      dir,
      lines(dir).map((line) => (line.includes('"uid":2,') ? line.replace(/"crc":"./, '"crc":"z') : line)),
    );
    expect((await checkArchive(dir)).healthy).toBe(false);
    const report = await repairArchive(dir, { clock });
    expect(report.messages).toBe(4);
    expect(await contents(dir)).toEqual(seen);
    expect((await checkArchive(dir)).findings).toEqual([]);
    expect(fs.readdirSync(path.join(dir, 'state/damaged'))).toHaveLength(1);
  });

  it('repair finds the octets of messages whose records are gone', async () => {
    const dir = await made(layout);
    write(
      dir,
      lines(dir).map((line) => (/"uid":[23],/.test(line) ? '#'.repeat(line.length) : line)),
    );
    const report = await repairArchive(dir, { clock });
    expect(report.messages).toBe(4);
    const archive = await forReading(dir);
    const raws = [...archive.messages('INBOX')].map(({ uidValidity, uid }) =>
      archive.readRaw('INBOX', uidValidity, uid).toString(),
    );
    expect(raws.sort()).toEqual([1, 2, 3].map((uid) => mail(uid).raw.toString()));
    await archive.close();
    expect((await checkArchive(dir)).findings).toEqual([]);
  });

  it.each(['with the catalog', 'without the catalog'])(
    'repair finds a mailbox whose record is gone, %s',
    async (how) => {
      const dir = await made(layout);
      const seen = await contents(dir);
      write(
        dir,
        lines(dir).map((line) => (line.includes('"type":"mailbox"') ? '#'.repeat(line.length) : line)),
      );
      if (how === 'without the catalog') fs.rmSync(path.join(dir, 'state/catalog.sqlite'));
      await repairArchive(dir, { clock });
      const after = await contents(dir);
      for (const line of seen.filter((text) => text !== 'A')) expect(after).toContain(line);
      expect((await checkArchive(dir)).findings).toEqual([]);
    },
  );

  it('repair rebuilds everything from the mail when the journal is gone', async () => {
    const dir = await made(layout);
    const count = (await contents(dir)).length;
    fs.rmSync(path.join(dir, 'state'), { recursive: true });
    await expect(forReading(dir)).rejects.toMatchObject({ code: 'archive-damaged' });
    await expect(forWriting(dir)).rejects.toMatchObject({ code: 'archive-damaged' });
    expect((await checkArchive(dir)).healthy).toBe(false);
    await repairArchive(dir, { clock });
    const archive = await forReading(dir);
    const raws = archive
      .mailboxes()
      .flatMap(({ path: name }) =>
        [...archive.messages(name)].map(({ uidValidity, uid }) => archive.readRaw(name, uidValidity, uid).toString()),
      );
    await archive.close();
    expect(raws.sort()).toEqual([1, 2, 3, 4].map((uid) => mail(uid).raw.toString()));
    expect(count).toBeGreaterThan(raws.length);
    expect((await checkArchive(dir)).findings).toEqual([]);
  });

  it('repair makes a journal usable whose end is missing', async () => {
    const dir = await made(layout);
    write(dir, lines(dir).slice(0, 4));
    await expect(forWriting(dir)).rejects.toMatchObject({ code: 'archive-damaged' });
    const report = await repairArchive(dir, { clock });
    expect(report.messages).toBe(4);
    await (await forWriting(dir)).close();
    expect((await checkArchive(dir)).findings).toEqual([]);
  });
});

it('repair finds messages again after another program removed some from an mbox file', async () => {
  const dir = await made('mbox');
  const file = path.join(dir, 'mail/INBOX');
  const octets = fs.readFileSync(file);
  fs.writeFileSync(file, octets.subarray(octets.indexOf('From -', 10)));
  expect((await checkArchive(dir)).healthy).toBe(false);
  const report = await repairArchive(dir, { clock });
  expect(report.done.filter((text) => text.includes('another place'))).toHaveLength(2);
  expect(report.notPossible).toHaveLength(1);
  const archive = await forReading(dir);
  expect(archive.readRaw('INBOX', 7, 3)).toEqual(mail(3).raw);
  await archive.close();
  expect((await checkArchive(dir)).findings).toEqual([]);
  expect(pythonCount(file) ?? 2).toBe(2);
});

it('check tells a journal line that is damaged in the middle', async () => {
  const dir = await made('mbox');
  write(
    dir,
    lines(dir).map((line, i) => (i === 1 ? line.replace('started', 'startes') : line)),
  );
  expect((await checkArchive(dir)).findings).toEqual([
    { severity: 'damage', message: expect.stringContaining('cannot be read') as string },
  ]);
  expect(sealLine({ type: 'session', started: 'x' })).toMatch(
    /^\{"type":"session","started":"x","crc":"[0-9a-f]{8}"\}\n$/,
  );
});
