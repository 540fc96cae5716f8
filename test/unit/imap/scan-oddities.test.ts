import { describe, expect, it } from 'vitest';
import { FULL, lines, scan } from './scan-kit.ts';
import { type Command, serve } from './scripted-server.ts';

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
