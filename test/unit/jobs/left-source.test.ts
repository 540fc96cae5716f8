/** What left the server is marked as such in the archive, however it left. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openArchive } from '../../../electron/engine/archive/open-archive.ts';
import { archiveIn, runBackup } from '../../crash/harness/run-backup.ts';
import { MemoryMailbox, MemoryStore } from '../../helpers/memory.ts';

let root: string;
let store: MemoryStore;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-left-'));
  store = new MemoryStore();
  store.mailbox('INBOX').add(letter(0));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const letter = (n: number): string => `Subject: ${n}\r\nMessage-ID: <${n}@example.org>\r\n\r\nletter ${n}\r\n`;

const backup = (): Promise<void> => runBackup(root, { layout: 'mbox', store });

/** Subjects in this mailbox of the archive, those that left the server with a mark. */
async function archived(mailbox: string): Promise<string[]> {
  const archive = await openArchive(archiveIn(root), { mode: 'read' });
  const rows = [...archive.messages(mailbox)].map((m) => `${m.subject}${m.missingOnSource ? ' left' : ''}`);
  await archive.close();
  return rows.sort();
}

/** Deleted and made again: another UIDVALIDITY. */
function makeAnew(mailbox: string, numbers: number[], uidValidity: number): void {
  store.mailboxes.set(mailbox, new MemoryMailbox(uidValidity));
  for (const n of numbers) store.mailbox(mailbox).add(letter(n));
}

test('of a folder made anew, what is not in it any more is marked, and what is in it is there once', async () => {
  makeAnew('Kept', [1, 2, 3], 2001);
  await backup();
  makeAnew('Kept', [3, 4], 2002);
  await backup();
  expect(await archived('Kept')).toEqual(['1 left', '2 left', '3', '4']);
});

test('of a folder made anew and empty, everything is marked', async () => {
  makeAnew('Kept', [1, 2], 2001);
  await backup();
  makeAnew('Kept', [], 2002);
  await backup();
  expect(await archived('Kept')).toEqual(['1 left', '2 left']);
});

test('of a folder made anew and deleted before it was gone through, everything is marked', async () => {
  makeAnew('Kept', [1, 2], 2001);
  await backup();
  makeAnew('Kept', [3], 2002);
  // Part of a mailbox is no pass over it.
  await runBackup(root, { layout: 'mbox', store, options: { since: '2024-01-01' } });
  expect(await archived('Kept')).toEqual(['1', '2', '3']);
  store.mailboxes.delete('Kept');
  await backup();
  expect(await archived('Kept')).toEqual(['1 left', '2 left', '3 left']);
});

test('of a folder deleted while others are below it, everything is marked, and not when it is back', async () => {
  makeAnew('Work', [1, 2], 2001);
  makeAnew('Work/Old', [3], 2002);
  await backup();
  let isName = true;
  const all = store.statuses.bind(store);
  store.statuses = () => all().map((s) => (isName && s.path === 'Work' ? { ...s, selectable: false, messages: 0 } : s));
  await backup();
  expect(await archived('Work')).toEqual(['1 left', '2 left']);
  expect(await archived('Work/Old')).toEqual(['3']);
  isName = false;
  await backup();
  expect(await archived('Work')).toEqual(['1', '2']);
});
