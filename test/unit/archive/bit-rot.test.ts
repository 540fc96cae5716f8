/** What single wrong octets once did. Thousands of seeded ones are in test/crash/bit-rot.test.ts. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkArchive, repairArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { runBackup } from '../../crash/harness/run-backup.ts';
import { MemoryStore } from '../../helpers/memory.ts';
import { archiveWith, cleanUp, clock, contents, forReading, forWriting, freshPath, LAYOUTS, mail } from './kit.ts';

cleanUp();

/** Replace the first place where a file has this text by another of the same length. */
function rot(file: string, text: string, by: string): void {
  const octets = fs.readFileSync(file);
  const at = octets.indexOf(text);
  expect(at, `${file} has ${text}`).toBeGreaterThanOrEqual(0);
  expect(by).toHaveLength(text.length);
  octets.write(by, at, 'latin1');
  fs.writeFileSync(file, octets);
}

const journalOf = (dir: string): string => path.join(dir, 'state/journal/000001.jsonl');
const catalogOf = (dir: string): string => path.join(dir, 'state/catalog.sqlite');

async function made(layout: 'mbox' | 'eml'): Promise<string> {
  const dir = freshPath();
  await archiveWith(dir, layout, { INBOX: [mail(1), mail(2), mail(3)] });
  return dir;
}

describe.each(LAYOUTS)('in %s layout', (layout) => {
  it('a message with a damaged body is fetched again after a repair, not taken for the one on the server', async () => {
    const store = new MemoryStore();
    for (const n of [1, 2, 3]) store.mailbox('INBOX').add(mail(n).raw);
    const dir = freshPath();
    const root = path.dirname(dir);
    await runBackup(root, { layout, store });
    rot(path.join(dir, layout === 'mbox' ? 'mail/INBOX' : 'mail/INBOX/0/1000-2.eml'), 'body 2', 'b?dy 2');
    await repairArchive(dir, { clock });
    await runBackup(root, { layout, store });
    const archive = await forReading(dir);
    expect(archive.readRaw('INBOX', 1000, 2)).toEqual(mail(2).raw);
    await archive.close();
  });

  it.each([
    ['the number of a message', '"uid":2,', '"uid":7,'],
    ['a flag', '"flags":["\\\\Seen"', '"flags":["\\\\Sden"'],
    ['the name of a member', '"subscribed":', '"subscribfd":'],
    ['what is between two members', ',"place"', '-"place"'],
    ['the seal itself', ',"crc":"', ',"krc":"'],
  ])('one wrong octet in the journal, in %s, is put right exactly', async (_where, text, by) => {
    const dir = await made(layout);
    const before = await contents(dir);
    rot(journalOf(dir), text, by);
    fs.rmSync(catalogOf(dir));
    expect((await checkArchive(dir)).healthy).toBe(false);
    const { notPossible } = await repairArchive(dir, { clock });
    expect(notPossible).toEqual([]);
    expect(await contents(dir)).toEqual(before);
    expect((await checkArchive(dir)).findings).toEqual([]);
  });

  it('flags, dates and numbers whose records are gone come back from the catalog', async () => {
    const dir = await made(layout);
    const before = await contents(dir);
    const lines = fs.readFileSync(journalOf(dir), 'utf8').split('\n');
    fs.writeFileSync(
      journalOf(dir),
      lines.map((line) => (/"uid":[23],/.test(line) ? '#'.repeat(line.length) : line)).join('\n'),
    );
    const { done } = await repairArchive(dir, { clock });
    expect(done.join()).toContain('The record of message 2 of INBOX was found in the catalog.');
    expect(await contents(dir)).toEqual(before);
    expect((await verifyArchive(dir)).problems).toEqual([]);
  });

  it('a message without a line end at its end is kept as it was when its record and the catalog are gone', async () => {
    const dir = freshPath();
    const raw = Buffer.from('Subject: no end\r\n\r\nNo line end follows this');
    await archiveWith(dir, layout, { INBOX: [mail(1), { uid: 2, raw }, mail(3)] });
    fs.rmSync(path.join(dir, 'state'), { recursive: true });
    await repairArchive(dir, { clock });
    const archive = await forReading(dir);
    const raws = [...archive.messages('INBOX')].map((m) => archive.readRaw('INBOX', m.uidValidity, m.uid).toString());
    await archive.close();
    expect(raws.sort()).toEqual([mail(1), { raw }, mail(3)].map((m) => m.raw.toString()).sort());
  });

  it('verify calls no good message damaged because the catalog is', async () => {
    const dir = await made(layout);
    const archive = await forReading(dir);
    const { fingerprint } = [...archive.messages('INBOX')][1]!;
    await archive.close();
    const octets = fs.readFileSync(catalogOf(dir));
    octets[octets.lastIndexOf(Buffer.from(fingerprint, 'hex')) + 9]! ^= 4;
    fs.writeFileSync(catalogOf(dir), octets);
    expect((await verifyArchive(dir)).problems).toEqual([]);
    expect((await checkArchive(dir)).healthy).toBe(false);
  });

  it('check tells of a subject that is wrong in lists', async () => {
    const dir = await made(layout);
    rot(catalogOf(dir), 'message 2', 'massage 2');
    const { findings } = await checkArchive(dir);
    expect(findings.map(({ message }) => message).join()).toContain('message 2 of INBOX');
    await repairArchive(dir, { clock });
    expect((await checkArchive(dir)).findings).toEqual([]);
  });

  it('a wrong digit in the checkpoint cuts nothing off the journal', async () => {
    const dir = await made(layout);
    const before = await contents(dir);
    const file = path.join(dir, 'state/checkpoint.json');
    const offset = /"offset":(\d+)/.exec(fs.readFileSync(file, 'utf8'))![1]!;
    rot(file, `"offset":${offset}`, `"offset":${String(Number(offset) - 100)}`);
    rot(file, '"clean":true', '"clean":null');
    await (await forWriting(dir)).close();
    expect(await contents(dir)).toEqual(before);
    expect((await checkArchive(dir)).findings).toEqual([]);
  });
});
