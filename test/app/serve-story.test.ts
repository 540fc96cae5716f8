/** The app behind `mailferry serve`, killed in the middle of a backup; and where the password went meanwhile: nowhere. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filesBelow } from '../helpers/files-below.ts';
import type { AppState } from '../../shared/app.ts';
import { DEFAULT_JOB_OPTIONS, type JobView } from '../../shared/job-request.ts';
import { firstOf, watchToEnd } from '../helpers/app.ts';
import { rawRequest } from '../helpers/http.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { startServe, type Line, type ServedApp } from '../helpers/serve-app.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

const MESSAGES = 300;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-serve-story-'));
const dataFolder = path.join(folder, 'data');
const archive = path.join(folder, 'archive');
let served: ServedApp | null = null;
afterAll(async () => {
  await served?.kill();
  fs.rmSync(folder, { recursive: true, force: true });
});

async function fill(server: TestServer, user: TestUser): Promise<void> {
  const imap = await RawImap.signIn(server, user);
  const body = `${'x'.repeat(76)}\r\n`.repeat(300);
  for (let i = 0; i < MESSAGES; i++) await imap.append('INBOX', Buffer.from(`Subject: letter ${i}\r\n\r\n${body}\r\n`));
  await imap.close();
}

async function addAccount({ calls }: Line, server: TestServer, user: TestUser): Promise<string> {
  const added = await calls.accounts.add({
    name: 'Anna',
    address: `${user.name}@example.org`,
    account: { user: user.name, endpoint: { host: '127.0.0.1', port: server.port, security: 'none' } },
    password: user.password,
    keep: 'vault',
    providerId: null,
  });
  return added.id;
}

/** Slowly, so that there is a middle. @returns the job once mail has arrived */
async function backUpHalf({ calls }: Line, accountId: string): Promise<string> {
  const options = { ...DEFAULT_JOB_OPTIONS, connections: 1, bytesPerSecond: 1_000_000 };
  const request = { kind: 'backup', accountId, folder: archive, layout: null, mailboxes: null, options } as const;
  const { id } = await calls.jobs.start(request);
  let last: JobView | null = null;
  for await (const view of await calls.jobs.watch({ id })) {
    last = view;
    if (view.snapshot.counts.stored > 0) break;
  }
  expect(last?.snapshot).toMatchObject({ state: 'running' });
  expect(last?.snapshot.counts.stored).toBeLessThan(MESSAGES);
  return id;
}

/** In which files, arguments and environments of processes this text is. */
function placesWith(text: string): string[] {
  const files = filesBelow(folder);
  const processes = process.platform === 'linux' ? fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const told = processes.flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]);
  return [...files, ...told].filter((file) => holds(file, text));
}

function holds(file: string, text: string): boolean {
  try {
    return fs.readFileSync(file).includes(text);
  } catch {
    // A process that has ended meanwhile, or of somebody else.
    return false;
  }
}

describeWith(['dovecot', 'openssl'], 'a backup in the browser host', () => {
  test('goes on after the app was killed, and the password is nowhere', async () => {
    const server = await dovecot({ format: 'maildir' });
    const user = await server.user();
    await fill(server, user);
    const seen: (string | AppState | JobView)[] = [];

    served = await startServe({ dataFolder, args: ['--verbose'] });
    let line = await served.connect();
    await line.calls.vault.create({ passphrase: 'canary-passphrase-of-the-vault' });
    const accountId = await addAccount(line, server, user);
    const jobId = await backUpHalf(line, accountId);
    const secrets = [user.password, 'canary-passphrase-of-the-vault'].flatMap((s) => [
      s,
      Buffer.from(s).toString('base64').replace(/=+$/, ''),
    ]);
    // What is not secret is found by the same search: it looks in the right places.
    expect(placesWith(user.name)).not.toEqual([]);
    for (const secret of secrets) expect(placesWith(secret)).toEqual([]);
    seen.push(await firstOf(await line.calls.app.watch()), served.output());
    await served.kill();

    served = await startServe({ dataFolder, args: ['--verbose'] });
    line = await served.connect();
    const again = await firstOf(await line.calls.app.watch());
    expect(again.accounts).toMatchObject([{ id: accountId, signedIn: false }]);
    expect(again.vault).toBe('locked');
    expect(again.jobs).toMatchObject([{ id: jobId, state: 'stopped', resumable: true }]);
    await line.calls.vault.unlock({ passphrase: 'canary-passphrase-of-the-vault' });
    const { id } = await line.calls.jobs.again({ id: jobId });
    const end = await watchToEnd(line.calls, id);
    expect(end.snapshot).toMatchObject({ state: 'complete', counts: { failed: 0, vanished: 0 } });
    const state = await firstOf(await line.calls.app.watch());
    expect(state.archives).toMatchObject([{ folder: archive, messages: MESSAGES, state: 'present' }]);

    const page = await rawRequest({ port: served.port });
    seen.push(again, end, state, served.output(), page.body);
    for (const secret of secrets) {
      expect(placesWith(secret)).toEqual([]);
      expect(JSON.stringify(seen)).not.toContain(secret);
    }
    expect(await served.stop()).toEqual({ code: 0, signal: null });
    for (const secret of secrets) expect(placesWith(secret)).toEqual([]);
  });
});
