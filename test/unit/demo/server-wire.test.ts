import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { RawClient } from './raw-client.ts';
import { SOME_DATE, message, withClient, withServer } from './with-server.ts';

const sha256 = (octets: Buffer): string => createHash('sha256').update(octets).digest('hex');

describe('reading commands', () => {
  test('a session dripped octet by octet is understood as one sent at once', async () => {
    const server = await withServer();
    const client = await RawClient.open(server.port);
    await client.drip('a LOGIN {4+}\r\nanna "geheim"\r\nb APPEND INBOX (\\Seen) {5+}\r\nA\r\nB\n\r\nc NOOP\r\n', 1);
    expect(await client.reply('c')).toMatch(/a OK .*\r\nb OK \[APPENDUID \d+ 1\].*\r\nc OK/s);
    const [stored] = server.account().find('INBOX')?.messages ?? [];
    expect(stored?.raw.toString()).toBe('A\r\nB\n');
    expect(stored?.flags).toEqual(['\\Seen']);
    client.end();
  });

  test('pipelined commands are answered in the order sent', async () => {
    const server = await withServer();
    const client = await withClient(server);
    const commands = Array.from({ length: 500 }, (_, i) => `p${i} APPEND INBOX {3+}\r\n${String(i).padStart(3, '0')}`);
    client.send(`${commands.join('\r\n')}\r\nlast NOOP\r\n`);
    const tags = (await client.reply('last')).match(/^(p\d+|last) OK/gm);
    expect(tags).toEqual([...commands.map((_, i) => `p${i} OK`), 'last OK']);
    const bodies = server
      .account()
      .find('INBOX')
      ?.messages.map((m) => m.raw.toString());
    expect(bodies).toEqual(commands.map((_, i) => String(i).padStart(3, '0')));
  });

  test('a waiting literal is asked for with + before it is sent', async () => {
    const server = await withServer();
    const client = await withClient(server);
    client.send('a APPEND INBOX "24-Nov-2026 03:40:45 +0100" {5}\r\n');
    expect(await client.until(/\+ .*\r\n/)).toMatch(/^\+ /);
    client.send('\0\xff\r\n!\r\n');
    expect(await client.reply('a')).toMatch(/^a OK \[APPENDUID/);
    const [stored] = server.account().find('INBOX')?.messages ?? [];
    expect([...(stored?.raw ?? [])]).toEqual([0, 0xff, 13, 10, 33]);
    expect(stored?.internalDate).toBe(SOME_DATE);
  });

  test('a waiting literal that cannot be taken is refused without asking for it', async () => {
    const client = await withClient(await withServer({ appendLimitBytes: 100 }));
    expect(await client.run('APPEND INBOX {101}')).toMatch(/^x NO \[TOOBIG\]/);
    expect(await client.run('APPEND Nirgends {5}')).toMatch(/^x NO \[TRYCREATE\]/);
    expect(await client.run('NOOP')).toMatch(/^x OK/);
  });

  test('a literal on its way that cannot be taken is read and dropped', async () => {
    const server = await withServer({ appendLimitBytes: 100 });
    const client = await withClient(server);
    client.send(
      `a APPEND INBOX {200000+}\r\n${'x'.repeat(200_000)}\r\nb APPEND INBOX {100+}\r\n${'y'.repeat(100)}\r\n`,
    );
    expect(await client.reply('b')).toMatch(/^a NO \[TOOBIG\].*\r\nb OK/);
    expect(
      server
        .account()
        .find('INBOX')
        ?.messages.map((m) => m.raw.length),
    ).toEqual([100]);
  });

  test('without LITERAL+ a literal that did not wait is refused', async () => {
    const server = await withServer({ capabilities: { 'LITERAL+': false } });
    const client = await withClient(server);
    expect(await client.run('APPEND INBOX {5+}\r\nhello')).toMatch(/^x BAD/);
    expect(server.account().find('INBOX')?.messages).toEqual([]);
  });

  test('nonsense gets BAD and the session goes on', async () => {
    const client = await withClient(await withServer());
    const nonsense = [
      'FROBNICATE',
      'UID',
      'UID NOOP',
      'SELECT',
      'SELECT INBOX extra',
      'LIST',
      'LIST "" "',
      'STATUS INBOX (COLOUR)',
      'APPEND INBOX',
      'APPEND INBOX "31-Feb-2026 00:00:00 +0000" {1+}\r\nx',
      'APPEND INBOX (\\Recent) {1+}\r\nx',
      'FETCH 1 FLAGS',
      'AUTHENTICATE PLAIN',
      'ENABLE',
      '\xff\xfe',
      '',
    ];
    for (const line of nonsense) expect(await client.run(line), line).toMatch(/^x BAD/m);
    client.send('\r\n\r\n* OK\r\n');
    expect(await client.run('NOOP', 'alive')).toMatch(/^alive OK/m);
    expect(await client.run('SELECT INBOX')).toMatch(/^x OK/m);
    for (const line of [
      'FETCH 0 FLAGS',
      'FETCH 1 FLAGS',
      'UID FETCH 1:x FLAGS',
      'SEARCH',
      'STORE 1 FLAGS',
      'FETCH 1:* BODY[X]',
    ]) {
      expect(await client.run(line), line).toMatch(/^x BAD/m);
    }
  });

  test('a line without an end closes the connection instead of filling the memory', async () => {
    const client = await withClient(await withServer());
    client.send('a'.repeat(200_000));
    await client.closing();
  });
});

describe('APPEND', () => {
  test('MULTIAPPEND stores every message with its own flags and date, octet for octet', async () => {
    const server = await withServer();
    const client = await withClient(server);
    const bodies = [randomBytes(70_000), Buffer.alloc(0), Buffer.from('From me\n.\r\n'), randomBytes(3_000_000)];
    client.send('m APPEND INBOX');
    bodies.forEach((body, i) => {
      client.send(` (k${i} \\Seen) "0${i + 1}-Feb-2020 10:00:00 -0330" {${body.length}+}\r\n`.replace('"0', '" '));
      client.send(body);
    });
    client.send('\r\n');
    expect(await client.reply('m')).toMatch(/^m OK \[APPENDUID \d+ 1:4\]/);
    const stored = server.account().find('INBOX')?.messages ?? [];
    expect(stored.map((m) => sha256(m.raw))).toEqual(bodies.map(sha256));
    expect(stored.map((m) => m.flags)).toEqual(bodies.map((_, i) => [`k${i}`, '\\Seen']));
    expect(stored.map((m) => m.internalDate)).toEqual(bodies.map((_, i) => ` ${i + 1}-Feb-2020 10:00:00 -0330`));
  });

  test('MULTIAPPEND over the quota stores none of its messages', async () => {
    const server = await withServer({ quotaBytes: 100 });
    const client = await withClient(server);
    const two = ` {60+}\r\n${'x'.repeat(60)}`.repeat(2);
    expect(await client.run(`APPEND INBOX${two}`)).toMatch(/^x NO \[OVERQUOTA\]/);
    expect(server.account().find('INBOX')?.messages).toEqual([]);
    expect(await client.run('GETQUOTAROOT INBOX')).toContain('* QUOTA "" (STORAGE 0 0)');
  });

  test('MULTIAPPEND that is not offered is refused as a whole', async () => {
    const server = await withServer({ capabilities: { MULTIAPPEND: false } });
    const client = await withClient(server);
    expect(await client.run('APPEND INBOX {1+}\r\na {1+}\r\nb')).toMatch(/^x BAD/);
    expect(server.account().find('INBOX')?.messages).toEqual([]);
  });

  test('without UIDPLUS the place is not told', async () => {
    const client = await withClient(await withServer({ capabilities: { UIDPLUS: false } }));
    expect(await client.run('APPEND INBOX {1+}\r\na')).toBe('x OK APPEND done\r\n');
  });
});

describe('sending', () => {
  test('a client that does not read holds the server back instead of filling its memory', async () => {
    const server = await withServer();
    const body = randomBytes(4_000_000);
    const inbox = server.account().ensure(['INBOX']);
    for (let i = 0; i < 20; i++) inbox.append({ raw: body, flags: [], internalDate: SOME_DATE });
    const client = await withClient(server);
    await client.run('SELECT INBOX');
    client.socket.pause();
    const wire: Buffer[] = [];
    const complete = new Promise<void>((resolve) => {
      client.socket.removeAllListeners('data').on('data', (chunk: Buffer) => {
        wire.push(chunk);
        if (chunk.includes('f OK FETCH done')) resolve();
      });
    });
    client.socket.pause();
    // Reading a body marks it \\Seen, which shows how far the server has gone.
    client.send('f FETCH 1:* BODY[]\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(inbox.unseen).toBeGreaterThan(10);
    client.socket.resume();
    await complete;
    expect(inbox.unseen).toBe(0);
    const all = Buffer.concat(wire);
    let found = 0;
    for (let at = all.indexOf(body); at >= 0; at = all.indexOf(body, at + body.length)) found++;
    expect(found).toBe(20);
  });

  test('latency delays each response once, not each pipelined command after the other', async () => {
    const server = await withServer({ latencyMs: 60 });
    const client = await withClient(server);
    const startMs = performance.now();
    client.send(`${Array.from({ length: 20 }, (_, i) => `n${i} NOOP`).join('\r\n')}\r\n`);
    await client.reply('n19');
    const elapsedMs = performance.now() - startMs;
    expect(elapsedMs).toBeGreaterThan(55);
    expect(elapsedMs).toBeLessThan(600);
  });

  test('a rate cap slows both directions', async () => {
    const server = await withServer({ bytesPerSecond: 1_000_000 });
    const client = await withClient(server);
    const startMs = performance.now();
    await client.run(`APPEND INBOX {200000+}\r\n${'u'.repeat(200_000)}`);
    const upMs = performance.now() - startMs;
    await client.run('SELECT INBOX');
    const middleMs = performance.now();
    await client.run('FETCH 1 BODY.PEEK[]');
    await client.run('NOOP');
    expect(upMs).toBeGreaterThan(100);
    expect(performance.now() - middleMs).toBeGreaterThan(100);
  });

  test('20,000 messages with their headers come in a few seconds at most', async () => {
    const server = await withServer();
    const inbox = server.account().ensure(['INBOX']);
    const raw = message('viele');
    for (let i = 0; i < 20_000; i++) inbox.append({ raw, flags: ['\\Seen'], internalDate: SOME_DATE });
    const client = await withClient(server);
    await client.run('EXAMINE INBOX');
    const startMs = performance.now();
    const answer = await client.run('UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER])');
    expect(answer.match(/^\* \d+ FETCH/gm)).toHaveLength(20_000);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });
});

describe('hooks', () => {
  test('a hook can refuse, cut the line before the work, or after it without a reply', async () => {
    const server = await withServer();
    server.setHook((verb, args) => {
      if (verb !== 'APPEND') return undefined;
      if (args.startsWith('INBOX {1}')) return 'NO [LIMIT] Not today';
      return args.startsWith('INBOX {2}') ? 'drop' : 'drop-after';
    });
    const refused = await withClient(server);
    expect(await refused.run('APPEND INBOX {1+}\r\na')).toBe('x NO [LIMIT] Not today\r\n');
    refused.send('y APPEND INBOX {2+}\r\nab\r\n');
    await refused.closing();
    expect(server.account().find('INBOX')?.messages).toHaveLength(0);
    const dropped = await withClient(server);
    dropped.send('y APPEND INBOX {3+}\r\nabc\r\n');
    await dropped.closing();
    expect(server.account().find('INBOX')?.messages).toHaveLength(1);
  });

  test('neither the hook nor the log sees a password', async () => {
    const seen: string[] = [];
    const server = await withServer({
      onCommand: (verb, args, { userName }) => void seen.push(`${verb}|${args}|${userName}`),
    });
    const client = await RawClient.open(server.port);
    await client.run('LOGIN anna {6+}\r\ngeheim');
    await client.run('NOOP');
    await client.run('geheim geheim');
    expect(seen).toEqual(['LOGIN||null', 'NOOP||anna']);
    expect(server.log.verbs).toEqual(['LOGIN', 'NOOP', 'UNKNOWN']);
    client.end();
  });
});
