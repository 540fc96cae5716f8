import { afterEach, describe, expect, it } from 'vitest';
import { codeOf, type Command, type Script, scripted, type ScriptedServer } from './scripted-server.ts';

const servers: ScriptedServer[] = [];
async function open(script: Script) {
  const server = await scripted({ capabilities: 'NAMESPACE CREATE-SPECIAL-USE QUOTA', ...script });
  servers.push(server);
  const session = await server.open();
  const before = server.received.length;
  return { session, sent: () => server.received.slice(before).map((line) => line.replace(/^\S+ /, '')) };
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Lists a mailbox whenever it is asked for by a name that is among these. */
const lists =
  (...names: string[]) =>
  ({ args }: Command) => {
    const asked = /^"" (.*)$/s.exec(args)?.[1] ?? '';
    return names.includes(asked) ? `* LIST () "/" ${asked}\r\n$ OK done` : '$ OK done';
  };

describe('createMailbox', () => {
  it('creates with its special use, looks, subscribes, and gives the path', async () => {
    const { session, sent } = await open({ answers: { LIST: lists('"Entw&APw-rfe"') } });
    expect(await session.createMailbox('Entwürfe', { specialUse: 'drafts' })).toBe('Entwürfe');
    expect(sent()).toEqual([
      String.raw`CREATE "Entw&APw-rfe" (USE (\Drafts))`,
      'LIST "" "Entw&APw-rfe"',
      'SUBSCRIBE "Entw&APw-rfe"',
    ]);
  });

  it('does not subscribe when not wished', async () => {
    const { session, sent } = await open({ answers: { LIST: lists('"x"') } });
    await session.createMailbox('x', { subscribe: false });
    expect(sent()).toEqual(['CREATE "x"', 'LIST "" "x"']);
  });

  it('asks for no special use where the server cannot', async () => {
    const { session, sent } = await open({ capabilities: 'NAMESPACE', answers: { LIST: lists('"x"') } });
    await session.createMailbox('x', { specialUse: 'sent' });
    expect(sent()[0]).toBe('CREATE "x"');
  });

  it('creates without the use when the use is refused', async () => {
    const CREATE = ({ args }: Command) => (args.includes('USE') ? '$ NO [USEATTR] taken' : '$ OK done');
    const { session } = await open({ answers: { CREATE, LIST: lists('"x"') } });
    expect(await session.createMailbox('x', { specialUse: 'sent' })).toBe('x');
  });

  it.each(['$ NO [ALREADYEXISTS] exists', '$ NO Mailbox already exists'])(
    'a mailbox that is there is fine: %s',
    async (CREATE) => {
      const { session } = await open({ answers: { CREATE, LIST: lists('"x"') } });
      expect(await session.createMailbox('x')).toBe('x');
    },
  );

  it('OK for a mailbox that is not there afterwards is a refusal', async () => {
    const { session } = await open({ answers: { LIST: lists() } });
    await expect(session.createMailbox('dot.x')).rejects.toMatchObject({
      code: 'mailbox-refused',
      scope: 'mailbox',
      message: expect.stringContaining('not there') as string,
    });
  });

  it('a trailing delimiter is left out, as the server does, and told', async () => {
    const { session } = await open({ answers: { LIST: lists('"dir"') } });
    expect(await session.createMailbox('dir/')).toBe('dir');
  });

  it.each([
    ['dot.', '$ OK done'],
    ['dir/', '$ NO no'],
  ])('%s after %s is not taken for the mailbox without its last character', async (path, CREATE) => {
    const { session } = await open({ answers: { CREATE, LIST: lists('"dot"', '"dir"') } });
    expect(await codeOf(session.createMailbox(path))).toBe('mailbox-refused');
  });

  it('another spelling of the name, such as another Unicode form, is given back', async () => {
    const { session } = await open({ answers: { LIST: '* LIST () "/" "caf&AOk-"\r\n$ OK done' } });
    expect(await session.createMailbox('cafe\u0301')).toBe('café');
  });

  it('wildcards in a name find that very mailbox among the others they match', async () => {
    const LIST = ['* LIST () "/" "star"', '* LIST () "/" "s*r"', '$ OK done'].join('\r\n');
    const { session } = await open({ answers: { LIST } });
    expect(await session.createMailbox('s*r')).toBe('s*r');
    const other = await open({ answers: { LIST: '* LIST () "/" "star"\r\n$ OK done' } });
    expect(await codeOf(other.session.createMailbox('s*r'))).toBe('mailbox-refused');
  });

  it("a refusal is told with the mailbox's name and the server's reason", async () => {
    const { session } = await open({ answers: { CREATE: '$ NO [CANNOT] Name must not have a slash', LIST: lists() } });
    const refused = session.createMailbox('a/b');
    await expect(refused).rejects.toMatchObject({ code: 'mailbox-refused', scope: 'mailbox', retry: 'never' });
    await expect(refused).rejects.toThrow(/"a\/b".*must not have a slash/);
  });

  it('a full account is told as that', async () => {
    const { session } = await open({ answers: { CREATE: '$ NO [OVERQUOTA] full' } });
    expect(await codeOf(session.createMailbox('x'))).toBe('over-quota');
  });

  it('a mailbox that cannot hold messages is a refusal', async () => {
    const { session } = await open({ answers: { LIST: String.raw`* LIST (\Noselect) "/" "x"` + '\r\n$ OK done' } });
    await expect(session.createMailbox('x')).rejects.toMatchObject({
      code: 'mailbox-refused',
      message: expect.stringContaining('hold messages') as string,
    });
  });

  it('a refused subscription does not matter', async () => {
    const { session } = await open({ answers: { LIST: lists('"x"'), SUBSCRIBE: '$ NO no subscriptions' } });
    expect(await session.createMailbox('x')).toBe('x');
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
