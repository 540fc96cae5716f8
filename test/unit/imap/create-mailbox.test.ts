import { describe, expect, it } from 'vitest';
import { createMailbox } from '../../../electron/engine/imap/create-mailbox.ts';
import { WireConnection } from '../../../electron/engine/imap/wire/connection.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import { systemClock } from '../../../electron/node/clock.ts';
import type { SpecialUse } from '../../../shared/mailbox.ts';
import { codeOf, type Command, type Script, serve } from './scripted-server.ts';

async function open(script: Script) {
  const server = await serve({ capabilities: 'NAMESPACE CREATE-SPECIAL-USE QUOTA', ...script });
  const session = await server.open();
  const before = server.received.length;
  const create = (path: string, use: SpecialUse | null = null) => {
    const { names, capabilities } = session;
    const wire = new WireConnection(session.unbind(), { server: 'here', clock: systemClock, log: silentLog });
    return createMailbox({ wire, names, capabilities }, path, use).finally(() => wire.fail(new Error('over')));
  };
  return { session, create, sent: () => server.received.slice(before).map((line) => line.replace(/^\S+ /, '')) };
}

/** Lists a mailbox whenever it is asked for by a name that is among these. */
const lists =
  (...names: string[]) =>
  ({ args }: Command) => {
    const asked = /^"" (.*)$/s.exec(args)?.[1] ?? '';
    return names.includes(asked) ? `* LIST () "/" ${asked}\r\n$ OK done` : '$ OK done';
  };

describe('createMailbox', () => {
  it('creates with its special use, looks at once, and gives the path', async () => {
    const { create, sent } = await open({ answers: { LIST: lists('"Entw&APw-rfe"') } });
    expect(await create('Entwürfe', 'drafts')).toBe('Entwürfe');
    expect(sent()).toEqual([String.raw`CREATE "Entw&APw-rfe" (USE (\Drafts))`, 'LIST "" "Entw&APw-rfe"']);
  });

  it('asks for no special use where the server cannot', async () => {
    const { create, sent } = await open({ capabilities: 'NAMESPACE', answers: { LIST: lists('"x"') } });
    await create('x', 'sent');
    expect(sent()[0]).toBe('CREATE "x"');
  });

  it('creates without the use when the use is refused', async () => {
    const CREATE = ({ args }: Command) => (args.includes('USE') ? '$ NO [USEATTR] taken' : '$ OK done');
    const { create } = await open({ answers: { CREATE, LIST: lists('"x"') } });
    expect(await create('x', 'sent')).toBe('x');
  });

  it.each(['$ NO [ALREADYEXISTS] exists', '$ NO Mailbox already exists'])(
    'a mailbox that is there is fine: %s',
    async (CREATE) => {
      const { create } = await open({ answers: { CREATE, LIST: lists('"x"') } });
      expect(await create('x')).toBe('x');
    },
  );

  it('OK for a mailbox that is not there afterwards is a refusal', async () => {
    const { create } = await open({ answers: { LIST: lists() } });
    await expect(create('dot.x')).rejects.toMatchObject({
      code: 'mailbox-refused',
      scope: 'mailbox',
      message: expect.stringContaining('not there') as string,
    });
  });

  it('a trailing delimiter is left out, as the server does, and told', async () => {
    const { create } = await open({ answers: { LIST: lists('"dir"') } });
    expect(await create('dir/')).toBe('dir');
  });

  it.each([
    ['dot.', '$ OK done'],
    ['dir/', '$ NO no'],
  ])('%s after %s is not taken for the mailbox without its last character', async (path, CREATE) => {
    const { create } = await open({ answers: { CREATE, LIST: lists('"dot"', '"dir"') } });
    expect(await codeOf(create(path))).toBe('mailbox-refused');
  });

  it('another spelling of the name, such as another Unicode form, is given back', async () => {
    const { create } = await open({ answers: { LIST: '* LIST () "/" "caf&AOk-"\r\n$ OK done' } });
    expect(await create('cafe\u0301')).toBe('café');
  });

  it('wildcards in a name find that very mailbox among the others they match', async () => {
    const LIST = ['* LIST () "/" "star"', '* LIST () "/" "s*r"', '$ OK done'].join('\r\n');
    const { create } = await open({ answers: { LIST } });
    expect(await create('s*r')).toBe('s*r');
    const other = await open({ answers: { LIST: '* LIST () "/" "star"\r\n$ OK done' } });
    expect(await codeOf(other.create('s*r'))).toBe('mailbox-refused');
  });

  it("a refusal is told with the mailbox's name and the server's reason", async () => {
    const { create } = await open({ answers: { CREATE: '$ NO [CANNOT] Name must not have a slash', LIST: lists() } });
    const refused = create('a/b');
    await expect(refused).rejects.toMatchObject({ code: 'mailbox-refused', scope: 'mailbox', retry: 'never' });
    await expect(refused).rejects.toThrow(/"a\/b".*must not have a slash/);
  });

  it('a full account is told as that', async () => {
    const { create } = await open({ answers: { CREATE: '$ NO [OVERQUOTA] full' } });
    expect(await codeOf(create('x'))).toBe('over-quota');
  });

  it('a mailbox that cannot hold messages is a refusal', async () => {
    const { create } = await open({ answers: { LIST: String.raw`* LIST (\Noselect) "/" "x"` + '\r\n$ OK done' } });
    await expect(create('x')).rejects.toMatchObject({
      code: 'mailbox-refused',
      message: expect.stringContaining('hold messages') as string,
    });
  });
});

describe('quota', () => {
  it('is read in octets and messages', async () => {
    const GETQUOTAROOT =
      '* QUOTAROOT INBOX "User quota"\r\n* QUOTA "User quota" (STORAGE 10 1024 MESSAGE 7 100 X-OTHER 1 2)\r\n$ OK done';
    const { session } = await open({ answers: { GETQUOTAROOT } });
    expect(await session.quota()).toEqual([
      { root: 'User quota', resource: 'storage', used: 10_240, limit: 1_048_576 },
      { root: 'User quota', resource: 'message', used: 7, limit: 100 },
    ]);
  });

  it.each(['$ NO no quota', '* QUOTA "" (STORAGE x y)\r\n$ OK done', '* QUOTA NIL\r\n$ OK done'])(
    '%s tells nothing',
    async (GETQUOTAROOT) => {
      const { session } = await open({ answers: { GETQUOTAROOT } });
      expect(await session.quota()).toEqual([]);
    },
  );

  it('is not asked for where it is not offered', async () => {
    const { session, sent } = await open({ capabilities: 'NAMESPACE' });
    expect(await session.quota()).toEqual([]);
    expect(sent()).toEqual([]);
  });
});

describe('after the end', () => {
  it('an unbound session is data, and the socket carries on', async () => {
    const { session, sent } = await open({});
    const { readSocket, writeSocket, socket } = session.unbind();
    const answer = new Promise<string>((resolve) =>
      readSocket.once('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    readSocket.resume();
    writeSocket.write('x1 NOOP\r\n');
    expect(await answer).toBe('x1 OK done\r\n');
    expect(sent()).toEqual(['NOOP']);
    expect(session.serverName).not.toBe('');
    expect(await codeOf(session.scan())).toBe('internal');
    await session.logout();
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });
});
