import { describe, expect, test } from 'vitest';
import { Collector, mailbox } from './collect-messages.ts';
import { literal } from './record-events.ts';
import { DATE, OPENED, lane, row, uids } from './source-stage.ts';

describe('fetch', () => {
  test('hands over each message with its flags and its date in the zone as served', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer('EXAMINE "INBOX"', OPENED);
      await peer.answer(
        'UID FETCH 1:3 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])',
        row(1, 'a: b\r\n\r\nx') + row(2, '') + row(3, 'y'),
      );
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, uids(1, 2, 3), got);
    expect(got.messages[0]).toEqual({
      uid: 1,
      flags: ['\\Seen'],
      internalDate: '2026-11-24T03:40:45+01:00',
      sizeBytes: 9,
      raw: 'a: b\r\n\r\nx',
    });
    expect(got.messages.map((m) => m.raw)).toEqual(['a: b\r\n\r\nx', '', 'y']);
    expect(got.missing).toEqual([]);
  });

  test('keeps two ranges in flight and no third', async () => {
    const list = Uint32Array.from({ length: 9000 }, (_, i) => i + 1);
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      const first = await peer.expect(/^UID FETCH 1:4000 /);
      const second = await peer.expect(/^UID FETCH 4001:8000 /);
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(peer.isQuiet).toBe(true);
      const answer = (tag: string, from: number, to: number) =>
        peer.send(Array.from(list.subarray(from - 1, to), (uid) => row(uid, `m${uid}`)).join('') + `${tag} OK\r\n`);
      answer(first.tag, 1, 4000);
      const third = await peer.expect(/^UID FETCH 8001:9000 /);
      answer(second.tag, 4001, 8000);
      answer(third.tag, 8001, 9000);
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, list, got);
    expect(got.uids).toEqual(Array.from(list));
  });

  test('takes the rows of two ranges in whatever order, as a server that works on both sends them', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer('EXAMINE "INBOX"', OPENED);
      const first = await peer.expect(/^UID FETCH 1:2 /);
      const second = await peer.expect(/^UID FETCH 3:4 /);
      peer.send(
        `${row(1, 'one')}${row(3, 'three')}${row(4, 'four')}${second.tag} OK\r\n${row(2, 'two')}${first.tag} OK\r\n`,
      );
    });
    const [a, b] = [new Collector(), new Collector()];
    await Promise.all([reader.fetch(mailbox(), 7, uids(1, 2), a), reader.fetch(mailbox(), 7, uids(3, 4), b)]);
    expect([a.messages.map((m) => m.raw), b.messages.map((m) => m.raw)]).toEqual([
      ['one', 'two'],
      ['three', 'four'],
    ]);
  });

  test('opens the next mailbox while the last one is still being read, and keeps their messages apart', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer('EXAMINE "A"', OPENED);
      const first = await peer.expect(/^UID FETCH 1 /);
      const examine = await peer.expect('EXAMINE "B"');
      const second = await peer.expect(/^UID FETCH 1 /);
      peer.send(
        `${row(1, 'from A')}${first.tag} OK\r\n${OPENED}${examine.tag} OK\r\n${row(1, 'from B')}${second.tag} OK\r\n`,
      );
    });
    const [a, b] = [new Collector(), new Collector()];
    await Promise.all([reader.fetch(mailbox('A'), 7, uids(1), a), reader.fetch(mailbox('B'), 7, uids(1), b)]);
    expect([a.messages[0]?.raw, b.messages[0]?.raw]).toEqual(['from A', 'from B']);
  });

  test('asks once more for what did not come, then tells vanished from unreadable', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID FETCH 1:5 /, row(2, 'two'));
      await peer.answer('NOOP', '* 2 EXPUNGE\r\n');
      await peer.answer(/^UID FETCH 1,3:5 /, row(3, 'three'));
      await peer.answer('UID SEARCH UID 1,4:5', '* SEARCH 4\r\n');
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, uids(1, 2, 3, 4, 5), got);
    expect(got.uids).toEqual([2, 3]);
    expect(got.missing.map(({ uid, outcome, code }) => [uid, outcome, code])).toEqual([
      [1, 'vanished', 'message-vanished'],
      [4, 'failed', 'message-unreadable'],
      [5, 'vanished', 'message-vanished'],
    ]);
  });

  test('asks again for a NIL body, and takes what comes then', async () => {
    const nil = `* 1 FETCH (UID 1 FLAGS () ${DATE} BODY[] NIL)\r\n`;
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID FETCH 1:2 /, nil + nil.replaceAll('1 ', '2 '));
      await peer.answer('NOOP', '');
      await peer.answer(/^UID FETCH 1:2 /, row(1, 'here') + nil.replaceAll('1 ', '2 '));
      await peer.answer(/^UID SEARCH/, '* SEARCH 2\r\n');
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, uids(1, 2), got);
    expect(got.messages.map((m) => m.raw)).toEqual(['here']);
    expect(got.missing[0]).toMatchObject({ uid: 2, outcome: 'failed', code: 'message-unreadable' });
    expect(got.missing[0]?.reason).toContain('no content');
  });

  test('narrows a refused range down to the message that the server cannot read', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID FETCH 1:4 /, row(1, '1'), 'NO [SERVERBUG] corrupted');
      await peer.answer('NOOP', '');
      await peer.answer(/^UID FETCH 2:4 /, '', 'NO [SERVERBUG] corrupted');
      await peer.answer(/^UID FETCH 2:3 /, '', 'NO corrupted');
      await peer.answer(/^UID FETCH 2 /, '', 'NO this one is corrupted');
      await peer.answer(/^UID FETCH 3 /, row(3, '3'));
      await peer.answer(/^UID FETCH 4 /, row(4, '4'));
      await peer.answer(/^UID SEARCH UID 2/, '* SEARCH 2\r\n');
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, uids(1, 2, 3, 4), got);
    expect(got.uids).toEqual([1, 3, 4]);
    expect(got.missing).toMatchObject([{ uid: 2, outcome: 'failed' }]);
    expect(got.missing[0]?.reason).toContain('this one is corrupted');
  });

  test('ignores flags told unasked, duplicates, and UIDs that nobody asked for', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      const noise =
        '* 1 FETCH (FLAGS (\\Seen))\r\n* 9 FETCH (UID 1 FLAGS ())\r\n* 4 EXISTS\r\n* 2 EXPUNGE\r\n* VANISHED 40\r\n';
      await peer.answer(
        /^UID FETCH 1:2 /,
        noise + row(1, 'one') + row(1, 'again') + row(8, 'stranger') + noise + row(2, 'two'),
      );
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, uids(1, 2), got);
    expect(got.messages.map((m) => m.raw)).toEqual(['one', 'two']);
  });

  test('waits for attributes that come after the body', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(
        /^UID FETCH 1:2 /,
        `* 1 FETCH (BODY[] ${literal('late')} UID 1 FLAGS (x) ${DATE})\r\n* 2 FETCH (UID 2 BODY[] "q\\"" FLAGS () INTERNALDATE NIL)\r\n`,
      );
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, uids(1, 2), got);
    expect(got.messages).toEqual([
      { uid: 1, flags: ['x'], internalDate: '2026-11-24T03:40:45+01:00', sizeBytes: 4, raw: 'late' },
      { uid: 2, flags: [], internalDate: null, sizeBytes: 2, raw: 'q"' },
    ]);
  });

  test('asks by itself for a large body that came before its attributes', async () => {
    const big = 'x'.repeat(5 * 1024 * 1024);
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      await peer.answer(/^UID FETCH 1 /, `* 1 FETCH (BODY[] ${literal(big)} UID 1 FLAGS (x) ${DATE})\r\n`);
      await peer.answer('NOOP', '');
      await peer.answer('UID FETCH 1 (UID FLAGS INTERNALDATE)', `* 1 FETCH (UID 1 FLAGS (x) ${DATE})\r\n`);
      await peer.answer('UID FETCH 1 (UID BODY.PEEK[])', `* 1 FETCH (BODY[] ${literal(big)} UID 1)\r\n`);
    });
    const got = new Collector();
    await reader.fetch(mailbox(), 7, uids(1), got);
    expect(got.messages).toMatchObject([{ uid: 1, flags: ['x'], sizeBytes: big.length }]);
    expect(got.messages[0]?.raw === big).toBe(true);
    expect(got.missing).toEqual([]);
  });

  test('hands nothing over when the mailbox was renumbered', async () => {
    const reader = await lane(async (peer) => {
      const examine = await peer.expect(/^EXAMINE/);
      const fetch = await peer.expect(/^UID FETCH/);
      peer.send(`* OK [UIDVALIDITY 8] ok\r\n${examine.tag} OK\r\n${row(1, 'wrong')}${fetch.tag} OK\r\n`);
    });
    const got = new Collector();
    await expect(reader.fetch(mailbox(), 7, uids(1), got)).rejects.toMatchObject({
      code: 'mailbox-renumbered',
      scope: 'mailbox',
    });
    expect(got.messages).toEqual([]);
  });

  test('takes a mailbox without UIDVALIDITY as 0', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, '* 1 EXISTS\r\n');
      await peer.answer(/^UID FETCH 1 /, row(1, 'x'));
    });
    const got = new Collector();
    await reader.fetch(mailbox('INBOX', { uidValidity: 0 }), 0, uids(1), got);
    expect(got.uids).toEqual([1]);
  });

  test('says that the mailbox is gone when it cannot be opened', async () => {
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, '', 'NO [NONEXISTENT] no such mailbox');
      await peer.answer(/^UID FETCH/, '', 'BAD no mailbox selected');
    });
    await expect(reader.fetch(mailbox(), 7, uids(1), new Collector())).rejects.toMatchObject({
      code: 'mailbox-missing',
    });
  });

  test('reads no further while the receiver is under pressure', async () => {
    const first = row(1, 'one');
    const reader = await lane(async (peer) => {
      await peer.answer(/^EXAMINE/, OPENED);
      const { tag } = await peer.expect(/^UID FETCH/);
      peer.send(first);
      await new Promise((resolve) => setTimeout(resolve, 30));
      peer.send(`${row(2, 'two')}${tag} OK\r\n`);
    });
    const got = new Collector();
    let relieve: () => void = () => undefined;
    got.wait = new Promise((resolve) => (relieve = resolve));
    const done = reader.fetch(mailbox(), 7, uids(1, 2), got);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(got.uids).toEqual([1]);
    got.wait = null;
    relieve();
    await done;
    expect(got.uids).toEqual([1, 2]);
  });
});
