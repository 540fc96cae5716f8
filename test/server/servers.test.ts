/** The real servers themselves: that they start and end cleanly, and what they do to nasty mail (see habits.ts). */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RawImap } from '../helpers/imap-raw.ts';
import { nastyMailboxes } from '../helpers/nasty-mailboxes.ts';
import { nastyMessages } from '../helpers/nasty-messages.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { startCourier } from '../helpers/servers/courier.ts';
import { startCyrus } from '../helpers/servers/cyrus.ts';
import { startDovecot } from '../helpers/servers/dovecot.ts';
import * as habits from '../helpers/servers/habits.ts';
import { observeMailboxes, observeMessages } from '../helpers/servers/observe.ts';
import { courier, cyrus, dovecot } from '../helpers/servers/pool.ts';
import { canConnect } from '../helpers/servers/process.ts';
import { aliveOf, descendantsOf } from '../helpers/servers/proc.ts';
import type { ServerKind, TestServer } from '../helpers/servers/server.ts';

interface Case {
  title: string;
  kind: ServerKind;
  get: () => Promise<TestServer>;
  start: () => Promise<TestServer>;
  habits: habits.Habits;
}

const unixCyrus = { altNamespace: true, unixSeparator: true, munge8bit: false };
const cases: Case[] = [
  {
    title: 'Dovecot with maildir',
    kind: 'dovecot',
    get: () => dovecot({ format: 'maildir' }),
    start: () => startDovecot({ format: 'maildir' }),
    habits: habits.dovecotMaildir,
  },
  {
    title: 'Dovecot with mdbox',
    kind: 'dovecot',
    get: () => dovecot({ format: 'mdbox' }),
    start: () => startDovecot({ format: 'mdbox' }),
    habits: habits.dovecotMdbox,
  },
  { title: 'Cyrus', kind: 'cyrus', get: () => cyrus(), start: () => startCyrus(), habits: habits.cyrus },
  {
    title: 'Cyrus with slashes and 8-bit headers',
    kind: 'cyrus',
    get: () => cyrus(unixCyrus),
    start: () => startCyrus(unixCyrus),
    habits: habits.cyrusUnixSeparator,
  },
  {
    title: 'Cyrus that rejects 8-bit headers',
    kind: 'cyrus',
    get: () => cyrus({ reject8bit: true }),
    start: () => startCyrus({ reject8bit: true }),
    habits: habits.cyrusRejecting,
  },
  { title: 'Courier', kind: 'courier', get: () => courier(), start: () => startCourier(), habits: habits.courier },
];

for (const { title, kind, get, start, habits: expected } of cases) {
  describeWith([kind, 'openssl'], title, () => {
    test('lets a fresh user into an empty INBOX and refuses a wrong password', async () => {
      const server = await get();
      const user = await server.user();
      const imap = await RawImap.signIn(server, user);
      expect((await imap.select('INBOX')).exists).toBe(0);
      await imap.close();
      await expect(RawImap.signIn(server, { ...user, password: 'wrong' })).rejects.toThrow('LOGIN: NO');
    });

    test('serves every nasty message as it was sent, but for those in its table', async () => {
      const server = await get();
      const seen = await observeMessages(server, await server.user(), nastyMessages());
      expect([...seen.refused.keys()].sort()).toEqual([...expected.refuses].sort());
      expect(Object.fromEntries(seen.altered)).toEqual(expected.alters);
      expect(Object.fromEntries(seen.flags)).toEqual(expected.flags);
      expect([...seen.dates.keys()].sort()).toEqual([...expected.dates].sort());
      expect(seen.served.size).toBe(nastyMessages().length - expected.refuses.length);
    });

    test('makes and lists every nasty mailbox name, but for those in its table', async () => {
      const server = await get();
      const seen = await observeMailboxes(server, await server.user(), nastyMailboxes());
      expect([...seen.keys()].sort()).toEqual([...expected.mailboxes].sort());
    });

    test('starts in under three seconds and leaves no process, port or folder behind', async () => {
      const begun = performance.now();
      const server = await start();
      expect(performance.now() - begun).toBeLessThan(3_000);
      const imap = await RawImap.signIn(server, await server.user());
      const family = [server.pid, ...descendantsOf(server.pid)];
      expect(family.length).toBeGreaterThan(1);
      await server.stop();
      imap.destroy();
      // The kernel ends what was in a namespace a moment after its first process.
      await expect.poll(() => aliveOf(family), { timeout: 10_000 }).toEqual([]);
      expect(await canConnect(server.port)).toBe(false);
      expect(existsSync(server.folder)).toBe(false);
    });
  });
}
