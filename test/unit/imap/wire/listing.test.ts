import { afterEach, describe, expect, test } from 'vitest';
import { ImapSourceLane } from '../../../../electron/engine/imap/imap-source-lane.ts';
import { digestHeader } from '../../../../electron/engine/message/digest.ts';
import { silentLog } from '../../../../electron/engine/ports.ts';
import { mailbox } from './collect-messages.ts';
import { literal } from './record-events.ts';
import { startStage, type Peer, type Stage } from './scripted-server.ts';

const OPENED =
  '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 10] ok\r\n* OK [HIGHESTMODSEQ 99] ok\r\n* OK [PERMANENTFLAGS ()] no\r\n';

let stage: Stage;
afterEach(() => stage.stop());

async function lane(script: (peer: Peer) => Promise<void>, capabilities: string[] = [], noopBeforeList = false) {
  stage = await startStage(script);
  const parts = { wire: stage.wire, names: stage.names, capabilities: new Set(capabilities), log: silentLog };
  return new ImapSourceLane({ ...parts, noopBeforeList });
}

describe('list', () => {
  test('gives the UIDs in ascending order with the state of the mailbox', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer('EXAMINE "INBOX"', OPENED);
      await peer.answer('UID SEARCH ALL', '* SEARCH 9 2\r\n* SEARCH 4 2\r\n');
    });
    const listing = await reader.list(mailbox(), {});
    expect(listing).toMatchObject({
      uidValidity: 7,
      uidNext: 10,
      highestModSeq: '99',
      inScope: null,
      flags: null,
      sizes: null,
    });
    expect(Array.from(listing.uids)).toEqual([2, 4, 9]);
  });

  test('uses ESEARCH and CONDSTORE where offered', async () => {
    const reader = await lane(
      async (peer) => {
        await peer.answer('EXAMINE "INBOX" (CONDSTORE)', OPENED);
        await peer.answer('UID SEARCH RETURN (ALL) ALL', '* ESEARCH (TAG "W2") UID COUNT 3 ALL 2:3,9\r\n');
      },
      ['ESEARCH', 'CONDSTORE'],
    );
    expect(Array.from((await reader.list(mailbox(), {})).uids)).toEqual([2, 3, 9]);
  });

  test('asks nothing about an empty mailbox', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, '* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n');
    });
    const listing = await reader.list(mailbox('INBOX', { uidNext: 44, messages: 0 }), {
      flags: 'all',
      sizes: true,
      since: '2026-01-01',
    });
    expect(listing).toMatchObject({ uidNext: 44, highestModSeq: null, flags: [] });
    expect([listing.uids.length, listing.sizes?.length, listing.inScope?.length]).toEqual([0, 0, 0]);
  });

  test('does not believe a search that finds fewer messages than there are', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID SEARCH/, '* SEARCH 2\r\n');
      await peer.answer('FETCH 1:* (UID)', '* 1 FETCH (UID 2)\r\n* 2 FETCH (UID 4)\r\n* 3 FETCH (UID 9)\r\n');
    });
    expect(Array.from((await reader.list(mailbox(), {})).uids)).toEqual([2, 4, 9]);
  });

  test('fills columns from rows in any order, and asks by name for what was left out', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID SEARCH/, '* SEARCH 2 4 9\r\n');
      await peer.answer(
        'UID FETCH 1:* (UID FLAGS RFC822.SIZE INTERNALDATE)',
        '* 3 FETCH (INTERNALDATE "31-Feb-2026 00:00:00 +0000" RFC822.SIZE 90 UID 9 FLAGS (a))\r\n' +
          '* 1 FETCH (UID 2 FLAGS (\\Seen) RFC822.SIZE 20 INTERNALDATE "24-Nov-2026 03:40:45 -0330")\r\n* 2 FETCH (UID 4 FLAGS (x))\r\n',
        'NO Some of the requested messages no longer exist.',
      );
      await peer.answer(
        'UID FETCH 4 (UID FLAGS RFC822.SIZE INTERNALDATE)',
        '* 2 FETCH (UID 4 FLAGS (b) RFC822.SIZE 40 INTERNALDATE NIL)\r\n',
      );
    });
    const listing = await reader.list(mailbox(), { flags: 'all', sizes: true, internalDates: true });
    expect(listing.flags).toEqual([['\\Seen'], ['b'], ['a']]);
    expect(Array.from(listing.sizes ?? [])).toEqual([20, 40, 90]);
    expect(listing.internalDates).toEqual(['2026-11-24T03:40:45-03:30', null, null]);
  });

  test('asks only for changed flags where the mailbox keeps MODSEQ', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID SEARCH/, '* SEARCH 2 4 9\r\n');
      await peer.answer(
        'UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE 55)',
        '* 2 FETCH (UID 4 FLAGS (\\Flagged) MODSEQ (80))\r\n',
      );
    });
    const listing = await reader.list(mailbox(), { flags: { changedSince: '55' } });
    expect(listing.flags).toEqual([undefined, ['\\Flagged'], undefined]);
  });

  test('asks for all flags where it does not', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, '* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [NOMODSEQ] none\r\n');
      await peer.answer(/^UID SEARCH/, '* SEARCH 4\r\n');
      await peer.answer('UID FETCH 1:* (UID FLAGS)', '* 1 FETCH (UID 4 FLAGS (\\Flagged))\r\n');
    });
    expect((await reader.list(mailbox(), { flags: { changedSince: '55' } })).flags).toEqual([['\\Flagged']]);
  });

  test('digests headers and reads message ids, folded or missing', async () => {
    const header = 'Message-ID: <a@b>\r\nSubject: x\r\n\r\n';
    const items = '(UID BODY.PEEK[HEADER] BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])';
    const answer = (seq: number, uid: number, head: string, fields: string) =>
      `* ${seq} FETCH (UID ${uid} BODY[HEADER] ${literal(head)} BODY[HEADER.FIELDS (MESSAGE-ID)] ${literal(fields)})\r\n`;
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID SEARCH/, '* SEARCH 2 4 9\r\n');
      await peer.answer(
        `UID FETCH 2,4,9 ${items}`,
        answer(1, 2, header, 'Message-ID: <a@b>\r\n\r\n') +
          answer(2, 4, 'A: b\r\n\r\n', '\r\n') +
          answer(3, 9, 'A: b\r\n\r\n', 'MESSAGE-id :\r\n <long@\r\n\tx>  \r\n\r\n'),
      );
    });
    const listing = await reader.list(mailbox(), { headerDigests: true, messageIds: true });
    expect(listing.headerDigests?.[0]).toBe(digestHeader(Buffer.from(header)));
    expect(listing.messageIds).toEqual(['<a@b>', '', '<long@\tx>']);
  });

  test('selects by day', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer('UID SEARCH ALL', '* SEARCH 2 4 9\r\n');
      await peer.answer('UID SEARCH SINCE 01-Feb-2026', '* SEARCH 9\r\n');
    });
    const listing = await reader.list(mailbox(), { since: '2026-02-01' });
    expect(Array.from(listing.inScope ?? [])).toEqual([9]);
  });

  test('refuses a day that is none', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer('UID SEARCH ALL', '* SEARCH 2 4 9\r\n');
    });
    await expect(reader.list(mailbox(), { since: '2026-02-30' })).rejects.toMatchObject({ code: 'usage' });
  });

  test('sends NOOP first on servers that hide new messages until then', async () => {
    const reader = await lane(
      async (peer) => {
        await peer.answer(/^EXAMINE/, OPENED);
        await peer.answer('NOOP', '* 4 EXISTS\r\n');
        await peer.answer('UID SEARCH ALL', '* SEARCH 2 4 9 10\r\n');
      },
      [],
      true,
    );
    const listing = await reader.list(mailbox(), {});
    expect([Array.from(listing.uids), listing.uidNext]).toEqual([[2, 4, 9, 10], 11]);
  });

  test('a search result that names a billion messages is a protocol error', async () => {
    const reader = await lane(
      async (peer) => {
        await peer.answer(/^EXAMINE/, OPENED);
        const { tag } = await peer.expect(/^UID SEARCH/);
        peer.send(`* ESEARCH (TAG "${tag}") UID ALL 1:1000000000\r\n`);
        await peer.closed();
      },
      ['ESEARCH'],
    );
    await expect(reader.list(mailbox(), {})).rejects.toMatchObject({ code: 'protocol-error' });
  });
});
