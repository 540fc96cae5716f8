import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ImapFlow } from 'imapflow';
import type { ImapFlowOptions } from 'imapflow';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CAPABILITY_NAMES } from '../../../electron/demo/server/options.ts';
import type { DemoServer, DemoServerOptions } from '../../../electron/demo/server/options.ts';
import { selfSigned } from './self-signed.ts';
import { SOME_DATE, message, withServer } from './with-server.ts';

async function connected(server: DemoServer, options: Partial<ImapFlowOptions> = {}): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: server.port,
    secure: false,
    auth: { user: 'anna', pass: 'geheim' },
    logger: false,
    ...options,
  });
  client.on('error', () => undefined);
  onTestFinished(() => client.close());
  await client.connect();
  return client;
}

describe('imapflow as an independent client', () => {
  test('connects, and finds neither COMPRESS nor IDLE', async () => {
    const client = await connected(await withServer());
    expect(client.capabilities.has('CONDSTORE')).toBe(true);
    expect([...client.capabilities.keys()].filter((name) => /COMPRESS|IDLE|QRESYNC/.test(name))).toEqual([]);
    await client.logout();
  });

  test('a wrong password is told as such', async () => {
    const server = await withServer();
    const auth = { user: 'anna', pass: 'falsch' };
    await expect(connected(server, { auth })).rejects.toMatchObject({ authenticationFailed: true });
  });

  test('lists mailboxes with status and special use in one LIST', async () => {
    const server = await withServer();
    const account = server.account();
    account.ensure(['Gesendet'], { specialUse: ['\\Sent'], subscribed: true });
    const box = account.ensure(['Familie', 'Oma & Opa „Nord“'], { subscribed: true });
    for (const flags of [['\\Seen'], []]) box.append({ raw: message('a'), flags, internalDate: SOME_DATE });
    const client = await connected(server);
    server.log.clear();
    const listed = await client.list({
      statusQuery: { messages: true, unseen: true, uidNext: true, uidValidity: true },
    });
    expect(server.log.counts).toEqual(new Map([['LIST', 1]]));
    expect(listed.find((m) => m.path === 'Gesendet')).toMatchObject({ specialUse: '\\Sent', subscribed: true });
    expect(listed.find((m) => m.path === box.path)?.status).toMatchObject({ messages: 2, unseen: 1, uidNext: 3 });
  });

  test('appends and fetches the same octets, flags and date', async () => {
    const server = await withServer();
    const client = await connected(server);
    const raw = Buffer.concat([message('Größe'), Buffer.alloc(300_000, 'ß\r\n')]);
    const date = new Date('2019-03-31T01:30:00Z');
    const appended = await client.append('INBOX', raw, ['\\Seen', '$Forwarded'], date);
    expect(appended).toMatchObject({ uid: 1 });
    await client.mailboxOpen('INBOX');
    const wanted = { source: true, flags: true, internalDate: true, size: true, envelope: true, bodyStructure: true };
    const fetched = await client.fetchOne('1', wanted, { uid: true });
    if (!fetched) throw new Error('nothing was fetched');
    expect(fetched.source?.equals(raw)).toBe(true);
    expect(fetched.size).toBe(raw.length);
    expect([...(fetched.flags ?? [])].sort()).toEqual(['$Forwarded', '\\Seen']);
    expect(new Date(fetched.internalDate ?? 0)).toEqual(date);
    expect(fetched.envelope?.from).toEqual([{ name: 'Anna', address: 'anna@example.org' }]);
    expect(fetched.bodyStructure?.type).toBe('text/plain');
  });

  test('sets, removes and searches flags, creates, renames and deletes mailboxes', async () => {
    const server = await withServer();
    const client = await connected(server);
    for (let i = 0; i < 3; i++) await client.append('INBOX', message(`${i}`), [], new Date());
    await client.mailboxOpen('INBOX');
    await client.messageFlagsAdd('1:2', ['\\Flagged', 'wichtig'], { uid: true });
    await client.messageFlagsRemove('2', ['\\Flagged'], { uid: true });
    expect(await client.search({ flagged: true }, { uid: true })).toEqual([1]);
    expect(await client.search({ keyword: 'wichtig' }, { uid: true })).toEqual([1, 2]);
    await client.mailboxCreate('Kunden/Müller & Söhne');
    await client.mailboxRename('Kunden/Müller & Söhne', 'Kunden/Alt');
    expect(await client.messageMove('1', 'Kunden/Alt', { uid: true })).toMatchObject({ destination: 'Kunden/Alt' });
    await client.messageDelete('2', { uid: true });
    expect(server.account().mailboxes.map((m) => [m.path, m.messages.length])).toEqual([
      ['INBOX', 1],
      ['Kunden', 0],
      ['Kunden/Alt', 1],
    ]);
    await client.mailboxDelete('Kunden/Alt');
    expect(server.account().find('Kunden/Alt')).toBeNull();
  });

  test.each<[string, Partial<DemoServerOptions>]>([
    ['a dot and a prefix', { delimiter: '.', namespacePrefix: 'INBOX.' }],
    ['no extension at all', { capabilities: bare() }],
    ['latency', { latencyMs: 5 }],
  ])('works with %s', async (_, options) => {
    const server = await withServer(options);
    server.account().ensure(['Archiv', '2020'], { subscribed: true });
    const client = await connected(server);
    const path = server.account().pathOf('Archiv', '2020');
    await client.append(path, message('x'.repeat(9_000)), ['\\Seen'], new Date());
    const listed = await client.list({ statusQuery: { messages: true } });
    expect(listed.find((m) => m.path === path)?.status?.messages).toBe(1);
    await client.mailboxOpen(path);
    expect((await client.fetchAll('1:*', { uid: true, size: true })).map((m) => m.uid)).toEqual([1]);
  });

  test.each(['implicit', 'starttls'] as const)('talks TLS, %s', async (mode) => {
    const { key, cert } = selfSigned('127.0.0.1');
    const server = await withServer({ tls: { key, cert, mode } });
    const how = mode === 'implicit' ? { secure: true } : { secure: false, doSTARTTLS: true };
    const client = await connected(server, { ...how, tls: { ca: cert } });
    await client.append('INBOX', Buffer.alloc(500_000, 'x'), [], new Date());
    expect(await client.status('INBOX', { messages: true })).toMatchObject({ messages: 1 });
    expect(client.secureConnection).toBe(true);
  });

  test('where TLS is required no password is taken before it', async () => {
    const server = await withServer({ tls: { ...selfSigned('127.0.0.1'), mode: 'starttls' } });
    await expect(connected(server, { doSTARTTLS: false })).rejects.toThrow();
    expect(server.log.count('STARTTLS')).toBe(0);
  });

  test('stop cuts every line and frees the port', async () => {
    const server = await withServer({ latencyMs: 30_000, bytesPerSecond: 10 });
    const cut = expect(connected(server)).rejects.toThrow();
    await expect.poll(() => server.connections).toBe(1);
    await server.stop();
    await cut;
    expect(server.connections).toBe(0);
    const next = await withServer({ port: server.port });
    expect(next.port).toBe(server.port);
  });

  test('a process that has stopped its server ends by itself', async () => {
    const module = new URL('../../../electron/demo/server/start-demo-server.ts', import.meta.url).href;
    const code = `
      import { connect } from 'node:net';
      import { startDemoServer } from ${JSON.stringify(module)};
      const server = await startDemoServer({ users: [{ name: 'a', password: 'b' }], latencyMs: 60000, bytesPerSecond: 1 });
      const socket = connect(server.port, '127.0.0.1', () => socket.write('a NOOP\\r\\n', () => setTimeout(stop, 50)));
      socket.on('error', () => undefined);
      const stop = () => server.stop();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'ignore', timeout: 10_000 });
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

function bare(): DemoServerOptions['capabilities'] {
  return Object.fromEntries(CAPABILITY_NAMES.map((name) => [name, false]));
}
