import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AppState } from '../../../shared/app.ts';
import { DEFAULT_JOB_OPTIONS, type JobRequest } from '../../../shared/job-request.ts';
import { startProviders, type DemoProviders } from '../../../electron/demo/providers.ts';
import { filesBelow } from '../../helpers/files-below.ts';
import { createTestApp, firstOf, lastOf, watchToEnd, type TestApp } from '../../helpers/app.ts';

let providers: DemoProviders;
let desk: TestApp;

beforeEach(async () => {
  providers = await startProviders();
  desk = createTestApp();
});

afterEach(async () => {
  await desk.close();
  await providers.stop();
  fs.rmSync(desk.dataFolder, { recursive: true, force: true });
});

const state = (): Promise<AppState> => desk.calls.app.watch().then(firstOf);

async function addOld(keep: 'keychain' | 'vault' | 'ask' = 'keychain'): Promise<string> {
  const { access, user, password } = providers.old;
  const input = { name: 'Jette', address: user, account: access.account, password, keep, providerId: null };
  return (await desk.calls.accounts.add(input)).id;
}

async function addNew(): Promise<string> {
  const { access, user, password } = providers.new;
  const account = access.account;
  const input = { name: 'New', address: user, account, password, keep: 'keychain' as const, providerId: null };
  return (await desk.calls.accounts.add(input)).id;
}

const backupOf = (accountId: string, mailboxes: string[] | null = null): JobRequest => ({
  kind: 'backup',
  accountId,
  folder: path.join(desk.archivesFolder, 'Jette'),
  layout: null,
  mailboxes,
  options: DEFAULT_JOB_OPTIONS,
});

async function backUp(accountId: string, mailboxes: string[] | null = null) {
  const { id } = await desk.calls.jobs.start(backupOf(accountId, mailboxes));
  return watchToEnd(desk.calls, id);
}

describe('the search over all archives', () => {
  test('names an archive whose disk is not there instead of failing, and finds its mail when it is', async () => {
    await backUp(await addOld(), ['INBOX']);
    const [archive] = (await state()).archives;
    const find = () => desk.calls.archives.searchAll({ text: 'Jette', limit: 10 });
    fs.renameSync(archive!.folder, `${archive!.folder} unplugged`);
    expect(await find()).toMatchObject({ hits: [], total: 0, notSearched: [archive!.name] });
    fs.renameSync(`${archive!.folder} unplugged`, archive!.folder);
    const found = await find();
    expect(found.total).toBeGreaterThan(0);
    expect(found.hits[0]).toMatchObject({ archiveId: archive!.id, mailbox: 'INBOX' });
    expect(found.notSearched).toEqual([]);
  });
});

describe('an account', () => {
  test('whose vault nobody can open any more is asked for its password, and a new vault can be made', async () => {
    await desk.calls.vault.create({ passphrase: 'four words that went' });
    const id = await addOld('vault');
    await desk.calls.vault.lock();
    await desk.calls.vault.discard();
    const { vault, accounts } = await state();
    expect(vault).toBe('none');
    expect(accounts).toMatchObject([{ id, secretPlace: 'ask', signedIn: false }]);
    await desk.calls.accounts.givePassword({ id, password: providers.old.password });
    expect((await lastOf(await desk.calls.accounts.overview({ id, refresh: false }))).state).toBe('ready');
    await desk.calls.vault.create({ passphrase: 'four words to remember' });
    expect((await state()).vault).toBe('open');
  });

  test('is shown with sizes, and after a backup with what is new', async () => {
    const id = await addOld();
    const before = await lastOf(await desk.calls.accounts.overview({ id, refresh: false }));
    expect(before.state).toBe('ready');
    expect(before.mailboxes.reduce((sum, m) => sum + m.messages, 0)).toBe(479);
    expect(before.mailboxes.every((m) => m.newMessages === null)).toBe(true);
    const view = await backUp(id);
    expect(view.snapshot.state).toBe('complete');
    providers.old.account.find('INBOX')!.append({
      raw: Buffer.from('Subject: late\r\n\r\nhello\r\n'),
      internalDate: '2026-11-24T08:00:00Z',
      flags: [],
    });
    const after = await lastOf(await desk.calls.accounts.overview({ id, refresh: true }));
    const inbox = after.mailboxes.find((m) => m.path === 'INBOX')!;
    expect(inbox).toMatchObject({ newMessages: 1, newBytes: 24 });
    expect(after.mailboxes.filter((m) => m.path !== 'INBOX').every((m) => m.newMessages === 0)).toBe(true);
    expect((await state()).accounts[0]).toMatchObject({ lastBackup: { state: 'complete', failed: 0 } });
  });

  test('whose server is away shows what was known last, after a restart too', async () => {
    const id = await addOld();
    await lastOf(await desk.calls.accounts.overview({ id, refresh: false }));
    await desk.close();
    await providers.old.server.stop();
    const again = createTestApp(desk.dataFolder);
    const overview = await lastOf(await again.calls.accounts.overview({ id, refresh: false }));
    expect(overview).toMatchObject({ state: 'offline', failure: { code: 'connection-refused' } });
    expect(overview.mailboxes.length).toBeGreaterThan(5);
    await again.close();
  });

  test('whose password is kept nowhere asks for it after a restart, and goes on when it is given', async () => {
    const id = await addOld('ask');
    await desk.close();
    const again = createTestApp(desk.dataFolder);
    expect((await lastOf(await again.calls.accounts.overview({ id, refresh: false }))).state).toBe('secret-needed');
    await again.calls.accounts.givePassword({ id, password: providers.old.password });
    expect((await lastOf(await again.calls.accounts.overview({ id, refresh: true }))).state).toBe('ready');
    await again.close();
  });

  test('leaves no password in any file of the data folder', async () => {
    const id = await addOld('ask');
    await backUp(id);
    const files = filesBelow(desk.dataFolder);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(fs.readFileSync(file).includes(providers.old.password), file).toBe(false);
  });
});

describe('a job', () => {
  test('for which a password is missing does not begin, and says so', async () => {
    const id = await addOld('ask');
    await desk.close();
    const again = createTestApp(desk.dataFolder);
    await expect(again.calls.jobs.start(backupOf(id))).rejects.toMatchObject({
      data: { code: 'secret-missing', details: { accountId: id } },
    });
    expect((await firstOf(await again.calls.app.watch())).jobs).toEqual([]);
    await again.close();
  });

  test('of chosen folders takes those and no others', async () => {
    const id = await addOld();
    const view = await backUp(id, ['INBOX']);
    expect(view.snapshot.mailboxes.map((m) => m.path)).toEqual(['INBOX']);
  });

  test('that was running when the app was killed is stopped at the next start, and goes on by a click', async () => {
    const id = await addOld();
    const done = await backUp(id);
    await desk.close();
    const file = path.join(desk.dataFolder, 'jobs', `${done.id}.json`);
    const record = JSON.parse(fs.readFileSync(file, 'utf8')) as { view: { snapshot: { state: string } } };
    record.view.snapshot.state = 'running';
    fs.writeFileSync(file, JSON.stringify(record));
    const again = createTestApp(desk.dataFolder);
    const [brief] = (await firstOf(await again.calls.app.watch())).jobs;
    expect(brief).toMatchObject({ state: 'stopped', resumable: true });
    const { id: next } = await again.calls.jobs.again({ id: brief!.id });
    expect((await watchToEnd(again.calls, next)).snapshot).toMatchObject({
      state: 'complete',
      counts: { duplicate: 479 },
    });
    await again.close();
  });

  test('into an archive that another job writes to is refused', async () => {
    const id = await addOld();
    const first = await desk.calls.jobs.start(backupOf(id));
    await expect(desk.calls.jobs.start(backupOf(id))).rejects.toMatchObject({ data: { code: 'archive-locked' } });
    await watchToEnd(desk.calls, first.id);
  });

  test('restores to a second server after a preview with numbers, and tells the host of its end', async () => {
    const from = await addOld();
    await backUp(from);
    const to = await addNew();
    const { archives } = await state();
    const request: JobRequest = {
      ...{ kind: 'restore', archiveId: archives[0]!.id, accountId: to, mailboxes: null, messages: null, renames: [] },
      ...{ into: null, options: DEFAULT_JOB_OPTIONS },
    };
    const plan = await desk.calls.jobs.plan(request);
    expect(plan).toMatchObject({ toCopy: 479, alreadyThere: 0 });
    expect(plan.pairs.find((p) => p.specialUse === 'sent')).toMatchObject({
      targetPath: 'Sent',
      reason: 'special-use',
    });
    const { id } = await desk.calls.jobs.start(request);
    expect((await watchToEnd(desk.calls, id)).snapshot).toMatchObject({ state: 'complete', counts: { stored: 479 } });
    expect((await desk.calls.jobs.plan(request)).alreadyThere).toBeGreaterThan(400);
    expect(desk.host.ends.at(-1)).toMatchObject({ jobId: id, title: 'Everything is restored' });
    expect(desk.host.activities.at(-1)).toMatchObject({ running: 0 });
  });

  test('copies single messages, and no others', async () => {
    const from = await addOld();
    await backUp(from);
    const to = await addNew();
    const archiveId = (await state()).archives[0]!.id;
    const query = { mailbox: 'INBOX', text: '', field: 'everywhere' as const, unread: false, flagged: false };
    const page = await desk.calls.archives.messages({
      id: archiveId,
      query: { ...query, attachment: false, after: null, before: null, sort: 'newest' },
      offset: 0,
      limit: 2,
    });
    const messages = page.rows.map(({ mailbox, uidValidity, uid }) => ({ mailbox, uidValidity, uid }));
    const { id } = await desk.calls.jobs.start({
      ...{ kind: 'restore', archiveId, accountId: to, mailboxes: ['INBOX'], messages, renames: [], into: null },
      options: DEFAULT_JOB_OPTIONS,
    });
    expect((await watchToEnd(desk.calls, id)).snapshot.counts).toMatchObject({ planned: 2, stored: 2 });
    expect(providers.new.account.find('INBOX')!.messages.length).toBe(2);
  });
});

describe('what a page may ask', () => {
  test.each(['file:///etc/passwd', 'javascript:alert(1)', 'http://example.org/', 'smb://host/share', 'nonsense'])(
    'never opens %s',
    async (url) => {
      await expect(desk.calls.host.openExternal({ url })).rejects.toMatchObject({ data: { code: 'usage' } });
      expect(desk.host.opened).toEqual([]);
    },
  );

  test('shows no folder that is not an archive of the user', async () => {
    await expect(desk.calls.host.showFolder({ folder: '/etc' })).rejects.toMatchObject({ data: { code: 'usage' } });
  });

  test('is checked against the schema', async () => {
    const wrong = { ...backupOf('x'), options: { ...DEFAULT_JOB_OPTIONS, connections: 1e9 } };
    await expect(desk.calls.jobs.start(wrong)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
