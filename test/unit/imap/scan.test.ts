import { describe, expect, it } from 'vitest';
import { FULL, lines, scan } from './scan-kit.ts';
import { codeOf, type Command, serve } from './scripted-server.ts';

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
