/** The line of the benchmark: what passes is what was sent, as late as it should be and no slower, and it is counted. */
import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startDelayProxy, type DelayProxy } from '../../bench/line/delay-proxy.ts';
import type { LineSpeed } from '../../bench/line/delayed-pipe.ts';
import { startLine } from '../../bench/line/line-process.ts';

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function serverPort(serve: (socket: net.Socket) => void): Promise<number> {
  const sockets = new Set<net.Socket>();
  const listener = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  return (listener.address() as net.AddressInfo).port;
}

async function proxyTo(serve: (socket: net.Socket) => void, speed: LineSpeed): Promise<DelayProxy> {
  const proxy = await startDelayProxy(await serverPort(serve), speed);
  open.push(() => proxy.stop());
  return proxy;
}

const echo = (socket: net.Socket): void => void socket.pipe(socket);

function connect(port: number): net.Socket {
  const socket = net.connect({ port, host: '127.0.0.1' });
  open.push(() => void socket.destroy());
  return socket;
}

/** Everything up to so many octets. */
function receive(socket: net.Socket, bytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let got = 0;
    const take = (octets: Buffer): void => {
      chunks.push(octets);
      got += octets.length;
      if (got < bytes) return;
      socket.off('data', take);
      resolve(Buffer.concat(chunks));
    };
    socket.on('data', take);
    socket.on('error', reject).on('close', () => reject(new Error(`closed after ${got} of ${bytes} octets`)));
  });
}

async function ask(socket: net.Socket, text: string): Promise<string> {
  const answer = receive(socket, text.length);
  socket.write(text);
  return (await answer).toString();
}

const sha = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');

describe('the line', () => {
  test('32 MB come back octet for octet, though the sender says that it has ended', async () => {
    const proxy = await proxyTo(echo, { rttMs: 40, bytesPerSecond: null });
    const socket = connect(proxy.port);
    const sent = randomBytes(32 * 1024 * 1024);
    const received = receive(socket, sent.length);
    socket.end(sent);
    expect(sha(await received)).toBe(sha(sent));
    expect(proxy.counts()).toMatchObject({ upBytes: sent.length, downBytes: sent.length, connections: 1 });
  });

  test('a question costs a round trip, and so do twenty at once', async () => {
    const proxy = await proxyTo(echo, { rttMs: 60, bytesPerSecond: null });
    const socket = connect(proxy.port);
    await ask(socket, 'hello');
    proxy.reset();
    const begun = performance.now();
    for (let n = 0; n < 5; n++) expect(await ask(socket, `question ${n}`)).toBe(`question ${n}`);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(5 * 60);
    const one = await startDelayProxy(await serverPort(echo), { rttMs: 60, bytesPerSecond: null });
    open.push(() => one.stop());
    const other = connect(one.port);
    const answers = receive(other, 20);
    for (let n = 0; n < 20; n++) other.write(`${n % 10}`);
    await answers;
    // The handshake and the burst.
    expect(one.counts().roundTrips).toBe(2);
  });

  test('round trips are counted by what waited for an answer', async () => {
    const proxy = await proxyTo(echo, { rttMs: 30, bytesPerSecond: null });
    const socket = connect(proxy.port);
    for (let n = 0; n < 7; n++) await ask(socket, 'x');
    expect(proxy.counts().roundTrips).toBe(1 + 7);
  });

  test('a long way does not make a narrow one', async () => {
    const proxy = await proxyTo((socket) => socket.end(Buffer.alloc(64 * 1024 * 1024)), {
      rttMs: 400,
      bytesPerSecond: null,
    });
    const begun = performance.now();
    await receive(connect(proxy.port), 64 * 1024 * 1024);
    // A window of 1 MiB would take 26 s.
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  test('no more passes than the rate allows, in either direction', async () => {
    const proxy = await proxyTo(echo, { rttMs: 10, bytesPerSecond: 500_000 });
    const socket = connect(proxy.port);
    const begun = performance.now();
    await ask(socket, 'y'.repeat(200_000));
    expect(performance.now() - begun).toBeGreaterThan(400);
  });

  test('commands are told from mail, and time runs from the answer to the sign-in', async () => {
    const proxy = await proxyTo(
      (socket) => {
        socket.write('* OK hello\r\n');
        socket.on('data', (octets) => {
          for (const line of octets.toString().split('\r\n')) {
            if (/^a\d+ (LOGIN|NOOP|APPEND)/.test(line)) socket.write(`* x\r\n${line.split(' ')[0]} OK done\r\n`);
          }
        });
      },
      { rttMs: 20, bytesPerSecond: null },
    );
    const socket = connect(proxy.port);
    await receive(socket, 12);
    const say = async (text: string): Promise<void> => {
      const answer = receive(socket, 15);
      socket.write(text);
      await answer;
    };
    await say('a1 LOGIN "u" "p"\r\n');
    await say('a2 APPEND INBOX {18+}\r\na9 SELECT INBOX\r\n\r\n\r\n');
    await say('a3 NOOP\r\n');
    socket.end();
    await expect.poll(() => proxy.counts().afterSignInMs).toBeGreaterThanOrEqual(40);
    expect(proxy.counts()).toMatchObject({ commands: { LOGIN: 1, APPEND: 1, NOOP: 1 } });
    expect(proxy.counts().commands).not.toHaveProperty('SELECT');
  });

  test('in a process of its own it tells the same and goes when it is stopped', async () => {
    const line = await startLine(await serverPort(echo), { rttMs: 20, bytesPerSecond: null });
    const socket = connect(line.port);
    expect(await ask(socket, 'hello')).toBe('hello');
    expect(await line.counts()).toMatchObject({ upBytes: 5, downBytes: 5, roundTrips: 2 });
    await line.reset();
    expect(await line.counts()).toMatchObject({ upBytes: 0, connections: 0, afterSignInMs: null });
    socket.destroy();
    await line.stop();
    await expect(line.counts()).rejects.toThrow();
  });
});
