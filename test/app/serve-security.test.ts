/** The browser host against everybody who is not the user's own page. */
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { filesBelow } from '../helpers/files-below.ts';
import { rawRequest, type RawReply } from '../helpers/http.ts';
import { startServe, tokenOf, type Line, type ServedApp } from '../helpers/serve-app.ts';

const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-serve-'));
let served: ServedApp;
let line: Line;

beforeAll(async () => {
  served = await startServe({ dataFolder, args: ['--verbose'] });
  line = await served.connect();
});
afterAll(async () => {
  await served.kill();
  fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
});

const get = (where: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawReply> =>
  rawRequest({ port: served.port, path: where, method, headers: { host: `127.0.0.1:${served.port}`, ...headers } });

interface SocketEnd {
  /** HTTP status when the socket was not opened. */
  status: number | null;
  /** Close code when it was. */
  code: number | null;
}

/** Opens a socket as a page would, sends what it is given, and waits for its end. */
function tryCalls(first: string | Buffer | null, headers: Record<string, string> = {}): Promise<SocketEnd> {
  const { origin = served.origin, ...others } = headers;
  const socket = new WebSocket(`ws://127.0.0.1:${served.port}/calls`, {
    headers: { ...(origin && { origin }), ...others },
  });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) =>
      resolve({ status: response.statusCode ?? 0, code: null }),
    );
    socket.once('open', () => first !== null && socket.send(first));
    socket.once('close', (code) => resolve({ status: null, code }));
    socket.once('error', (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED' && reject(error));
  });
}

describe('the address', () => {
  test.each(['/', '/index.html', '/content/x', '/calls', '/nothing'])(
    '%s is not served under another name',
    async (where) => {
      for (const host of [
        'evil.example',
        `evil.example:${served.port}`,
        `127.0.0.1.evil.example:${served.port}`,
        '127.0.0.1',
      ])
        expect([host, (await get(where, { host })).status]).toEqual([host, 421]);
    },
  );

  test('an old HTTP request without Host is refused', async () => {
    expect(await rawLine(`GET / HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 421 /);
  });

  test('is of this machine alone', async () => {
    const others = Object.values(os.networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address))
      .filter((address) => address !== '127.0.0.1');
    for (const host of [...others, '127.0.0.2', '::1']) expect([host, await canReach(host)]).toEqual([host, false]);
    expect(await canReach('127.0.0.1')).toBe(true);
  });
});

describe('methods', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    '%s is refused to other pages and useless to ours',
    async (method) => {
      expect((await get('/', {}, method)).status).toBe(403);
      expect((await get('/', { origin: 'https://evil.example' }, method)).status).toBe(403);
      const own = await get('/', { origin: served.origin }, method);
      expect([own.status, own.headers.allow]).toEqual([405, 'GET, HEAD']);
    },
  );

  test('HEAD has the headers of GET and no body', async () => {
    const [head, full] = [await get('/', {}, 'HEAD'), await get('/')];
    expect(head.body).toBe('');
    expect(full.body).toContain('<div id="root">');
    expect({ ...head.headers, date: '' }).toEqual({ ...full.headers, date: '' });
  });

  test('no answer invites other origins', async () => {
    const { headers } = await get('/', { origin: served.origin, 'access-control-request-method': 'GET' });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(headers['set-cookie']).toBeUndefined();
  });
});

describe('headers', () => {
  const asset = async (): Promise<string> => /src="(\/assets\/[^"]+\.js)"/.exec((await get('/')).body)?.[1] ?? '';

  test.each([
    ['the page', () => get('/'), 200],
    ['an asset', async () => get(await asset()), 200],
    ['mail that is not there', () => get('/content/x'), 404],
    ['nothing', () => get('/nothing'), 404],
    ['calls without a socket', () => get('/calls'), 426],
    ['a wrong method', () => get('/', { origin: served.origin }, 'POST'), 405],
    ['another origin', () => get('/', { origin: 'https://evil.example' }), 403],
    ['another host', () => get('/', { host: 'evil.example' }), 421],
    ['a refused socket', () => get('/calls', { connection: 'upgrade', upgrade: 'websocket' }), 403],
  ] as const)('are strict on %s', async (_title, ask, status) => {
    const reply = await ask();
    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none'; /);
    expect(reply.headers['content-security-policy']).toMatch(/frame-ancestors '(none|self)'/);
  });

  test("the page's policy lets in its own files and its own calls, and no string becomes a script", async () => {
    const policy = String((await get('/')).headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        `connect-src 'self' ws://127.0.0.1:${served.port}`,
        "require-trusted-types-for 'script'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy.join(' ')).not.toMatch(/unsafe|\*|https?:/);
  });

  test('only files whose name has their hash are kept by the browser', async () => {
    expect((await get('/')).headers['cache-control']).toBe('no-store');
    expect((await get('/content/x')).headers['cache-control']).toBe('no-store');
    expect((await get(await asset())).headers['cache-control']).toContain('immutable');
  });
});

describe('files outside the page', () => {
  test.each([
    '/../cli.js',
    '/assets/../../cli.js',
    '/%2e%2e/cli.js',
    '/..%2fcli.js',
    '/%2e%2e%2fcli.js',
    '/%252e%252e%252fcli.js',
    '/..\\cli.js',
    '/..%5ccli.js',
    '/assets/..%c0%af..%c0%afcli.js',
    '//cli.js',
    '/./index.html',
    '/index.html%00.js',
    '/assets/',
    '/.env',
    '/etc/passwd',
    'file:///etc/passwd',
    'http://127.0.0.1/../cli.js',
  ])('%s', async (where) => {
    const reply = await get(where);
    expect([400, 404]).toContain(reply.status);
    expect(reply.body).toMatch(/^(There is nothing here|Only paths of this server)/);
  });

  test('the files that were tried for are there', () => {
    expect(fs.existsSync('/etc/passwd') || process.platform === 'win32').toBe(true);
    expect(fs.existsSync(path.join(import.meta.dirname, '../../out/cli.js'))).toBe(true);
  });
});

describe('the link', () => {
  test('works once', async () => {
    expect(Buffer.from(tokenOf(served.url), 'base64url')).toHaveLength(16);
    expect(await tryCalls(JSON.stringify({ token: tokenOf(served.url) }))).toEqual({ status: null, code: 4401 });
  });

  test('gives a session that works again, as for a page that is loaded anew', async () => {
    const again = await served.connect(line.session);
    expect((await again.calls.host.listFolders({ folder: null })).folder).toBe(os.homedir());
    again.close();
  });

  test.each([
    ['a wrong token', JSON.stringify({ token: 'A'.repeat(22) })],
    ['a wrong session', JSON.stringify({ session: 'A'.repeat(43) })],
    ['no token', '{}'],
    ['null', 'null'],
    ['no JSON', 'token'],
    ['octets', Buffer.from([0, 1, 2])],
    ['a very long greeting', JSON.stringify({ token: 'A'.repeat(100_000) })],
    ['a call', JSON.stringify({ i: '1', p: { u: '/app/startDemo', b: {} } })],
  ] as const)('%s closes the line', async (_title, first) => {
    expect(await tryCalls(first)).toEqual({ status: null, code: 4401 });
  });

  test('is in no file and in no log', () => {
    for (const text of [tokenOf(served.url), line.session]) {
      for (const file of filesBelow(dataFolder)) expect(fs.readFileSync(file).includes(text)).toBe(false);
      expect(served.output().replace(served.url, '')).not.toContain(text);
    }
  });
});

describe('the socket', () => {
  test.each([
    ['https://evil.example', 403],
    ['http://127.0.0.1', 403],
    ['null', 403],
    ['', 403],
    ['file://', 403],
  ])('is not opened to a page of %s', async (origin, status) => {
    expect(await tryCalls(JSON.stringify({ session: line.session }), { origin })).toEqual({ status, code: null });
  });

  test('is not opened under a name that was rebound to this machine', async () => {
    const host = `evil.example:${served.port}`;
    const end = await tryCalls(JSON.stringify({ session: line.session }), { host, origin: `http://${host}` });
    expect(end).toEqual({ status: 421, code: null });
  });

  test('ends at a message that is too large, and the app goes on', async () => {
    const { socket } = await served.connect(line.session);
    const code = new Promise((closed) => socket.once('close', closed));
    socket.send(`"${'x'.repeat(17 * 1024 * 1024)}"`);
    expect(await code).toBe(1009);
    expect((await get('/')).status).toBe(200);
  });

  test.each([
    ['no JSON', '{"password": "canary-in-a-torn-message', 1007],
    ['no object', '"canary-in-a-torn-message"', 1007],
    ['octets', Buffer.from('canary-in-a-torn-message'), 1003],
  ] as const)('ends at %s, and nothing of it is printed', async (_title, message, expected) => {
    const { socket } = await served.connect(line.session);
    const code = new Promise((closed) => socket.once('close', closed));
    socket.send(message);
    expect(await code).toBe(expected);
    expect(served.output()).not.toContain('canary-in-a-torn-message');
  });

  test('a call outside its schema is refused, and what was sent is not sent back', async () => {
    const input = { address: 7, password: 'canary-in-a-bad-call' };
    const refused = line.calls.accounts.discover(input as unknown as { address: string });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(refused.catch((error: unknown) => JSON.stringify(error))).resolves.not.toContain('canary');
  });

  test('strangers get eight places and ten seconds', async () => {
    const waiting = Array.from({ length: 8 }, () => tryCalls(null));
    await expect.poll(() => tryCalls(null)).toEqual({ status: 503, code: null });
    // Those who are known are not let down.
    expect((await line.calls.host.listFolders({ folder: null })).folder).toBe(os.homedir());
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 8 }, () => ({ status: null, code: 4408 })));
    const again = await served.connect(line.session);
    again.close();
  }, 20_000);
});

test('whoever guesses is not listened to for a minute', async () => {
  const own = await startServe({ dataFolder: path.join(dataFolder, 'guesses') });
  const guess = (): Promise<SocketEnd> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${own.port}/calls`, { origin: own.origin });
      socket.once('open', () => socket.send(JSON.stringify({ token: 'A'.repeat(22) })));
      socket.once('close', (code) => resolve({ status: null, code }));
      socket.once('error', reject);
    });
  const codes: (number | null)[] = [];
  for (let i = 0; i < 22; i++) codes.push((await guess()).code);
  expect(codes).toEqual([...Array.from({ length: 20 }, () => 4401), 4429, 4429]);
  await expect(own.connect()).rejects.toThrow('4429');
  await own.stop();
});

function canReach(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port: served.port, timeout: 2_000 });
    const settle = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}

/** Sends these octets and returns what comes back. */
function rawLine(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let reply = '';
    const socket = net.connect(served.port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (more: string) => (reply += more));
    socket.once('close', () => resolve(reply));
    socket.once('error', reject);
  });
}
