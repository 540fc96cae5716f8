import { afterEach, describe, expect, it } from 'vitest';
import { codeOf, type Command, type Script, scripted, type ScriptedServer } from './scripted-server.ts';

const servers: ScriptedServer[] = [];
async function serve(script: Script): Promise<ScriptedServer> {
  const server = await scripted(script);
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const FULL = 'NAMESPACE LIST-EXTENDED LIST-STATUS SPECIAL-USE STATUS=SIZE CONDSTORE';
const lines = (...text: string[]) => [...text, '$ OK done'].join('\r\n');

async function scan(script: Script) {
  const server = await serve(script);
  const session = await server.open();
  const before = server.received.length;
  const mailboxes = await session.scan();
  const commands = server.received.slice(before).map((line) => line.replace(/^\S+ /, ''));
  return { session, mailboxes, commands };
}

describe('scan with LIST-STATUS', () => {
  it('takes one command for everything', async () => {
    const LIST = lines(
      String.raw`* LIST (\HasNoChildren \Subscribed) "/" INBOX`,
      '* STATUS INBOX (MESSAGES 3 UIDNEXT 12 UIDVALIDITY 7 UNSEEN 1 HIGHESTMODSEQ 99 SIZE 5000000000)',
      String.raw`* LIST (\Sent) "/" "Entw&APw-rfe"`,
      '* STATUS "Entw&APw-rfe" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 8 UNSEEN 0 HIGHESTMODSEQ 0 SIZE 0)',
      String.raw`* LIST (\NonExistent \HasChildren) "/" Old`,
    );
    const { mailboxes, commands } = await scan({ capabilities: FULL, answers: { LIST } });
    expect(commands).toEqual([
      'LIST "" "*" RETURN (SUBSCRIBED SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ SIZE))',
    ]);
    expect(mailboxes).toEqual([
      {
        path: 'INBOX',
        delimiter: '/',
        specialUse: 'inbox',
        selectable: true,
        subscribed: true,
        messages: 3,
        unseen: 1,
        uidValidity: 7,
        uidNext: 12,
        highestModSeq: '99',
        sizeBytes: 5_000_000_000,
        failure: null,
      },
      {
        path: 'Entwürfe',
        delimiter: '/',
        specialUse: 'sent',
        selectable: true,
        subscribed: false,
        messages: 0,
        unseen: 0,
        uidValidity: 8,
        uidNext: 1,
        highestModSeq: null,
        sizeBytes: 0,
        failure: null,
      },
      {
        path: 'Old',
        delimiter: '/',
        specialUse: null,
        selectable: false,
        subscribed: false,
        messages: 0,
        unseen: null,
        uidValidity: 0,
        uidNext: 0,
        highestModSeq: null,
        sizeBytes: null,
        failure: null,
      },
    ]);
  });

  it('asks again, by name, for a mailbox whose STATUS was left out, and keeps its error', async () => {
    const LIST = lines(
      '* LIST () "/" INBOX',
      '* STATUS INBOX (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3 UNSEEN 0)',
      '* LIST () "/" Broken',
    );
    const { mailboxes, commands } = await scan({
      capabilities: FULL,
      answers: { LIST, STATUS: '$ NO [SERVERBUG] index is corrupted' },
    });
    expect(commands[1]).toMatch(/^STATUS "Broken" /);
    expect(mailboxes[0]?.failure).toBeNull();
    expect(mailboxes[1]).toMatchObject({
      path: 'Broken',
      selectable: true,
      uidValidity: 0,
      failure: { scope: 'mailbox', code: 'server-refused' },
    });
    expect(mailboxes[1]?.failure?.message).toMatch(/"Broken".*index is corrupted/);
  });

  it('falls back to plain commands for good when RETURN is answered with BAD', async () => {
    const answers = {
      LIST: ({ args }: Command) => (args.includes('RETURN') ? '$ BAD what?' : lines('* LIST () "/" INBOX')),
      LSUB: lines('* LSUB () "/" INBOX'),
      STATUS: lines('* STATUS INBOX (MESSAGES 4 UIDNEXT 5 UIDVALIDITY 6 UNSEEN 0)'),
    };
    const server = await serve({ capabilities: FULL, answers });
    const session = await server.open();
    expect(await session.scan()).toMatchObject([{ path: 'INBOX', messages: 4 }]);
    const before = server.received.length;
    await session.scan();
    expect(server.received.slice(before).join('\n')).not.toContain('RETURN');
  });
});

describe('scan without LIST-STATUS', () => {
  it('asks for each mailbox, skips what holds no messages and takes subscriptions from LSUB', async () => {
    const answers = {
      LIST: lines(
        String.raw`* LIST (\Noselect) "." Folders`,
        '* LIST () "." INBOX',
        '* LIST () "." "INBOX.Gesendete Objekte"',
      ),
      LSUB: lines('* LSUB () "." "INBOX.Gesendete Objekte"', '* LSUB () "." Gone'),
      STATUS: ({ args }: Command) =>
        lines(`* STATUS ${args.replace(/ \(.*/, '')} (MESSAGES 4 UIDNEXT 5 UIDVALIDITY 6 UNSEEN 0)`),
    };
    const { mailboxes, commands } = await scan({ capabilities: 'NAMESPACE', answers });
    expect(commands.map((line) => line.split(' ')[0])).toEqual(['LIST', 'LSUB', 'STATUS', 'STATUS']);
    expect(commands[2]).toBe('STATUS "INBOX" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)');
    expect(mailboxes).toMatchObject([
      { path: 'Folders', selectable: false, subscribed: false },
      { path: 'INBOX', subscribed: true, messages: 4, highestModSeq: null, sizeBytes: null },
      { path: 'INBOX.Gesendete Objekte', subscribed: true, specialUse: 'sent', delimiter: '.' },
    ]);
  });

  it('LSUB refused means that every mailbox counts as subscribed', async () => {
    const answers = {
      LIST: lines('* LIST () "/" a'),
      LSUB: '$ BAD unknown command',
      STATUS: lines('* STATUS a (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0)'),
    };
    expect((await scan({ capabilities: 'NAMESPACE', answers })).mailboxes).toMatchObject([
      { path: 'a', subscribed: true },
    ]);
  });

  it('XLIST is used where it is all there is', async () => {
    const answers = {
      XLIST: lines(
        String.raw`* XLIST (\Inbox) "/" "Posteingang"`,
        String.raw`* XLIST (\AllMail) "/" "[Gmail]/Alle"`,
        String.raw`* XLIST (\Starred) "/" "[Gmail]/Stern"`,
      ),
      LSUB: lines(),
      STATUS: lines('* STATUS x (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 1 UNSEEN 0)'),
    };
    const { mailboxes } = await scan({ capabilities: 'NAMESPACE XLIST', answers });
    expect(mailboxes.map((m) => m.specialUse)).toEqual(['inbox', 'all', 'flagged']);
  });

  it('a throttled STATUS ends the scan: the rest would fare no better', async () => {
    const answers = {
      LIST: lines('* LIST () "/" a', '* LIST () "/" b'),
      LSUB: lines(),
      STATUS: '$ NO [THROTTLED] slow down',
    };
    const session = await (await serve({ capabilities: 'NAMESPACE', answers })).open();
    expect(await codeOf(session.scan())).toBe('server-throttled');
  });

  it('the pause that Exchange asks for is told at once, not sat out', async () => {
    const LIST = '$ BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds';
    const session = await (await serve({ capabilities: 'NAMESPACE', answers: { LIST } })).open();
    await expect(session.scan()).rejects.toMatchObject({
      code: 'server-throttled',
      retry: 'later',
      details: { backoffMs: 92_415 },
    });
  }, 5_000);

  it('twenty thousand mailboxes are no trouble', async () => {
    const many = Array.from(
      { length: 20_000 },
      (_, i) => `* LIST () "/" box${i}\r\n* STATUS box${i} (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3 UNSEEN 0)`,
    );
    const { mailboxes } = await scan({ capabilities: FULL, answers: { LIST: lines(...many) } });
    expect(mailboxes).toHaveLength(20_000);
    expect(mailboxes.at(-1)).toMatchObject({ path: 'box19999', uidValidity: 3 });
  }, 20_000);

  it('a refused LIST is an error, not an empty account', async () => {
    const session = await (await serve({ capabilities: 'NAMESPACE', answers: { LIST: '$ NO not today' } })).open();
    expect(await codeOf(session.scan())).toBe('server-refused');
  });

  it('an answer that never comes for one mailbox is told for that mailbox', async () => {
    const answers = { LIST: lines('* LIST () "/" a'), LSUB: lines(), STATUS: lines() };
    const { mailboxes } = await scan({ capabilities: 'NAMESPACE', answers });
    expect(mailboxes[0]?.failure?.message).toContain('answered nothing');
  });
});

describe('odd and hostile listings', () => {
  const status = (name: string, n: number) =>
    `* STATUS ${name} (MESSAGES ${n} UIDNEXT ${n + 1} UIDVALIDITY 1 UNSEEN 0)`;

  it('8-bit names are asked for with the very octets that were listed', async () => {
    const seen: string[] = [];
    const answers = {
      LIST: lines(
        '* LIST () "/" "caf\xe9"',
        '* LIST () "/" "Entw\xc3\xbcrfe"',
        '* LIST () "/" "a&b"',
        '* LIST () "/" "a&-b"',
        '* LIST () "/" {4}\r\nlit!',
      ),
      LSUB: lines(),
      STATUS: ({ args }: Command) => {
        seen.push(args);
        return lines(status('x', seen.length));
      },
    };
    const { mailboxes, session } = await scan({ capabilities: 'NAMESPACE', answers });
    expect(seen.map((args) => args.replace(/ \(.*/s, ''))).toEqual([
      '{4}\r\ncaf\xe9',
      '"Entw\xc3\xbcrfe"',
      '"a&b"',
      '"a&-b"',
      '"lit!"',
    ]);
    expect(mailboxes.map((m) => m.messages)).toEqual([1, 2, 3, 4, 5]);
    expect(mailboxes.map((m) => session.names.wireName(m.path))).toEqual([
      '"caf\xe9"',
      '"Entw\xc3\xbcrfe"',
      '"a&b"',
      '"a&-b"',
      '"lit!"',
    ]);
    expect(mailboxes[1]?.path).toBe('Entwürfe');
    expect(mailboxes[3]?.path).toBe('a&b');
  });

  it('inbox in any case is one mailbox, and a name listed twice is one as well', async () => {
    const LIST = lines(
      '* LIST () "/" Inbox',
      String.raw`* LIST (\Sent) "/" x`,
      '* LIST () "/" "x"',
      '* LIST () "/" iNBOX',
      status('inbox', 5),
      status('x', 6),
    );
    const { mailboxes, commands } = await scan({ capabilities: FULL, answers: { LIST } });
    expect(commands).toHaveLength(1);
    expect(mailboxes).toMatchObject([
      { path: 'INBOX', messages: 5, specialUse: 'inbox' },
      { path: 'x', messages: 6, specialUse: 'sent' },
    ]);
  });

  it('numbers that cannot be are unknown', async () => {
    const LIST = lines(
      '* LIST () "/" x',
      '* STATUS x (MESSAGES 4294967296 UIDNEXT 0 UIDVALIDITY 99999999999 UNSEEN 5 SIZE 99999999999999999999)',
    );
    const { mailboxes } = await scan({ capabilities: FULL, answers: { LIST } });
    expect(mailboxes[0]).toMatchObject({ messages: 0, uidNext: 0, uidValidity: 0, sizeBytes: null });
  });

  it('a line that cannot be read is shown as a mailbox with its failure, not dropped', async () => {
    const LIST = lines('* LIST () "/" x', status('x', 1), '* LIST nonsense \x1b[2J');
    const { mailboxes } = await scan({ capabilities: FULL, answers: { LIST } });
    expect(mailboxes[1]).toMatchObject({ selectable: false, failure: { code: 'protocol-error', scope: 'mailbox' } });
    expect(mailboxes[1]?.failure?.message).toContain('nonsense');
    expect(mailboxes[1]?.failure?.message).not.toContain('\x1b');
  });

  it('a name too long for a command is shown with its failure and never sent', async () => {
    const long = 'n'.repeat(20_000);
    const LIST = lines(`* LIST () "/" "${long}"`, `* LIST () "/" "${long}2"`);
    const { mailboxes, commands } = await scan({ capabilities: FULL, answers: { LIST } });
    expect(commands).toHaveLength(1);
    expect(mailboxes.map((m) => m.failure?.code)).toEqual(['protocol-error', 'protocol-error']);
    expect(mailboxes[0]?.path).not.toBe(mailboxes[1]?.path);
    expect(mailboxes[0]?.path.length).toBeLessThan(300);
  });

  it('a listing without end is cut off', async () => {
    const answers = {
      LIST: (_: Command, { socket }: { socket: NodeJS.WritableStream & { destroyed: boolean } }) => {
        let n = 0;
        const more = () => {
          while (
            !socket.destroyed &&
            socket.write(Array.from({ length: 500 }, () => `* LIST () "/" m${n++}\r\n`).join(''))
          );
        };
        socket.on('drain', more);
        more();
        return null;
      },
    };
    const session = await (await serve({ capabilities: FULL, answers })).open();
    await expect(session.scan()).rejects.toMatchObject({
      code: 'protocol-error',
      message: expect.stringContaining('100,000') as string,
    });
  });

  it('the personal name space and its prefix are told', async () => {
    const NAMESPACE = '* NAMESPACE (("INBOX." ".")) NIL (("shared." "."))\r\n$ OK done';
    const LIST = lines(
      '* LIST () "." INBOX',
      status('INBOX', 0),
      '* LIST () "." shared.team',
      status('shared.team', 1),
    );
    const { session, mailboxes } = await scan({ capabilities: FULL, answers: { NAMESPACE, LIST } });
    expect(session.namespace).toEqual({ prefix: 'INBOX.', delimiter: '.' });
    expect(mailboxes.map((m) => m.path)).toEqual(['INBOX', 'shared.team']);
  });

  it('with UTF8=ACCEPT names are read and written as UTF-8', async () => {
    const utf8 = Buffer.from('Entwürfe', 'utf8').toString('latin1');
    const LIST = lines(`* LIST () "/" "${utf8}"`, status(`"${utf8}"`, 2), '* LIST () "/" "a&b"', status('"a&b"', 3));
    const ENABLE = '* ENABLED UTF8=ACCEPT\r\n$ OK done';
    const { session, mailboxes } = await scan({
      capabilities: `${FULL} ENABLE UTF8=ACCEPT`,
      answers: { LIST, ENABLE },
    });
    expect(mailboxes.map((m) => [m.path, m.messages])).toEqual([
      ['Entwürfe', 2],
      ['a&b', 3],
    ]);
    expect(session.names.wireName('Entwürfe')).toBe(`"${utf8}"`);
  });
});
