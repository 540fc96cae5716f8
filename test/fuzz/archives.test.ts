/** Any octets through the writers of both layouts and back; any damage to a journal told, never believed. */
import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkArchive, verifyArchive } from '../../electron/engine/archive/maintain.ts';
import { journalLines } from '../../electron/engine/archive/journal-reader.ts';
import { openArchive } from '../../electron/engine/archive/open-archive.ts';
import { JOURNAL_START } from '../../electron/engine/archive/records.ts';
import { EngineError } from '../../electron/engine/errors.ts';
import type { Layout } from '../../electron/engine/archive/layout.ts';
import { archiveIn, runBackup } from '../crash/harness/run-backup.ts';
import { removeFolder, removeWorkFolders, workFolder } from '../crash/harness/work-folder.ts';
import { fill } from '../crash/scenarios/mail.ts';
import { MemoryStore } from '../helpers/memory.ts';

afterAll(removeWorkFolders);

const scrap = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'From ',
      '>',
      '>From ',
      '\n',
      '\r\n',
      '\r',
      '\0',
      'Subject: x\r\n',
      '\r\n\r\n',
      'F',
      ' ',
    ),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((b) => Buffer.from(b).toString('latin1')) },
);
const octets = fc.array(scrap, { maxLength: 40 }).map((parts) => Buffer.from(parts.join(''), 'latin1'));

describe('any octets', () => {
  test.each<Layout>(['mbox', 'eml'])('come back as they were from an archive in %s layout', async (layout) => {
    await fc.assert(
      fc.asyncProperty(fc.array(octets, { minLength: 1, maxLength: 12 }), async (messages) => {
        const root = workFolder();
        const store = new MemoryStore();
        for (const raw of messages) store.mailbox('INBOX').add(raw);
        await runBackup(root, { layout, store });
        const archive = await openArchive(archiveIn(root), { mode: 'read' });
        const given = [...archive.messages('INBOX')].map((m) => archive.readRaw('INBOX', m.uidValidity, m.uid));
        await archive.close();
        expect(given.map((raw) => raw.toString('latin1'))).toEqual(messages.map((raw) => raw.toString('latin1')));
        if (layout === 'mbox') expect(separators(path.join(archiveIn(root), 'mail/INBOX'))).toBe(messages.length);
        removeFolder(root);
      }),
      { numRuns: 150 },
    );
  });
});

/** As any other program counts messages. */
const separators = (file: string): number => fs.readFileSync(file, 'latin1').match(/(?:^|\n)From /g)?.length ?? 0;

type Damage = { how: 'cut' | 'flip' | 'drop' | 'repeat' | 'put in'; place: number; length: number; octet: number };

const damage = fc.record<Damage>({
  how: fc.constantFrom('cut', 'flip', 'drop', 'repeat', 'put in'),
  place: fc.nat(),
  length: fc.integer({ min: 1, max: 400 }),
  octet: fc.nat(255),
});

function damaged(whole: Buffer, { how, place, length, octet }: Damage): Buffer {
  const at = place % whole.length;
  const end = Math.min(whole.length, at + length);
  const [head, middle, tail] = [whole.subarray(0, at), whole.subarray(at, end), whole.subarray(end)];
  if (how === 'cut') return Buffer.from(head);
  if (how === 'drop') return Buffer.concat([head, tail]);
  if (how === 'repeat') return Buffer.concat([head, middle, middle, tail]);
  if (how === 'put in') return Buffer.concat([head, Buffer.alloc(length, octet), middle, tail]);
  const copy = Buffer.from(whole);
  copy[at] = copy[at]! ^ (1 << (octet % 8));
  return copy;
}

describe('any damage to a journal', async () => {
  const root = workFolder();
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 12);
  fill(store, 'Projekte/Ärger', 20, 25);
  await runBackup(root, { layout: 'mbox', store });
  const archive = archiveIn(root);
  const journal = path.join(archive, 'state/journal/000001.jsonl');
  const whole = fs.readFileSync(journal);
  const originals = new Set(
    [...store.mailboxes.values()].flatMap((m) => m.messages.map((x) => hash('sha256', x.raw, 'hex'))),
  );
  const lines = whole.toString('latin1').split('\n');

  test('is read line by line: a line is as it was written, or it is told as unreadable', () => {
    const written = new Set(lines);
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (blows) => {
        let bad: Buffer = whole;
        for (const blow of blows) if (bad.length > 0) bad = damaged(bad, blow);
        fs.writeFileSync(journal, bad);
        for (const line of journalLines(path.dirname(journal), JOURNAL_START)) {
          if (line.record !== null) expect(written.has(line.octets.toString('latin1'))).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
    fs.writeFileSync(journal, whole);
  });

  test('is refused or read without a wrong octet, and check finds it', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (blow) => {
        const bad = damaged(whole, blow);
        fs.writeFileSync(journal, bad);
        fs.rmSync(path.join(archive, 'state/catalog.sqlite'), { force: true });
        await expectHonest(archive, originals);
        if (!bad.equals(whole)) expect((await checkArchive(archive)).findings).not.toEqual([]);
      }),
      { numRuns: 150 },
    );
    fs.writeFileSync(journal, whole);
    expect((await verifyArchive(archive)).problems).toEqual([]);
  });
});

/** Whatever can be read of it is what was stored; what cannot is an error with a sentence. */
async function expectHonest(folder: string, originals: ReadonlySet<string>): Promise<void> {
  try {
    const archive = await openArchive(folder, { mode: 'read' });
    try {
      for (const { path: mailbox } of archive.mailboxes()) {
        for (const { uidValidity, uid } of archive.messages(mailbox)) {
          expect(originals.has(hash('sha256', archive.readRaw(mailbox, uidValidity, uid), 'hex'))).toBe(true);
        }
      }
    } finally {
      await archive.close();
    }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.code).not.toBe('internal');
  }
}
