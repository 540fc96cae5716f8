import { describe, expect, test } from 'vitest';
import { CAPABILITY_NAMES } from '../../../electron/demo/server/options.ts';
import type { DemoServer } from '../../../electron/demo/server/options.ts';
import { RawClient } from './raw-client.ts';
import { SOME_DATE, message, withClient, withServer } from './with-server.ts';

function fill(server: DemoServer, count: number, flags: string[] = []): void {
  const inbox = server.account().ensure(['INBOX']);
  for (let i = 1; i <= count; i++) inbox.append({ raw: message(`Nr ${i}`), flags, internalDate: SOME_DATE });
}

describe('signing in', () => {
  test('PLAIN works with and without an initial response; a wrong password does not', async () => {
    const server = await withServer();
    const plain = Buffer.from('\0anna\0geheim').toString('base64');
    const early = await RawClient.open(server.port);
    expect(await early.run(`AUTHENTICATE PLAIN ${plain}`)).toMatch(/^x OK/);
    const late = await RawClient.open(server.port);
    late.send('x AUTHENTICATE PLAIN\r\n');
    await late.until(/\+ \r\n/);
    late.send(`${plain}\r\n`);
    expect(await late.reply('x')).toMatch(/^x OK/);
    const wrong = await RawClient.open(server.port);
    expect(await wrong.run('LOGIN anna falsch')).toMatch(/^x NO \[AUTHENTICATIONFAILED\]/);
    expect(await wrong.run('SELECT INBOX')).toMatch(/^x BAD/);
    for (const client of [early, late, wrong]) client.end();
  });

  test.each(CAPABILITY_NAMES)('%s can be switched off', async (name) => {
    const offered = await withServer();
    const reduced = await withServer({ capabilities: { [name]: false } });
    const before = async (port: number): Promise<string> => {
      const client = await RawClient.open(port);
      const lists = (await client.run('CAPABILITY')) + (await client.run('LOGIN anna geheim'));
      client.end();
      return `${lists.replace(/[\]\r\n]/g, ' ')} `;
    };
    expect(await before(offered.port)).toContain(` ${name} `);
    expect(await before(reduced.port)).not.toContain(` ${name} `);
  });
});

describe('mailboxes', () => {
  test('LIST matches * across levels and % within one', async () => {
    const server = await withServer();
    for (const path of [['A'], ['A', 'B'], ['A', 'B', 'C'], ['D']]) server.account().ensure(path);
    const client = await withClient(server);
    const names = async (pattern: string): Promise<string[]> =>
      [...(await client.run(`LIST ${pattern}`)).matchAll(/"\/" "(.*)"\r\n/g)].map((m) => m[1] ?? '');
    expect(await names('"" *')).toEqual(['INBOX', 'A', 'A/B', 'A/B/C', 'D']);
    expect(await names('"" %')).toEqual(['INBOX', 'A', 'D']);
    expect(await names('"A/" %')).toEqual(['A/B']);
    expect(await names('"" A*C')).toEqual(['A/B/C']);
    expect(await names('"" inbox')).toEqual(['INBOX']);
    expect(await names('"" (D A/%)')).toEqual(['A/B', 'D']);
    expect(await names('"" "*a*a*a*a*a*a*a*a*a*a*a*b"')).toEqual([]);
  });

  test('LIST tells status, special use, children and subscriptions in one answer', async () => {
    const server = await withServer({ uidValidityStart: 7 });
    server.account().ensure(['Gesendet'], { specialUse: ['\\Sent'], subscribed: true });
    fill(server, 3);
    const client = await withClient(server);
    const returns =
      'RETURN (SPECIAL-USE SUBSCRIBED CHILDREN STATUS (MESSAGES UIDVALIDITY UIDNEXT UNSEEN SIZE HIGHESTMODSEQ))';
    const answer = await client.run(`LIST "" "*" ${returns}`);
    expect(answer).toContain('* LIST (\\HasNoChildren \\Sent \\Subscribed) "/" "Gesendet"\r\n');
    const size = 3 * message('Nr 1').length;
    expect(answer).toContain(
      `* STATUS "INBOX" (MESSAGES 3 UIDVALIDITY 7 UIDNEXT 4 UNSEEN 3 SIZE ${size} HIGHESTMODSEQ 4)\r\n`,
    );
    expect(await client.run('LIST (SPECIAL-USE) "" *')).not.toContain('INBOX');
    expect(await client.run('LIST (SUBSCRIBED) "" *')).toContain('"Gesendet"');
  });

  test('names travel as modified UTF-7 and other spellings are refused', async () => {
    const server = await withServer();
    const client = await withClient(server);
    await client.run('CREATE "Entw&APw-rfe/A &- B/&2D3ckA-"');
    expect(server.account().find('Entwürfe/A & B/💐')?.selectable).toBe(true);
    expect(await client.run('LIST "" "*"')).toContain('"Entw&APw-rfe/A &- B/&2D3ckA-"');
    for (const bad of ['"a&b"', '"&AGE-"', '"Entw\xfcrfe"', '"&APw"']) {
      expect(await client.run(`CREATE ${bad}`), bad).toMatch(/^x NO/);
    }
  });

  test('a deleted mailbox with children stays as a level; made again it has another UIDVALIDITY', async () => {
    const server = await withServer();
    const client = await withClient(server);
    await client.run('CREATE A/B');
    expect(await client.run('LIST "" A')).toContain('(\\Noselect \\HasChildren)');
    await client.run('CREATE A');
    const first = server.account().find('A')?.uidValidity;
    expect(await client.run('DELETE A')).toMatch(/^x OK/);
    expect(await client.run('SELECT A')).toMatch(/^x NO \[NONEXISTENT\]/);
    expect(await client.run('DELETE A')).toMatch(/^x NO/);
    await client.run('CREATE A');
    expect(server.account().find('A')?.uidValidity).toBeGreaterThan(first ?? Infinity);
  });

  test('RENAME takes children along, and empties INBOX into a new mailbox', async () => {
    const server = await withServer();
    fill(server, 2);
    const client = await withClient(server);
    await client.run('CREATE A/B');
    expect(await client.run('RENAME A X/Y')).toMatch(/^x OK/);
    expect(server.account().mailboxes.map((m) => m.path)).toEqual(['INBOX', 'X', 'X/Y', 'X/Y/B']);
    expect(await client.run('RENAME X X/Z')).toMatch(/^x NO/);
    expect(await client.run('RENAME INBOX Alt')).toMatch(/^x OK/);
    expect(server.account().mailboxes.map((m) => [m.path, m.messages.length])).toContainEqual(['Alt', 2]);
    expect(server.account().find('inbox')?.messages).toEqual([]);
  });

  test('a namespace prefix and another delimiter are told and required', async () => {
    const server = await withServer({ delimiter: '.', namespacePrefix: 'INBOX.' });
    server.account().ensure(['Archiv', '2019'], { subscribed: true });
    const client = await withClient(server);
    expect(await client.run('NAMESPACE')).toContain('* NAMESPACE (("INBOX." ".")) NIL NIL');
    expect(await client.run('LIST "" *')).toContain('"." "INBOX.Archiv.2019"');
    expect(await client.run('CREATE Neu')).toMatch(/^x NO \[CANNOT\]/);
    expect(await client.run('CREATE inbox.Neu')).toMatch(/^x OK/);
    expect(await client.run('LSUB "" "INBOX.%"')).toContain('* LSUB (\\Noselect) "." "INBOX.Archiv"');
  });

  test('CREATE gives a special use once', async () => {
    const client = await withClient(await withServer());
    expect(await client.run('CREATE Weg (USE (\\Trash))')).toMatch(/^x OK/);
    expect(await client.run('CREATE Weg2 (USE (\\Trash))')).toMatch(/^x NO \[USEATTR\]/);
    expect(await client.run('CREATE Weg3 (USE (\\Quatsch))')).toMatch(/^x NO \[USEATTR\]/);
    expect(await client.run('LIST "" Weg')).toContain('\\Trash');
  });
});

describe('messages', () => {
  test('SEARCH finds by flags, dates, sizes, text and sets', async () => {
    const server = await withServer();
    const inbox = server.account().ensure(['INBOX']);
    const dates = ['31-Dec-2019 23:30:00 -0500', ' 1-Jan-2020 00:10:00 +0100', ' 2-Jan-2020 12:00:00 +0000'];
    dates.forEach((internalDate, i) =>
      inbox.append({
        raw: message(i === 1 ? '=?utf-8?q?Gr=C3=BC=C3=9Fe?=' : 'x', 'y'.repeat(i)),
        flags: i ? ['\\Seen', 'Neu'] : [],
        internalDate,
      }),
    );
    const client = await withClient(server);
    await client.run('SELECT INBOX');
    const found = async (keys: string): Promise<string> =>
      /\* SEARCH ?(.*)\r\n/.exec(await client.run(`SEARCH ${keys}`))?.[1] ?? 'nothing';
    expect(await found('ALL')).toBe('1 2 3');
    expect(await found('SINCE 1-Jan-2020')).toBe('2 3');
    expect(await found('BEFORE 1-Jan-2020')).toBe('1');
    expect(await found('ON 2-Jan-2020')).toBe('3');
    expect(await found('UNSEEN')).toBe('1');
    expect(await found('KEYWORD neu NOT 3')).toBe('2');
    expect(await found('OR UID 1 UID 3:*')).toBe('1 3');
    expect(await found('CHARSET UTF-8 SUBJECT {7+}\r\nGr\xc3\xbc\xc3\x9fe')).toBe('2');
    expect(await found(`(LARGER ${message('x').length} SEEN) UNSEEN`)).toBe('');
    expect(await client.run('UID SEARCH RETURN (MIN MAX COUNT ALL) SEEN')).toContain(
      '* ESEARCH (TAG "x") UID MIN 2 MAX 3 COUNT 2 ALL 2:3\r\n',
    );
    expect(await client.run('SEARCH MODSEQ 3')).toContain('* SEARCH 2 3 (MODSEQ 4)');
  });

  test('FETCH gives sections and partials as they stand in the message', async () => {
    const server = await withServer();
    const raw = Buffer.from(
      'Subject: a\r\nX-Fold: one\r\n two\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\npre\r\n--b\r\n\r\nfirst\r\n--b\r\n' +
        'Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninside\r\n--b--\r\n',
    );
    server.account().ensure(['INBOX']).append({ raw, flags: [], internalDate: SOME_DATE });
    const client = await withClient(server);
    await client.run('SELECT INBOX');
    const part = async (item: string): Promise<string | undefined> =>
      /\{\d+\}\r\n(.*)\)\r\nx OK/s.exec(await client.run(`FETCH 1 ${item}`))?.[1];
    expect(await part('BODY.PEEK[]')).toBe(raw.toString());
    expect(await part('BODY.PEEK[]<5.12>')).toBe(raw.toString().slice(5, 17));
    expect(await part('BODY.PEEK[]<9999.5>')).toBe('');
    expect(await part('BODY.PEEK[HEADER.FIELDS (x-fold)]')).toBe('X-Fold: one\r\n two\r\n\r\n');
    expect(await part('BODY.PEEK[1]')).toBe('first');
    expect(await part('BODY.PEEK[2.HEADER]')).toBe('Subject: inner\r\n\r\n');
    expect(await part('BODY.PEEK[2.1]')).toBe('inside');
    expect(await part('BODY.PEEK[2.MIME]')).toBe('Content-Type: message/rfc822\r\n\r\n');
    expect(await client.run('FETCH 1 BODY.PEEK[3]')).toContain('BODY[3] NIL');
    expect(await client.run('FETCH 1 FLAGS')).toContain('FLAGS ()');
    expect(await client.run('FETCH 1 BODY[TEXT]')).toContain('FLAGS (\\Seen)');
  });

  test('CHANGEDSINCE gives what changed, and STORE refuses what changed meanwhile', async () => {
    const server = await withServer();
    fill(server, 4);
    const client = await withClient(server);
    expect(await client.run('SELECT INBOX (CONDSTORE)')).toContain('[HIGHESTMODSEQ 5]');
    expect(await client.run('STORE 2 +FLAGS (\\Flagged wichtig)')).toContain(
      '* 2 FETCH (FLAGS (\\Flagged wichtig) MODSEQ (6))',
    );
    const changed = await client.run('UID FETCH 1:* (FLAGS) (CHANGEDSINCE 5)');
    expect(changed.match(/^\* .*\r\n/gm)).toEqual(['* 2 FETCH (UID 2 FLAGS (\\Flagged wichtig) MODSEQ (6))\r\n']);
    expect(await client.run('UID STORE 1:3 (UNCHANGEDSINCE 5) +FLAGS.SILENT (\\Seen)')).toContain('x OK [MODIFIED 2]');
    expect(server.account().find('INBOX')?.messages[1]?.flags).toEqual(['\\Flagged', 'wichtig']);
    await client.run('STORE 2 -FLAGS (WICHTIG)');
    expect(server.account().find('INBOX')?.messages[1]?.flags).toEqual(['\\Flagged']);
  });

  test('COPY and MOVE keep flags and dates and tell the new UIDs', async () => {
    const server = await withServer({ uidValidityStart: 50 });
    fill(server, 4, ['\\Answered', 'Privat']);
    const client = await withClient(server);
    await client.run('CREATE Ziel');
    await client.run('SELECT INBOX');
    expect(await client.run('COPY 2,4 Ziel')).toContain('[COPYUID 51 2,4 1:2]');
    expect(await client.run('UID MOVE 1 Ziel')).toMatch(/^\* OK \[COPYUID 51 1 3\].*\r\n\* 1 EXPUNGE\r\nx OK/);
    const target = server.account().find('Ziel')?.messages ?? [];
    expect(target.map((m) => [m.flags, m.internalDate])).toEqual(
      target.map(() => [['\\Answered', 'Privat'], SOME_DATE]),
    );
    expect(await client.run('COPY 1 Nirgends')).toMatch(/^x NO \[TRYCREATE\]/);
  });

  test('other sessions hear of removals when their numbers may move, never during FETCH', async () => {
    const server = await withServer();
    fill(server, 5);
    const watcher = await withClient(server);
    const actor = await withClient(server);
    await watcher.run('SELECT INBOX');
    await actor.run('SELECT INBOX');
    await actor.run('STORE 2,4 +FLAGS.SILENT (\\Deleted)');
    expect(await actor.run('UID EXPUNGE 4:5')).toBe('* 4 EXPUNGE\r\nx OK EXPUNGE done\r\n');
    expect(await actor.run('EXPUNGE')).toBe('* 2 EXPUNGE\r\nx OK EXPUNGE done\r\n');
    await actor.run('APPEND INBOX {1+}\r\nx');
    const fetched = await watcher.run('FETCH 5 UID');
    expect(fetched).toContain('* 5 FETCH (UID 5)');
    expect(fetched).not.toContain('EXPUNGE');
    expect(await watcher.run('NOOP')).toContain('* 4 EXPUNGE\r\n* 2 EXPUNGE\r\n');
    expect(await watcher.run('UID FETCH 1:* UID')).toContain('* 4 FETCH (UID 6)');
  });

  test('EXAMINE changes nothing', async () => {
    const server = await withServer();
    fill(server, 1);
    const client = await withClient(server);
    expect(await client.run('EXAMINE INBOX')).toContain('x OK [READ-ONLY]');
    await client.run('FETCH 1 BODY[]');
    expect(await client.run('STORE 1 FLAGS (\\Seen)')).toMatch(/^x NO \[READ-ONLY\]/);
    expect(await client.run('EXPUNGE')).toMatch(/^x NO/);
    await client.run('CLOSE');
    expect(server.account().find('INBOX')?.messages[0]?.flags).toEqual([]);
  });

  test('renumbered messages are the same under new UIDs', async () => {
    const server = await withServer({ uidValidityStart: 1 });
    fill(server, 3, ['\\Seen']);
    const inbox = server.account().ensure(['INBOX']);
    const before = inbox.messages.map((m) => m.raw);
    inbox.renumber(99, 1000);
    expect(inbox.messages.map((m) => m.uid)).toEqual([1000, 1001, 1002]);
    expect(inbox.messages.map((m) => m.raw)).toEqual(before);
    const client = await withClient(server);
    expect(await client.run('STATUS INBOX (UIDVALIDITY UIDNEXT)')).toContain('(UIDVALIDITY 99 UIDNEXT 1003)');
  });
});
