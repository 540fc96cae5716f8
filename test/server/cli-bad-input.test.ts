/** Whatever goes wrong: one clear sentence, the right exit code, no stack trace, no password anywhere, nothing lost. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expired, fromPrivateCa } from '../helpers/certificates.ts';
import { startDemoServer } from '../../electron/demo/server/start-demo-server.ts';
import { runCli, summaryOf, type CliResult } from '../helpers/cli.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { startDovecot } from '../helpers/servers/dovecot.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-bad-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
let n = 0;
const fresh = (): string => path.join(folder, `a${++n}`);

let server: TestServer;
let user: TestUser;
const url = (scheme = 'imap+insecure', port = server.port, host = '127.0.0.1'): string =>
  `${scheme}://${user.name}@${host}:${port}`;

/** Runs with the right password unless told otherwise, and checks what must hold of every failure. */
async function fails(args: string[], code: number, sentence: RegExp, password = user.password): Promise<CliResult> {
  const result = await runCli([...args, '--password-env', 'MF_PW'], { env: { MF_PW: password } });
  expect({ code: result.code, stderr: result.stderr }).toEqual({
    code,
    stderr: expect.stringMatching(sentence) as string,
  });
  expect(result.stderr.trim().split('\n')).toHaveLength(1);
  expect(result.stderr).not.toMatch(/\bat .*:\d+:\d+|node:internal|\[object|undefined/);
  expect(result.stdout + result.stderr).not.toContain(password);
  return result;
}

async function scripted(behave: (socket: net.Socket) => void): Promise<{ port: number; stop: () => void }> {
  const listener = net.createServer((socket) => {
    socket.on('error', () => undefined);
    behave(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return { port: (listener.address() as net.AddressInfo).port, stop: () => listener.close() };
}

describeWith(['dovecot', 'openssl'], 'the command line told something wrong', () => {
  beforeAll(async () => {
    server = await dovecot({ format: 'maildir' });
    user = await server.user();
    const imap = await RawImap.signIn(server, user);
    for (let i = 0; i < 5; i++) await imap.append('INBOX', Buffer.from(`Subject: ${i}\r\n\r\nbody ${i}\r\n`));
    await imap.close();
  });

  test('a wrong password', () => fails(['sizes', url()], 12, /password/i, 'wrong-secret-4711'));

  test('an unknown host', async () => {
    await fails(['sizes', `imaps://${user.name}@no-such-host.invalid`], 10, /no-such-host\.invalid/);
  });

  test('a refused port', async () => {
    const { port, stop } = await scripted(() => undefined);
    stop();
    await fails(['sizes', url('imap+insecure', port)], 10, /Nothing answers/);
  });

  test('no TLS certificate that anybody vouches for, with the fingerprint to pin', async () => {
    const { stderr } = await fails(['sizes', url('imaps', server.tlsPort!)], 11, /--tls-fingerprint/);
    const fingerprint = /[0-9a-f]{64}/i.exec(stderr.replaceAll(':', ''))?.[0];
    expect(fingerprint).toBeDefined();
    const pinned = await runCli(
      ['sizes', url('imaps', server.tlsPort!), '--tls-fingerprint', fingerprint!, '--password-env', 'P', '--json'],
      {
        env: { P: user.password },
      },
    );
    expect(pinned.code).toBe(0);
    expect(summaryOf(pinned)).toMatchObject({ messages: 5 });
  });

  test('an expired certificate, and one for another host', async () => {
    for (const [tls, sentence] of [
      [expired(fresh()), /expired/i],
      [fromPrivateCa(fresh(), 'leaf', 'DNS:other.example.org'), /other\.example\.org/],
    ] as const) {
      const other = await startDovecot({ tls });
      try {
        await fails(['sizes', url('imaps', other.tlsPort!), '--tls-ca', tls.caPath], 11, sentence);
      } finally {
        await other.stop();
      }
    }
  });

  test('another certificate than the pinned one', async () => {
    await fails(['sizes', url('imaps', server.tlsPort!), '--tls-fingerprint', '00'.repeat(32)], 11, /fingerprint/i);
  });

  test('STARTTLS stripped: no password is sent in clear', async () => {
    let heard = '';
    const { port, stop } = await scripted((socket) => {
      socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n');
      socket.on('data', (data) => {
        heard += data.toString('latin1');
        const tag = data.toString('latin1').split(' ')[0];
        socket.write(`* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n${tag} OK done\r\n`);
      });
    });
    await fails(['sizes', url('imap', port)], 11, /STARTTLS/);
    stop();
    expect(heard).not.toMatch(/LOGIN|AUTHENTICATE/i);
  });

  test('TLS asked of a port that speaks none', () => fails(['sizes', url('imaps', server.port)], 11, /TLS/));

  test('a server that says BYE, one that speaks another protocol', async () => {
    const bye = await scripted((socket) => socket.end('* BYE too busy, come back later\r\n'));
    await fails(['sizes', url('imap+insecure', bye.port)], 10, /too busy/);
    bye.stop();
    const smtp = await scripted((socket) => void socket.write('220 mail.example.org ESMTP\r\n'));
    await fails(['sizes', url('imap+insecure', smtp.port)], 10, /IMAP/);
    smtp.stop();
  });

  test('no encryption to another machine', () => fails(['sizes', 'imap+insecure://a@192.0.2.1'], 11, /allow-insecure/));

  test('a full quota: what fits is stored, the rest goes on later', async () => {
    const small = await startDovecot({ quota: '30K' });
    try {
      const archive = fresh();
      const big = await server.user();
      const imap = await RawImap.signIn(server, big);
      for (let i = 0; i < 8; i++)
        await imap.append('INBOX', Buffer.from(`Subject: ${i}\r\n\r\n${'x'.repeat(8000)}\r\n`));
      await imap.close();
      const env = { S: big.password };
      const from = `imap+insecure://${big.name}@127.0.0.1:${server.port}`;
      expect((await runCli(['backup', from, archive, '--password-env', 'S'], { env })).code).toBe(0);
      const other = await small.user();
      const to = `imap+insecure://${other.name}@127.0.0.1:${small.port}`;
      const args = ['restore', archive, to, '--password-env', 'T', '--state', fresh(), '--json'];
      const result = await runCli(args, { env: { T: other.password } });
      expect(result.code).toBe(13);
      expect(result.stderr).toMatch(/quota|full/i);
      const { planned, stored } = summaryOf(result);
      expect(planned).toBe(8);
      const seen = await RawImap.signIn(small, other);
      await seen.select('INBOX');
      expect((await seen.fetchAll()).length).toBe(stored);
      await seen.close();
    } finally {
      await small.stop();
    }
  });

  test('a message too large for the target fails alone, with its UID', async () => {
    const archive = fresh();
    const from = await server.user();
    const imap = await RawImap.signIn(server, from);
    for (const bytes of [100, 60_000, 200])
      await imap.append('INBOX', Buffer.from(`Subject: x\r\n\r\n${'y'.repeat(bytes)}\r\n`));
    await imap.close();
    const source = `imap+insecure://${from.name}@127.0.0.1:${server.port}`;
    expect((await runCli(['backup', source, archive, '--password-env', 'P'], { env: { P: from.password } })).code).toBe(
      0,
    );
    const limited = await startDemoServer({
      users: [{ name: 'eve', password: 'pw-eve-0815' }],
      appendLimitBytes: 50_000,
    });
    try {
      const args = [
        'restore',
        archive,
        `imap+insecure://eve@127.0.0.1:${limited.port}`,
        '--password-env',
        'P',
        '--state',
        fresh(),
        '--json',
      ];
      const result = await runCli(args, { env: { P: 'pw-eve-0815' } });
      expect(result.code).toBe(3);
      const { exceptions, ...counts } = summaryOf(result);
      expect(counts).toMatchObject({ planned: 3, stored: 2, failed: 1, state: 'incomplete' });
      expect(exceptions).toEqual([
        expect.objectContaining({ mailbox: 'INBOX', uid: 2, outcome: 'failed', code: 'message-too-large' }),
      ]);
      expect(limited.account().find('INBOX')!.messages).toHaveLength(2);
    } finally {
      await limited.stop();
    }
  });

  test('a locked archive', async () => {
    const archive = fresh();
    const env = { P: user.password };
    await runCli(['backup', url(), archive, '--password-env', 'P'], { env });
    const { openArchive } = await import('../../electron/engine/archive/open-archive.ts');
    const { systemClock } = await import('../../electron/node/clock.ts');
    const held = await openArchive(archive, { mode: 'write', clock: systemClock });
    try {
      await fails(['backup', url(), archive], 21, /in use/);
    } finally {
      await held.close();
    }
  });

  test('a foreign, a newer and a damaged archive', async () => {
    const foreign = fresh();
    fs.mkdirSync(foreign);
    fs.writeFileSync(path.join(foreign, 'holiday.jpg'), 'not mail');
    await fails(['backup', url(), foreign], 64, /other things/);
    expect(fs.readdirSync(foreign)).toEqual(['holiday.jpg']);
    const archive = fresh();
    await runCli(['backup', url(), archive, '--password-env', 'P'], { env: { P: user.password } });
    const manifest = path.join(archive, 'mailferry.json');
    const text = fs.readFileSync(manifest, 'utf8');
    fs.writeFileSync(manifest, text.replace('"version": 1', '"version": 99').replace('"version":1', '"version":99'));
    await fails(['backup', url(), archive], 20, /newer|later/);
    fs.writeFileSync(manifest, '{ nonsense');
    await fails(['backup', url(), archive], 20, /repair|damaged|read/i);
  });

  test('the archive of another account', async () => {
    const archive = fresh();
    await runCli(['backup', url(), archive, '--password-env', 'P'], { env: { P: user.password } });
    const other = await server.user();
    const { stderr, code } = await runCli(
      ['backup', `imap+insecure://${other.name}@127.0.0.1:${server.port}`, archive, '--password-env', 'P'],
      {
        env: { P: other.password },
      },
    );
    expect(code).toBe(64);
    expect(stderr).toContain(user.name);
  });

  test('a path that is a file, a folder that is missing', async () => {
    const file = fresh();
    fs.writeFileSync(file, 'x');
    await fails(['backup', url(), file], 64, /is a file/);
    const { code, stderr } = await runCli(['verify', path.join(folder, 'nowhere')]);
    expect(code).toBe(64);
    expect(stderr).toMatch(/nowhere/);
  });

  test('a folder that may not be written', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('Root may write everywhere, so nothing can be forbidden to it.');
    const locked = fresh();
    fs.mkdirSync(locked, { mode: 0o500 });
    await fails(['backup', url(), path.join(locked, 'a')], 64, /may not/);
  });

  test('a full disk: the sentence says so, what was saved stays whole, and the next run goes on', async ({ skip }) => {
    const disk = fresh();
    fs.mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', disk]);
    if (mounted.status !== 0) skip('Mounting a small disk needs root.');
    try {
      const from = await server.user();
      const imap = await RawImap.signIn(server, from);
      const send = (i: number) => imap.append('INBOX', Buffer.from(`Subject: ${i}\r\n\r\n${'z'.repeat(100_000)}\r\n`));
      for (let i = 0; i < 4; i++) await send(i);
      const source = `imap+insecure://${from.name}@127.0.0.1:${server.port}`;
      const archive = path.join(disk, 'archive');
      const args = ['backup', source, archive, '--password-env', 'P', '--json'];
      const env = { P: from.password };
      expect((await runCli(args, { env })).code).toBe(0);
      for (let i = 4; i < 24; i++) await send(i);
      await imap.close();
      const full = await runCli(args, { env });
      expect(full.code).toBe(13);
      expect(full.stderr).toMatch(/disk is full/);
      const verified = await runCli(['verify', archive, '--json']);
      expect(verified.code).toBe(0);
      expect(summaryOf(verified)['stored']).toBeGreaterThanOrEqual(4);
      expect(spawnSync('mount', ['-o', 'remount,size=20m', disk]).status).toBe(0);
      const again = await runCli(args, { env });
      expect(again.code).toBe(0);
      expect(summaryOf(again)).toMatchObject({ planned: 24 });
      expect(summaryOf(await runCli(['verify', archive, '--json']))).toMatchObject({ stored: 24, failed: 0 });
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  test.each([
    [['sizes'], /argument/],
    [['sizes', 'nonsense'], /imaps:\/\//],
    [['backup', 'imaps://a:secret-in-url@h', '/x'], /--password-env/],
    [['frobnicate'], /frobnicate/],
    [['backup', 'imaps://a@h', '/x', '--layuot', 'eml'], /--layout/],
    [['backup', 'imaps://a@h', '/x', '--since', '2020-02-31'], /YYYY-MM-DD/],
    [['backup', 'imaps://a@h', '/x', '--connections', '99'], /16/],
    [['restore', '/x', 'imaps://a@h', '--map', 'nonsense'], /FROM=TO/],
    [['sizes', 'imaps://a@h', '--tls-ca', '/nowhere'], /--tls-ca/],
    [['sizes', 'imaps://a@h', '--tls-fingerprint', 'abc'], /64 hex/],
  ])('%j is a usage error that says what would be right', async (args, sentence) => {
    const { code, stderr, stdout } = await runCli(args);
    expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringMatching(sentence) as string });
    expect(stdout + stderr).not.toContain('secret-in-url');
  });

  test('no password and nobody to ask', async () => {
    const { code, stderr } = await runCli(['sizes', url()]);
    expect(code).toBe(12);
    expect(stderr).toMatch(/--password-env/);
  });

  test('a folder that is not there is named, not left out silently', async () => {
    await fails(['backup', url(), fresh(), '--only', 'Arhciv'], 64, /Arhciv/);
  });
});
