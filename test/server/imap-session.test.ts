import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Endpoint } from '../../shared/account.ts';
import { createMailbox } from '../../electron/engine/imap/create-mailbox.ts';
import { openSession } from '../../electron/engine/imap/session.ts';
import type { SessionOptions, WireSockets } from '../../electron/engine/imap/session-types.ts';
import { WireConnection } from '../../electron/engine/imap/wire/connection.ts';
import { EngineError } from '../../electron/engine/errors.ts';
import { silentLog } from '../../electron/engine/ports.ts';
import { systemClock } from '../../electron/node/clock.ts';
import { expired, fromPrivateCa, wrongHost } from '../helpers/certificates.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { courier, cyrus, dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailferry-session-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(
  server: TestServer,
  user: TestUser,
  endpoint: Partial<Endpoint> = {},
  options: Partial<SessionOptions> = {},
) {
  const port = endpoint.security === 'tls' ? (server.tlsPort ?? 0) : server.port;
  const account = { user: user.name, endpoint: { host: '127.0.0.1', port, security: 'none' as const, ...endpoint } };
  return openSession(account, { password: user.password }, { clock: systemClock, ...options });
}

async function failure(...args: Parameters<typeof open>): Promise<EngineError> {
  const outcome = await open(...args).catch((error: unknown) => error);
  if (outcome instanceof EngineError) return outcome;
  throw new Error('expected an EngineError', { cause: outcome });
}

describeWith(['dovecot', 'openssl'], 'certificates at Dovecot', () => {
  const ways = ['tls', 'starttls'] as const;

  it.each(ways)('%s: a self-signed certificate is refused, and its fingerprint makes it trusted', async (security) => {
    const server = await dovecot();
    const user = await server.user();
    const refused = await failure(server, user, { security });
    const fingerprint = server.certificate?.fingerprint ?? '?';
    expect(refused).toMatchObject({ code: 'certificate-self-signed', details: { fingerprint } });
    expect(refused.message).toContain(`--tls-fingerprint ${fingerprint}`);
    const session = await open(server, user, { security, tlsFingerprint: fingerprint });
    expect(session.connectionReport).toMatchObject({
      security,
      forwardSecrecy: true,
      trust: 'fingerprint',
      certificateFingerprint: fingerprint,
    });
    expect(session.connectionReport.tlsVersion).toMatch(/^TLSv1\.[23]$/);
    await session.logout();
    expect(server.log()).not.toMatch(new RegExp(`${user.name}.*auth failed`));
  });

  it.each(ways)('%s: another certificate than the pinned one is refused with the one seen', async (security) => {
    const server = await dovecot();
    const refused = await failure(server, await server.user(), { security, tlsFingerprint: 'ab'.repeat(32) });
    expect(refused).toMatchObject({
      code: 'certificate-fingerprint-mismatch',
      details: { fingerprint: server.certificate?.fingerprint },
    });
  });

  it('a fingerprint may be written with colons and in capitals', async () => {
    const server = await dovecot();
    const tlsFingerprint = server.certificate?.fingerprint.toUpperCase().replace(/..(?!$)/g, '$&:') ?? '';
    const session = await open(server, await server.user(), { security: 'tls', tlsFingerprint });
    await session.logout();
  });

  it.each(ways)('%s: a private authority is trusted when given, and only for its hosts', async (security) => {
    const certificate = fromPrivateCa(join(folder, security));
    const server = await dovecot({ tls: certificate });
    const user = await server.user();
    expect(await failure(server, user, { security })).toMatchObject({ code: 'certificate-untrusted' });
    const session = await open(server, user, { security, tlsCa: certificate.caPem });
    expect(session.connectionReport).toMatchObject({
      trust: 'authority',
      certificateFingerprint: certificate.fingerprint,
    });
    await session.logout();
  });

  it.each(ways)('%s: a certificate for another host is refused with the names it has', async (security) => {
    const certificate = wrongHost(join(folder, `wrong-${security}`));
    const server = await dovecot({ tls: certificate });
    const user = await server.user();
    const refused = await failure(server, user, { security, tlsCa: certificate.pem });
    expect(refused.code).toBe('certificate-wrong-host');
    expect(refused.message).toContain('mail.example.org');
    await (await open(server, user, { security, tlsFingerprint: certificate.fingerprint })).logout();
  });

  it.each(ways)('%s: an expired certificate is refused with its date, and a pin overrules it', async (security) => {
    const certificate = expired(join(folder, `expired-${security}`));
    const server = await dovecot({ tls: certificate });
    const user = await server.user();
    const refused = await failure(server, user, { security, tlsCa: certificate.caPem });
    expect(refused.code).toBe('certificate-expired');
    expect(refused.message).toContain('2020');
    await (await open(server, user, { security, tlsFingerprint: certificate.fingerprint })).logout();
  });

  it('STARTTLS is missing at a server without TLS, and the password is not sent', async () => {
    const server = await dovecot({ tls: false });
    const user = await server.user();
    expect(await failure(server, user, { security: 'starttls' })).toMatchObject({ code: 'starttls-missing' });
    expect(server.log()).not.toContain(`user=<${user.name}>`);
  });

  it('imaps:// at the plain port and imap:// at the TLS port are told apart', async () => {
    const server = await dovecot();
    const user = await server.user();
    expect(await failure(server, user, { security: 'tls', port: server.port })).toMatchObject({ code: 'tls-failed' });
    const short = { timeouts: { greetingMs: 300 } };
    const refused = await failure(server, user, { security: 'starttls', port: server.tlsPort ?? 0 }, short);
    expect(refused).toMatchObject({ code: 'connection-timeout' });
    expect(refused.message).toContain('imaps://');
  });
});

describeWith(['dovecot'], 'signing in at Dovecot', () => {
  it.each([
    ['plain login scram-sha-1 scram-sha-256', 'SCRAM-SHA-256'],
    ['plain scram-sha-1', 'SCRAM-SHA-1'],
    ['login', 'LOGIN'],
    ['plain', 'PLAIN'],
  ])('with %s it takes %s', async (mechanisms, mechanism) => {
    const server = await dovecot({ config: `auth_mechanisms = ${mechanisms}` });
    const user = await server.user();
    const session = await open(server, user);
    expect(session.connectionReport.mechanism).toBe(mechanism);
    await session.logout();
    const refused = await failure(server, { ...user, password: 'wrong' });
    expect(refused).toMatchObject({ code: 'authentication-failed', retry: 'never' });
    expect(refused.message).toContain(user.name);
  });
});

describeWith(['dovecot'], 'scanning Dovecot', () => {
  it('a scan is one command, however many mailboxes there are', async () => {
    const server = await dovecot();
    const user = await server.user();
    const imap = await RawImap.signIn(server, user);
    for (let i = 0; i < 40; i++) await imap.create(`box ${i}`);
    await imap.close();
    const proxy = await countingProxy(server.port);
    const session = await open(server, user, { port: proxy.port });
    const before = proxy.commands.length;
    expect(await session.scan()).toHaveLength(41);
    expect(await session.scan()).toHaveLength(41);
    const sent = proxy.commands.slice(before);
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatch(/LIST "" "\*" RETURN \(SUBSCRIBED .*STATUS \(/);
    await session.logout();
    await proxy.close();
  });

  it('the quota is read in octets', async () => {
    const server = await dovecot({ quota: '1M' });
    const session = await open(server, await server.user());
    expect(await session.quota()).toMatchObject([{ resource: 'storage', used: 0, limit: 1_048_576 }]);
    await session.logout();
  });

  it('the socket carries on after unbind, over STARTTLS and COMPRESS too', async () => {
    const server = await dovecot({ config: 'protocol imap {\n  mail_plugins = imap_zlib\n}' });
    const endpoint = { security: 'starttls' as const, tlsFingerprint: server.certificate?.fingerprint ?? '' };
    const session = await open(server, await server.user(), endpoint, { compress: true });
    expect(session.connectionReport.compressed).toBe(true);
    const { readSocket, writeSocket, socket } = session.unbind();
    const answer = new Promise<string>((resolve) =>
      readSocket.on('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    readSocket.resume();
    writeSocket.write('x1 NOOP\r\n');
    expect(await answer).toMatch(/^x1 OK/);
    socket.destroy();
  });
});

/** Names that decode to something odd, or not at all; none is refused by all three servers. */
const NAMES = [
  'Entwürfe',
  'a&b',
  '&',
  '&-',
  'q"uo\\te',
  'sp ace ',
  'per%cent',
  'st*r',
  '日本語',
  '😀',
  'e\u0301',
  'é',
  'NIL',
  '{5}',
  '(x)',
  '12:30',
  '~x',
];

describeWith(['dovecot', 'cyrus', 'courier'], 'names at real servers', () => {
  it.each([
    ['Dovecot', dovecot],
    ['Cyrus', cyrus],
    ['Courier', courier],
  ] as const)(
    '%s: every mailbox made is scanned under the path that createMailbox gave, all at once, and opens by it',
    async (_, start) => {
      const server = await start();
      const user = await server.user();
      const [session, maker] = [await open(server, user), await open(server, user)];
      const { names, capabilities } = maker;
      const wire = new WireConnection(maker.unbind(), { server: 'here', clock: systemClock, log: silentLog });
      // What lies beyond the BMP breaks the connection of some.
      const possible = NAMES.filter((name) => !session.quirks.bmpNamesOnly || !/[\u{10000}-\u{10ffff}]/u.test(name));
      const paths = possible.map((name) => `${session.namespace.prefix}${name}`);
      const outcomes = await Promise.allSettled(
        paths.map((path) => createMailbox({ wire, names, capabilities }, path, null)),
      );
      await wire.close();
      const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      for (const reason of refused) expect(reason).toMatchObject({ code: 'mailbox-refused', scope: 'mailbox' });
      expect(made.length).toBeGreaterThan(10);
      const scanned = await session.scan();
      expect(scanned.map((m) => m.path)).toEqual(expect.arrayContaining(made));
      expect(scanned.filter((m) => m.failure !== null || (m.selectable && m.uidValidity === 0))).toEqual([]);
      const imap = await RawImap.signIn(server, user);
      const listed = await imap.list();
      expect(scanned).toHaveLength(listed.length);
      await imap.close();
      const wireNames = scanned.filter((m) => m.selectable).map((m) => session.names.wireName(m.path));
      expect(await refusedToOpen(session.unbind(), wireNames)).toEqual([]);
    },
  );

  it('Courier: the personal prefix is told, and its quirks are known', async () => {
    const server = await courier();
    const session = await open(server, await server.user());
    expect(session.namespace).toEqual({ prefix: 'INBOX.', delimiter: '.' });
    expect(session.quirks).toMatchObject({ name: 'Courier', noopBeforeLook: true });
    await session.logout();
  });
});

/** Sends EXAMINE with each name as it is. @returns what was not answered with OK */
async function refusedToOpen({ readSocket, writeSocket, socket }: WireSockets, wireNames: string[]): Promise<string[]> {
  let heard = '\r\n';
  const done = new Promise<void>((resolve) => {
    readSocket.on('data', (chunk: Buffer) => {
      heard += chunk.toString('latin1');
      if (heard.includes(`\r\nx${wireNames.length - 1} `)) resolve();
    });
    readSocket.once('close', resolve);
  });
  readSocket.resume();
  writeSocket.write(wireNames.map((name, i) => `x${i} EXAMINE ${name}\r\n`).join(''), 'latin1');
  await done;
  socket.destroy();
  return wireNames.filter((_, i) => !heard.includes(`\r\nx${i} OK`));
}

/** A plain TCP proxy that notes every command line of the client. */
async function countingProxy(target: number) {
  const commands: string[] = [];
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    client.on('data', (chunk: Buffer) => commands.push(...chunk.toString('latin1').split('\r\n').filter(Boolean)));
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { port, commands, close: () => new Promise((resolve) => server.close(resolve)) };
}
