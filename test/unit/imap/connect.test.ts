import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { codeOf, PASSWORD, type Script, serve } from './scripted-server.ts';
import { openSession } from '../../../electron/engine/imap/session.ts';
import { systemClock } from '../../../electron/node/clock.ts';

const SHORT = { timeouts: { connectMs: 2000, greetingMs: 150, signInMs: 150, commandMs: 150 } };

describe('a server that is not what it should be', () => {
  it('an unknown host is told by its name', async () => {
    const endpoint = { host: 'mail.does-not-exist.invalid', port: 993, security: 'tls' as const };
    const opened = openSession({ user: 'alice', endpoint }, { password: PASSWORD }, { clock: systemClock });
    await expect(opened).rejects.toMatchObject({
      code: 'host-unknown',
      message: expect.stringContaining('does-not-exist') as string,
    });
  });

  it('a port where nothing listens is refused', async () => {
    const server = await serve({});
    await server.close();
    expect(await server.failure()).toMatchObject({ code: 'connection-refused', scope: 'account' });
  });

  it('a server that says nothing is given up after the greeting deadline, with a hint at TLS', async () => {
    const server = await serve({ greeting: null });
    const failure = await server.failure(SHORT);
    expect(failure).toMatchObject({ code: 'connection-timeout', retry: 'now' });
    expect(failure.message).toContain('imaps://');
  });

  it('a server that drips its greeting is given up as well', async () => {
    const drip = (socket: Socket) => {
      const timer = setInterval(() => socket.write('*'), 20);
      socket.on('close', () => clearInterval(timer));
    };
    expect(await (await serve({ raw: drip })).failure(SHORT)).toMatchObject({ code: 'connection-timeout' });
  });

  it.each([
    ['SMTP', '220 mail.example.org ESMTP Postfix'],
    ['POP3', '+OK POP3 ready'],
    ['HTTP', 'HTTP/1.1 408 Request Timeout'],
    ['nonsense', '\x00\x01\x02 garbage'],
    ['an untagged line that is no greeting', '* CAPABILITY IMAP4rev1'],
  ])('%s is recognised as no IMAP, and no password is sent', async (_, greeting) => {
    const server = await serve({ greeting });
    const failure = await server.failure(SHORT);
    expect(failure.code).toBe('protocol-error');
    expect(failure.message).toContain(`127.0.0.1:${server.port} is not an IMAP server`);
    expect(server.received).toEqual([]);
  });

  it('an endless first line is cut off', async () => {
    const flood = (socket: Socket) => {
      const chunk = Buffer.alloc(65_536, 'x');
      const more = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', more);
      more();
    };
    expect(await (await serve({ raw: flood })).failure()).toMatchObject({ code: 'protocol-error' });
  });

  it('BYE instead of a greeting is told with its text', async () => {
    const failure = await (await serve({ greeting: '* BYE Autologout; back at 6 am' })).failure();
    expect(failure).toMatchObject({ code: 'server-bye', retry: 'now' });
    expect(failure.message).toContain('back at 6 am');
  });

  it('BYE for too many connections asks for a slower pace', async () => {
    const failure = await (await serve({ greeting: '* BYE Too many connections from your IP' })).failure();
    expect(failure).toMatchObject({ code: 'server-throttled', retry: 'later' });
  });

  it('a connection closed without a word is lost', async () => {
    const failure = await (await serve({ raw: (socket) => socket.end() })).failure();
    expect(failure).toMatchObject({ code: 'connection-lost', retry: 'now' });
  });

  it('a plain server behind imaps:// is told as no TLS', async () => {
    const server = await serve({});
    const failure = await server.failure({}, undefined, { endpoint: server.endpoint('tls') });
    expect(failure.code).toBe('tls-failed');
    expect(failure.message).toContain('imap://');
  });

  it('a server that drops the line during the TLS handshake is told as no TLS', async () => {
    const server = await serve({ raw: (socket) => socket.once('data', () => socket.resetAndDestroy()) });
    expect(await server.failure({}, undefined, { endpoint: server.endpoint('tls') })).toMatchObject({
      code: 'tls-failed',
    });
  });
});

describe('deadlines and cancelling', () => {
  it.each([
    ['CAPABILITY', {}],
    ['LOGIN', {}],
    ['NAMESPACE', { capabilities: 'NAMESPACE' }],
  ])('a server that stalls at %s is given up after the sign-in deadline', async (command, script) => {
    const server = await serve({ ...script, answers: { [command]: null } });
    expect(await server.failure(SHORT)).toMatchObject({ code: 'connection-timeout' });
    expect(server.received.some((line) => line.includes(command))).toBe(true);
  });

  it('a TLS handshake that is never answered is given up after the connect deadline', async () => {
    const server = await serve({ raw: () => undefined });
    const options = { timeouts: { connectMs: 150 } };
    const failure = await server.failure(options, undefined, { endpoint: server.endpoint('tls') });
    expect(failure).toMatchObject({ code: 'connection-timeout' });
  });

  it.each([
    ['before the greeting', { greeting: null }],
    ['during the sign-in', { answers: { LOGIN: null } }],
  ])('an abort %s ends it at once and closes the connection', async (_, script) => {
    const server = await serve(script);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await server.failure({ signal: stop.signal })).toMatchObject({ code: 'cancelled' });
  });

  it('a signal aborted before is obeyed before anything is sent', async () => {
    const server = await serve({});
    expect(await server.failure({ signal: AbortSignal.abort() })).toMatchObject({ code: 'cancelled' });
    expect(server.received).toEqual([]);
  });

  it('a command that is never answered ends as stalled', async () => {
    const session = await (await serve({ capabilities: 'NAMESPACE', answers: { LIST: null } })).open(SHORT);
    expect(await codeOf(session.scan())).toBe('server-stalled');
  });

  it('BYE in the middle of a command is told as such', async () => {
    const session = await (
      await serve({ capabilities: 'NAMESPACE', answers: { LIST: '* BYE Server shutting down' } })
    ).open();
    await expect(session.scan()).rejects.toMatchObject({
      code: 'server-bye',
      message: expect.stringContaining('shutting down') as string,
    });
  });

  it('a logout that is never answered returns all the same', async () => {
    const server = await serve({ answers: { LOGOUT: null } });
    const session = await server.open();
    await expect(session.logout()).resolves.toBeUndefined();
    expect(server.received.at(-1)).toMatch(/LOGOUT$/);
  }, 10_000);
});

describe('encryption that is asked for', () => {
  it('none is refused for a host elsewhere before anything is sent', async () => {
    const endpoint = { host: 'imap.example.org', port: 143, security: 'none' as const };
    const opened = openSession({ user: 'alice', endpoint }, { password: PASSWORD }, { clock: systemClock });
    expect(await codeOf(opened)).toBe('insecure-refused');
  });

  it.each(['localhost', '127.0.0.1', '127.8.9.10', '::1'])('none is fine for %s', async (host) => {
    const endpoint = { host, port: 1, security: 'none' as const };
    const opened = openSession({ user: 'alice', endpoint }, { password: PASSWORD }, { clock: systemClock });
    expect(await codeOf(opened)).not.toBe('insecure-refused');
  });

  it.each([
    ['STARTTLS is not offered', {}],
    ['the greeting is PREAUTH, which rules STARTTLS out', { greeting: '* PREAUTH welcome', capabilities: 'STARTTLS' }],
    ['STARTTLS is offered and refused', { capabilities: 'STARTTLS', answers: { STARTTLS: '$ NO not now' } }],
  ] as [string, Script][])('where %s, no password is sent', async (_, script) => {
    const server = await serve(script);
    const failure = await server.failure({}, undefined, { endpoint: server.endpoint('starttls') });
    expect(failure.code).toBe('starttls-missing');
    expect(server.received.join('\n')).not.toMatch(/LOGIN|AUTHENTICATE|pw-/);
  });

  it('an answer put in behind the OK of STARTTLS is not taken for the server', async () => {
    const injected = '$ OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN';
    const server = await serve({ capabilities: 'STARTTLS', answers: { STARTTLS: injected } });
    const failure = await server.failure({}, undefined, { endpoint: server.endpoint('starttls') });
    expect(failure.code).toBe('tls-failed');
    expect(server.received.join('\n')).not.toMatch(/LOGIN|AUTHENTICATE|pw-/);
  });
});
