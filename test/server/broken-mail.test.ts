/**
 * Broken mail on real servers: what an archive holds arrives octet for octet or is listed with its reason, and what the
 * server then serves is backed up octet for octet. The servers object to much of it, each to something else.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Layout } from '../../electron/engine/archive/layout.ts';
import { DEFAULT_RULES, type UploadOptions } from '../../electron/engine/engine.ts';
import type { JobSummary } from '../../shared/job.ts';
import { archiveIn, runBackup } from '../crash/harness/run-backup.ts';
import { accessTo, observe, testEngine } from '../helpers/account.ts';
import { brokenMessages, type BrokenMessage } from '../helpers/broken-messages.ts';
import { expectShown } from '../helpers/expect-shown.ts';
import { MemoryStore } from '../helpers/memory.ts';
import { pythonMail } from '../helpers/python/python-mail.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { courier, cyrus, dovecot } from '../helpers/servers/pool.ts';
import type { ServerKind, TestServer, TestUser } from '../helpers/servers/server.ts';

interface Side {
  title: string;
  kind: ServerKind;
  layout: Layout;
  get: () => Promise<TestServer>;
  /** Of all messages, at least so many arrive unchanged: what is listed is the exception. */
  unchanged: number;
}

const SIDES: Side[] = [
  { title: 'Dovecot', kind: 'dovecot', layout: 'mbox', get: () => dovecot({ format: 'mdbox' }), unchanged: 0.7 },
  { title: 'Cyrus', kind: 'cyrus', layout: 'eml', get: () => cyrus(), unchanged: 0.6 },
  { title: 'Courier', kind: 'courier', layout: 'mbox', get: () => courier(), unchanged: 0.6 },
];

const OPTIONS = { only: [], skip: [], since: null, lanes: 2, bytesPerSecond: null, dateFromHeader: false };
const UPLOAD: UploadOptions = { ...OPTIONS, rules: DEFAULT_RULES, proof: 'full' };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-broken-'));
const engine = testEngine(path.join(folder, 'state'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** By UID, in the archive that they are restored from. */
type Sent = ReadonlyMap<number, Buffer>;

async function served(server: TestServer, user: TestUser): Promise<{ uid: number; raw: Buffer }[]> {
  const inbox = (await observe(server, user)).get('INBOX')!;
  return inbox.messages.map(({ uid, raw }) => ({ uid, raw: raw! }));
}

/** @returns how many came unchanged */
async function expectArrived(sent: Sent, summary: JobSummary, there: { raw: Buffer }[]): Promise<number> {
  expect(summary).toMatchObject({ failure: null, planned: sent.size, duplicate: 0, vanished: 0 });
  expect(there).toHaveLength(summary.stored);
  const reasons = new Map(summary.exceptions.map(({ uid, reason }) => [uid, reason]));
  const free = new Map<string, number>();
  for (const { raw } of there) free.set(raw.toString('latin1'), (free.get(raw.toString('latin1')) ?? 0) + 1);
  let unchanged = 0;
  for (const [uid, raw] of sent) {
    const copies = free.get(raw.toString('latin1')) ?? 0;
    if (copies > 0) {
      free.set(raw.toString('latin1'), copies - 1);
      unchanged++;
    } else
      expect(reasons.get(uid) ?? '', `UID ${uid} is not the same at the target and nothing was said`).toMatch(/\w/);
  }
  return unchanged;
}

describeWith(['python-mail', 'openssl'], 'broken mail', () => {
  const messages: BrokenMessage[] = [];
  const sent = new Map<number, Buffer>();

  beforeAll(() => {
    const python = pythonMail();
    const ours = brokenMessages();
    // Less would prove less than docs/reliability.md says.
    expect(python.length).toBeGreaterThan(90);
    expect(ours.length).toBeGreaterThan(300);
    messages.push(...python, ...ours);
    messages.forEach(({ raw }, n) => sent.set(n + 1, raw));
  });

  test('of Python’s own tests is read for a page, safely', () => {
    for (const { raw } of pythonMail()) expectShown(raw);
  });

  for (const { title, kind, layout, get, unchanged } of SIDES) {
    describeWith([kind], title, () => {
      const root = path.join(folder, kind);
      const again = path.join(folder, `${kind}-again`);
      let user: TestUser;

      test(`from an archive in ${layout} layout each message arrives as it was, or is listed`, async () => {
        const store = new MemoryStore();
        for (const { raw } of messages) store.mailbox('INBOX').add(raw);
        fs.mkdirSync(root);
        await runBackup(root, { layout, store });
        const server = await get();
        user = await server.user();
        const summary = await engine.restore(archiveIn(root), accessTo(server, user), UPLOAD).result;
        const same = await expectArrived(sent, summary, await served(server, user));
        expect(same).toBeGreaterThan(unchanged * sent.size);
        console.info(`${title}: ${same} of ${sent.size} unchanged, ${summary.exceptions.length} listed`);
      });

      test('what the server serves is what a backup holds, and arrives again', async () => {
        const server = await get();
        const options = { ...OPTIONS, mirror: 'off' } as const;
        const first = await engine.backup(accessTo(server, user), again, layout === 'mbox' ? 'eml' : 'mbox', options)
          .result;
        const there = await served(server, user);
        expect(first).toMatchObject({ state: 'complete', stored: there.length, exceptions: [] });
        const archive = await engine.openArchive(again);
        const rows = [...archive.messages('INBOX')];
        expect(rows.map(({ uid }) => uid)).toEqual(there.map(({ uid }) => uid));
        for (const [n, { uid, uidValidity }] of rows.entries())
          if (!archive.readRaw('INBOX', uidValidity, uid).equals(there[n]!.raw))
            expect.fail(`UID ${uid}: the archive has other octets than the server`);
        await archive.close();
        expect(await engine.verify(again).result).toMatchObject({ state: 'complete', stored: there.length });
        const fresh = await server.user();
        const summary = await engine.restore(again, accessTo(server, fresh), UPLOAD).result;
        const given = new Map(there.map(({ uid, raw }) => [uid, raw]));
        const same = await expectArrived(given, summary, await served(server, fresh));
        console.info(`${title}: of what it serves ${same} of ${given.size} unchanged`);
      });
    });
  }
});
