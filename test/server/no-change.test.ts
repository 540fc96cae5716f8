/** A run in which nothing changed: what it asks of the server, and that it writes nothing. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ImapFlow } from 'imapflow';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_RULES, type UploadOptions } from '../../electron/engine/engine.ts';
import { accessTo, testEngine } from '../helpers/account.ts';
import { startCountingProxy } from '../helpers/counting-proxy.ts';
import { listing } from '../helpers/listing.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-quiet-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
const engine = testEngine(path.join(folder, 'state'));
const OPTIONS = { only: [], skip: [], since: null, lanes: 4, bytesPerSecond: null, dateFromHeader: false };
const UPLOAD: UploadOptions = { ...OPTIONS, rules: DEFAULT_RULES, proof: 'sample' };

async function filledUser(server: TestServer): Promise<TestUser> {
  const user = await server.user();
  const imap = await RawImap.signIn(server, user);
  for (let m = 0; m < 26; m++) {
    const name = m === 0 ? 'INBOX' : `Folder ${m}`;
    if (m > 0) await imap.create(name);
    for (let i = 0; i < 4; i++)
      await imap.append(name, Buffer.from(`Subject: ${m} ${i}\r\n\r\nbody\r\n`), { flags: ['\\Seen'] });
  }
  await imap.close();
  return user;
}

/** What imapflow itself sends for signing in and out. */
async function signInCommands(server: TestServer, user: TestUser): Promise<string[]> {
  const proxy = await startCountingProxy(server.port);
  const auth = { user: user.name, pass: user.password };
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: proxy.port,
    secure: false,
    doSTARTTLS: false,
    auth,
    logger: false,
    disableCompression: true,
  });
  await client.connect();
  client.close();
  await proxy.stop();
  return proxy.commands();
}

describeWith(['dovecot'], 'a run in which nothing changed', () => {
  test('a backup asks Dovecot at most three things beyond signing in, and changes no file', async () => {
    const server = await dovecot({ format: 'maildir', separator: '/' });
    const user = await filledUser(server);
    const proxy = await startCountingProxy(server.port);
    const access = accessTo(proxy, user);
    const archive = path.join(folder, 'archive');
    const backup = () => engine.backup(access, archive, null, { ...OPTIONS, mirror: 'off' }).result;
    expect(await backup()).toMatchObject({ state: 'complete', planned: 104, stored: 104 });
    const files = listing(archive);
    const sent = proxy.commands().length;
    expect(await backup()).toMatchObject({ state: 'complete', planned: 104, duplicate: 104, stored: 0 });
    const commands = proxy.commands().slice(sent);
    const baseline = await signInCommands(server, user);
    expect(commands).not.toContain('UID FETCH');
    expect(commands.filter((c) => /SELECT|EXAMINE|FETCH|APPEND/.test(c))).toEqual([]);
    expect({ commands, extra: commands.length - baseline.length }).toMatchObject({
      extra: expect.toSatisfy((n: number) => n <= 3) as number,
    });
    expect(listing(archive)).toEqual(files);
    await proxy.stop();
  });

  test('restore and migrate send no APPEND, fetch no body and change no file', async () => {
    const server = await dovecot({ format: 'maildir', separator: '/' });
    const user = await filledUser(server);
    const target = await server.user();
    const other = await server.user();
    const from = await startCountingProxy(server.port);
    const to = await startCountingProxy(server.port);
    const archive = path.join(folder, 'archive2');
    await engine.backup(accessTo(server, user), archive, null, { ...OPTIONS, mirror: 'off' }).result;
    const runs = [
      () => engine.restore(archive, accessTo(to, target), UPLOAD).result,
      () => engine.migrate(accessTo(from, user), accessTo(to, other), UPLOAD).result,
    ];
    for (const run of runs)
      expect(await run()).toMatchObject({ state: 'complete', planned: 104, stored: 104, exceptions: [] });
    // One connection is enough for so little, and the proof goes over it too.
    expect(to.commands().filter((c) => c === 'AUTHENTICATE')).toHaveLength(runs.length);
    const files = listing(folder);
    const sent = [from.commands().length, to.commands().length];
    for (const run of runs)
      expect(await run()).toMatchObject({ state: 'complete', planned: 104, stored: 0, duplicate: 104 });
    const commands = [...from.commands().slice(sent[0]), ...to.commands().slice(sent[1])];
    expect(commands.filter((c) => /SELECT|EXAMINE|FETCH|APPEND|STORE|CREATE/.test(c))).toEqual([]);
    expect(listing(folder)).toEqual(files);
    await from.stop();
    await to.stop();
  });
});
