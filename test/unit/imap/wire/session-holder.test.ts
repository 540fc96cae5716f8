import { expect, test } from 'vitest';
import { EngineError } from '../../../../electron/engine/errors.ts';
import { MailboxNames } from '../../../../electron/engine/imap/names.ts';
import { SessionHolder } from '../../../../electron/engine/imap/session-holder.ts';
import type { Session } from '../../../../electron/engine/imap/session-types.ts';

/** Sessions that do nothing but count. */
function holding() {
  const opened: Session[] = [];
  const ended: Session[] = [];
  const holder = new SessionHolder(async () => {
    const session = { names: new MailboxNames(false) } as Session;
    session.logout = async () => void ended.push(session);
    opened.push(session);
    return session;
  });
  return { holder, opened, ended };
}

test('the session used for scanning is the one that a lane takes over', async () => {
  const { holder, opened } = holding();
  const used = await holder.use(async (session) => session);
  const taken = await holder.take();
  expect(taken.session).toBe(used);
  expect(opened).toHaveLength(1);
});

test('the next use after that signs in anew, and names learned before stay known', async () => {
  const { holder, opened } = holding();
  await holder.use(async ({ names }) => names.learn('odd', 'od&d'));
  await holder.take();
  await holder.use(async () => undefined);
  expect(opened).toHaveLength(2);
  expect((await holder.take()).names.octets('odd')).toBe('od&d');
});

test('uses follow one another', async () => {
  const { holder, opened } = holding();
  const order: string[] = [];
  const use = (name: string) =>
    holder.use(async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`${name} ends`);
    });
  await Promise.all([use('a'), use('b')]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  expect(opened).toHaveLength(1);
});

test('a session is given up after a failure of the line, and kept after a refusal', async () => {
  const { holder, opened, ended } = holding();
  const fail = (error: Error) => holder.use(() => Promise.reject(error)).catch(() => undefined);
  await fail(new EngineError('mailbox-refused', 'no', { scope: 'mailbox' }));
  await holder.use(async () => undefined);
  expect([opened.length, ended.length]).toEqual([1, 0]);
  await fail(new EngineError('connection-lost', 'gone', { scope: 'account' }));
  await holder.use(async () => undefined);
  expect([opened.length, ended.length]).toEqual([2, 1]);
});

test('closing ends the idle session and refuses another', async () => {
  const { holder, ended } = holding();
  await holder.use(async () => undefined);
  await holder.close();
  expect(ended).toHaveLength(1);
  await expect(holder.take()).rejects.toMatchObject({ code: 'internal' });
});
