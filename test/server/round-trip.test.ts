/**
 * Between real servers, each as source and as target: nasty messages under nasty names are backed up, restored and
 * migrated. What the source serves is what the archive holds; what the target serves is the same, or listed.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Archive, JobHandle } from '../../electron/engine/engine.ts';
import { DEFAULT_RULES, type UploadOptions } from '../../electron/engine/engine.ts';
import { parseInternalDate } from '../../electron/engine/imap/wire/internal-date.ts';
import type { JobSummary } from '../../shared/job.ts';
import { accessTo, observe, plainFlags, testEngine, type ObservedMailbox } from '../helpers/account.ts';
import { listing } from '../helpers/listing.ts';
import { RawImap, type RawMessage } from '../helpers/imap-raw.ts';
import { nastyMailboxes } from '../helpers/nasty-mailboxes.ts';
import { nastyMessages } from '../helpers/nasty-messages.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { observeMessages, personalNamespace } from '../helpers/servers/observe.ts';
import { courier, cyrus, dovecot } from '../helpers/servers/pool.ts';
import type { ServerKind, TestServer, TestUser } from '../helpers/servers/server.ts';

interface Side {
  title: string;
  kind: ServerKind;
  get: () => Promise<TestServer>;
}

const SOURCES: Side[] = [
  { title: 'Dovecot (maildir)', kind: 'dovecot', get: () => dovecot({ format: 'maildir' }) },
  { title: 'Cyrus', kind: 'cyrus', get: () => cyrus() },
  { title: 'Courier', kind: 'courier', get: () => courier() },
];
const TARGETS: Side[] = [
  { title: 'Dovecot (mdbox)', kind: 'dovecot', get: () => dovecot({ format: 'mdbox' }) },
  { title: 'Cyrus', kind: 'cyrus', get: () => cyrus() },
  { title: 'Courier', kind: 'courier', get: () => courier() },
];

const OPTIONS = { only: [], skip: [], since: null, lanes: 3, bytesPerSecond: null, dateFromHeader: false };
const UPLOAD: UploadOptions = { ...OPTIONS, rules: DEFAULT_RULES, proof: 'full' };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-round-'));
const engine = testEngine(path.join(folder, 'state'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A user with every nasty message the server takes, in INBOX, and one message in each nasty mailbox it makes. */
async function nastyUser(server: TestServer): Promise<TestUser> {
  const user = await server.user();
  await observeMessages(server, user, nastyMessages());
  let imap = await RawImap.signIn(server, user);
  const { delimiter, prefix } = await personalNamespace(imap);
  for (const { name, segments, unlessDelimiter } of nastyMailboxes()) {
    if (unlessDelimiter === delimiter) continue;
    const mailbox = prefix + segments.join(delimiter);
    try {
      if ((await imap.create(mailbox)).status !== 'OK') continue;
      await imap.append(
        mailbox,
        Buffer.from(`Subject: in ${Buffer.from(name).toString('hex')}\r\n\r\n${name.length}\r\n`),
        { flags: ['\\Seen', 'Custom'] },
      );
    } catch {
      imap.destroy();
      imap = await RawImap.signIn(server, user);
    }
  }
  await imap.close();
  return user;
}

async function filledOnce(
  side: Side,
): Promise<{ server: TestServer; user: TestUser; served: Map<string, ObservedMailbox> }> {
  const server = await side.get();
  const user = await nastyUser(server);
  return { server, user, served: await observe(server, user) };
}

const filled = new Map<string, ReturnType<typeof filledOnce>>();
function filledSource(side: Side): ReturnType<typeof filledOnce> {
  let promise = filled.get(side.title);
  if (!promise) filled.set(side.title, (promise = filledOnce(side)));
  return promise;
}

function expectArchived(archive: Archive, served: Map<string, ObservedMailbox>): void {
  for (const { path: mailbox, uidValidity, messages } of served.values()) {
    const rows = new Map([...archive.messages(mailbox)].map((row) => [row.uid, row]));
    expect([...rows.keys()].sort((a, b) => a - b)).toEqual(messages.map((m) => m.uid));
    for (const { uid, raw, flags, internalDate } of messages) {
      const row = rows.get(uid)!;
      if (!archive.readRaw(mailbox, uidValidity, uid).equals(raw!))
        expect.fail(`${mailbox} UID ${uid}: the archive has other octets than the server`);
      expect([uid, row.flags, row.internalDate]).toEqual([uid, plainFlags(flags), parseInternalDate(internalDate)]);
    }
  }
}

/** Messages of the target that are this one to the last octet, flag and second. */
function isSame(a: RawMessage, b: RawMessage): boolean {
  return (
    a.raw !== null &&
    b.raw?.equals(a.raw) === true &&
    plainFlags(a.flags).join(' ') === plainFlags(b.flags).join(' ') &&
    instantOf(a) === instantOf(b)
  );
}

const instantOf = (m: RawMessage): number | null => {
  const date = parseInternalDate(m.internalDate);
  return date === null ? null : Date.parse(date);
};

/** Where each folder went, as the job says. */
const placesOf = (job: JobHandle): Map<string, string> =>
  new Map(job.report().mailboxes.map((m) => [m.path, m.targetPath]));

/** Every message of the source is at the target: identical, or its UID is in the list of exceptions. */
async function expectArrived(
  served: Map<string, ObservedMailbox>,
  target: TestServer,
  user: TestUser,
  summary: JobSummary,
  pairs: Map<string, string>,
): Promise<void> {
  const there = await observe(target, user);
  const named = new Map<string, Set<number>>();
  for (const { mailbox, uid } of summary.exceptions) {
    if (uid !== null) named.set(mailbox, (named.get(mailbox) ?? new Set()).add(uid));
  }
  const refusedMailboxes = new Set(
    summary.exceptions.filter((e) => e.uid === null && e.outcome === 'failed').map((e) => e.mailbox),
  );
  let arrived = 0;
  for (const { path: mailbox, messages } of served.values()) {
    const targetMailbox = there.get(pairs.get(mailbox)!);
    if (!targetMailbox) {
      expect(refusedMailboxes).toContain(mailbox);
      continue;
    }
    const free = [...targetMailbox.messages];
    for (const message of messages) {
      const at = free.findIndex((other) => isSame(message, other));
      if (at >= 0) free.splice(at, 1);
      else if (!named.get(mailbox)?.has(message.uid))
        expect.fail(`${mailbox} UID ${message.uid} is not the same at the target and nothing was said`);
    }
    arrived += targetMailbox.messages.length;
  }
  expect(arrived).toBe(summary.stored);
}

for (const source of SOURCES) {
  for (const target of TARGETS) {
    const layout = (SOURCES.indexOf(source) + TARGETS.indexOf(target)) % 2 === 0 ? 'mbox' : 'eml';
    describeWith([source.kind, target.kind, 'openssl'], `${source.title} → ${target.title} (${layout})`, () => {
      const archiveFolder = path.join(folder, `${SOURCES.indexOf(source)}${TARGETS.indexOf(target)}`);

      test('the archive holds exactly what the source serves, and a second backup changes nothing', async () => {
        const { server, user, served } = await filledSource(source);
        const count = [...served.values()].reduce((sum, m) => sum + m.messages.length, 0);
        expect(count).toBeGreaterThan(60 + 25);
        const options = { ...OPTIONS, mirror: 'off' } as const;
        const first = await engine.backup(accessTo(server, user), archiveFolder, layout, options).result;
        expect(first).toMatchObject({ state: 'complete', planned: count, stored: count, exceptions: [] });
        const archive = await engine.openArchive(archiveFolder);
        expectArchived(archive, served);
        await archive.close();
        const before = listing(archiveFolder);
        const second = await engine.backup(accessTo(server, user), archiveFolder, null, options).result;
        expect(second).toMatchObject({ state: 'complete', planned: count, stored: 0, duplicate: count });
        expect(listing(archiveFolder)).toEqual(before);
        expect(await engine.verify(archiveFolder).result).toMatchObject({
          state: 'complete',
          planned: count,
          stored: count,
        });
      });

      test('restored, every message is identical or listed with its UID; a second restore sends nothing', async () => {
        const { served } = await filledSource(source);
        const server = await target.get();
        const user = await server.user();
        const access = accessTo(server, user);
        const job = engine.restore(archiveFolder, access, UPLOAD);
        const first = await job.result;
        expect(first.failure).toBeNull();
        await expectArrived(served, server, user, first, placesOf(job));
        await expectSecondRunQuiet(first, () => engine.restore(archiveFolder, access, UPLOAD).result, server, user);
      });

      test('migrated, every message is identical or listed with its UID; a second run sends nothing', async () => {
        const { server: from, user: fromUser, served } = await filledSource(source);
        const server = await target.get();
        const user = await server.user();
        const access = accessTo(server, user);
        const job = engine.migrate(accessTo(from, fromUser), access, UPLOAD);
        const first = await job.result;
        expect(first.failure).toBeNull();
        await expectArrived(served, server, user, first, placesOf(job));
        await expectSecondRunQuiet(
          first,
          () => engine.migrate(accessTo(from, fromUser), access, UPLOAD).result,
          server,
          user,
        );
        expect(
          [...(await observe(from, fromUser)).values()].map((m) => m.messages.map((x) => [x.uid, plainFlags(x.flags)])),
        ).toEqual([...served.values()].map((m) => m.messages.map((x) => [x.uid, plainFlags(x.flags)])));
      });
    });
  }
}

/** What the target refused the first time it refuses again; everything else is a duplicate and nothing is stored. */
async function expectSecondRunQuiet(
  first: JobSummary,
  again: () => Promise<JobSummary>,
  server: TestServer,
  user: TestUser,
): Promise<void> {
  const before = await observe(server, user);
  const second = await again();
  expect(second.failure).toBeNull();
  expect(second).toMatchObject({ planned: first.planned, stored: 0, duplicate: first.stored, failed: first.failed });
  const after = await observe(server, user);
  expect([...after.values()].map((m) => [m.path, m.messages.map((x) => x.uid)])).toEqual(
    [...before.values()].map((m) => [m.path, m.messages.map((x) => x.uid)]),
  );
}
