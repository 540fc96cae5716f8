import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchHttps, networkPorts, probeImap } from '../../../electron/engine/accounts/node-ports.ts';
import { selfSigned } from '../demo/self-signed.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllGlobals();
});

const forever = () => new AbortController().signal;

/** A server that says one thing, then answers lines; `heard` is all that it was sent. */
async function serve(
  says: string,
  answer: (line: string) => string = () => '',
  make = net.createServer as (on: (socket: net.Socket) => void) => net.Server,
) {
  const heard: string[] = [];
  const server = make((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (octets: Buffer) => {
      heard.push(octets.toString('latin1'));
      socket.write(answer(octets.toString('latin1')));
    });
    if (says !== '') socket.write(says);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { port: (server.address() as net.AddressInfo).port, heard };
}

const probe = (port: number, security: 'tls' | 'starttls' = 'starttls') =>
  probeImap('127.0.0.1', port, security, forever());

describe('a probe', () => {
  it('over TLS sends nothing, and tells that nobody vouches for the certificate', async () => {
    const secure = (on: (socket: net.Socket) => void) => tls.createServer(selfSigned('localhost'), on);
    const { port, heard } = await serve('* OK ready\r\n', undefined, secure);
    expect(await probe(port, 'tls')).toEqual({ security: 'tls', trusted: false });
    expect(heard).toEqual([]);
  });

  it('finds STARTTLS in the greeting without a word', async () => {
    const { port, heard } = await serve('* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello\r\n');
    expect(await probe(port)).toEqual({ security: 'starttls', trusted: false });
    expect(heard).toEqual([]);
  });

  it('else asks for it, and for nothing more', async () => {
    const { port, heard } = await serve('* OK hello\r\n', () => '* CAPABILITY IMAP4rev1 STARTTLS\r\nm1 OK done\r\n');
    expect(await probe(port)).toEqual({ security: 'starttls', trusted: false });
    expect(heard).toEqual(['m1 CAPABILITY\r\n']);
  });

  it.each([
    ['names it nowhere', '* OK hello\r\n', '* CAPABILITY IMAP4rev1 XSTARTTLS\r\nm1 OK done\r\n'],
    ['does not know CAPABILITY', '* OK hello\r\n', 'm1 BAD what\r\n'],
    ['greets somebody who is signed in', '* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\r\n', ''],
  ])('a server that %s has no STARTTLS', async (_, says, answer) => {
    const { port } = await serve(says, () => answer);
    expect(await probe(port)).toEqual({ security: 'none', trusted: false });
  });

  it.each([
    ['turns us away', '* BYE too many\r\n'],
    ['speaks SMTP', '220 mx ESMTP\r\n'],
    ['speaks POP3', '+OK hello\r\n'],
    ['talks without end', 'x'.repeat(20_000)],
  ])('a server that %s is no IMAP server', async (_, says) => {
    const { port } = await serve(says);
    expect(await probe(port)).toBeNull();
  });

  it('ends when it is told to, though the server says nothing', async () => {
    const { port } = await serve('');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    await expect(probeImap('127.0.0.1', port, 'starttls', stop.signal).catch(() => null)).resolves.toBeNull();
  });

  it('of a port where nobody listens finds nothing', async () => {
    const { port } = await serve('');
    closing.splice(0).forEach((close) => close());
    await expect(probe(port, 'tls').catch(() => null)).resolves.toBeNull();
  });
});

describe('a file over https', () => {
  const stub = (answers: Record<string, Response>) => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: URL, options: RequestInit) => {
      expect(options.redirect).toBe('manual');
      asked.push(url.href);
      return answers[url.href] ?? new Response('', { status: 404 });
    });
    return asked;
  };
  const to = (location: string) => new Response(null, { status: 302, headers: { location } });

  it('may lie elsewhere, if it is https all the way', async () => {
    stub({
      'https://a.test/x': to('/y'),
      'https://a.test/y': to('https://b.test/z'),
      'https://b.test/z': new Response('it'),
    });
    expect(await fetchHttps('https://a.test/x', forever())).toBe('it');
  });

  it.each(['http://a.test/x', 'file:///etc/passwd', 'data:text/plain,it'])('is not asked for at %s', async (url) => {
    const direct = stub({});
    expect(await fetchHttps(url, forever())).toBeNull();
    expect(direct).toEqual([]);
    const sent = stub({ 'https://a.test/x': to(url) });
    expect(await fetchHttps('https://a.test/x', forever())).toBeNull();
    expect(sent).toEqual(['https://a.test/x']);
  });

  it('is given up when it goes round in circles, is missing, or is larger than any such file', async () => {
    const asked = stub({
      'https://a.test/round': to('/round'),
      'https://a.test/large': new Response('x'.repeat(300_000)),
    });
    expect(await fetchHttps('https://a.test/round', forever())).toBeNull();
    expect(asked.length).toBeLessThan(6);
    expect(await fetchHttps('https://a.test/large', forever())).toBeNull();
    expect(await fetchHttps('https://a.test/missing', forever())).toBeNull();
  });
});

it('a sleep ends early when it is told to', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 10);
  await expect(networkPorts.sleep(60_000, stop.signal)).rejects.toThrow();
});
