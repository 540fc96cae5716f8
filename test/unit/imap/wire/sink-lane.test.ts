import { hash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAppendUid } from '../../../../electron/engine/imap/append-uid.ts';
import { BATCH_MESSAGES, batchBytes, SMALL_BYTES } from '../../../../electron/engine/imap/append-batch.ts';
import { planFlags } from '../../../../electron/engine/imap/append-flags.ts';
import { internFlags } from '../../../../electron/engine/flags.ts';
import { parseStatusLine, type StatusLine } from '../../../../electron/engine/imap/wire/status-line.ts';
import type { WireOptions } from '../../../../electron/engine/imap/wire/command-options.ts';
import type { Peer } from './scripted-server.ts';
import { MULTI, PLUS, put, startSink, takeAppend, type Appended, type SinkStage } from './sink-stage.ts';

let sink: SinkStage;
afterEach(() => sink.stage.stop());

async function start(capabilities: string[], script: (peer: Peer) => Promise<void>, options?: Partial<WireOptions>) {
  sink = await startSink(capabilities, script, options);
  return sink;
}

describe('MULTIAPPEND', () => {
  test('sends a batch in one command and learns the places from a set', async () => {
    let seen: Appended[] = [];
    const { writer, settled, record } = await start(MULTI, async (peer) => {
      const { tag, messages } = await takeAppend(peer);
      seen = messages;
      peer.send(`${tag} OK [APPENDUID 7 10:11,15] done\r\n`);
    });
    put(writer, 1, 'one', ['\\Seen', '\\Flagged']);
    put(writer, 2, 'two {3+}\r\n');
    put(writer, 4, 'x'.repeat(5000), [], '2020-02-01T00:00:00Z');
    await writer.flush();
    expect(seen[0]).toEqual({
      flags: '\\Flagged \\Seen',
      date: '24-Nov-2026 03:40:45 +0100',
      form: '{n+}',
      raw: 'one',
    });
    expect(seen[1]).toMatchObject({ flags: '', raw: 'two {3+}\r\n' });
    expect(seen[2]).toMatchObject({ date: '01-Feb-2020 00:00:00 +0000', raw: 'x'.repeat(5000) });
    expect(settled).toEqual(['1 stored', '2 stored', '4 stored']);
    expect(record.targetUids(5, [1, 2, 4])).toEqual([10, 11, 15]);
    expect(record.messages.get(1)).toMatchObject({
      uidValidity: 5,
      fingerprint: hash('sha256', 'one', 'hex'),
      sizeBytes: 3,
    });
  });

  test('writes the intent before the first octet, and the record before telling the outcome', async () => {
    const order: string[] = [];
    const { writer, record } = await start(MULTI, async (peer) => {
      const { tag } = await takeAppend(peer);
      order.push(...record.order);
      peer.send(`${tag} OK\r\n`);
    });
    put(writer, 1, 'one');
    put(writer, 2, 'two');
    await writer.flush();
    expect(order).toEqual(['intend 1,2']);
    expect(record.order).toEqual(['intend 1,2', 'stored 1,2']);
    expect(record.targetUids(5, [1, 2])).toEqual([null, null]);
  });

  test('when the batch is refused, sends the messages one by one so that only the bad one fails', async () => {
    const { writer, settled, record, reasons } = await start(MULTI, async (peer) => {
      const batch = await takeAppend(peer);
      peer.send(`${batch.tag} NO virus found in message\r\n`);
      for (const uid of [1, 2, 3]) {
        const { tag, messages } = await takeAppend(peer);
        expect(messages).toHaveLength(1);
        peer.send(uid === 2 ? `${tag} NO virus found in message\r\n` : `${tag} OK [APPENDUID 7 ${20 + uid}] done\r\n`);
      }
    });
    for (const uid of [1, 2, 3]) put(writer, uid, `message ${uid}`);
    await writer.flush();
    expect(settled.sort()).toEqual(['1 stored', '2 failed message-refused', '3 stored']);
    expect(reasons.get(2)).toContain('scanner');
    expect(record.targetUids(5, [1, 2, 3])).toEqual([21, null, 23]);
    expect([record.refusedUids, record.openIntents()]).toEqual([[2], []]);
  });

  test('keeps empty messages and octet 0 out of batches, the latter in a binary literal where offered', async () => {
    const seen: Appended[] = [];
    const { writer, settled } = await start([...MULTI, 'BINARY'], async (peer) => {
      for (let i = 0; i < 3; i++) {
        const { tag, messages } = await takeAppend(peer);
        seen.push(...messages);
        peer.send(messages[0]?.raw === '' ? `${tag} NO empty message\r\n` : `${tag} OK\r\n`);
      }
    });
    put(writer, 1, 'a\0b');
    put(writer, 2, '');
    put(writer, 3, 'plain');
    await writer.flush();
    expect(seen.map(({ form, raw }) => [form, raw])).toEqual([
      ['~{n+}', 'a\0b'],
      ['{n+}', ''],
      ['{n+}', 'plain'],
    ]);
    expect(settled.sort()).toEqual(['1 stored', '2 failed message-refused', '3 stored']);
  });

  test('starts a new batch when one is full, and holds the source back with two under way', async () => {
    const perBatch = Math.floor(batchBytes(1) / (SMALL_BYTES + 100));
    const sizes: number[] = [];
    const { writer, settled } = await start(MULTI, async (peer) => {
      for (let i = 0; i < 3; i++) {
        const { tag, messages } = await takeAppend(peer);
        sizes.push(messages.length);
        await new Promise((resolve) => setTimeout(resolve, 20));
        peer.send(`${tag} OK\r\n`);
      }
    });
    let held = 0;
    const puts = async (uid: number, raw: string) => {
      put(writer, uid, raw);
      const pressure = writer.pressure();
      if (pressure) held++;
      await pressure;
    };
    let uid = 0;
    for (let i = 0; i < BATCH_MESSAGES; i++) await puts(++uid, 'small');
    for (let i = 0; i < perBatch + 2; i++) await puts(++uid, 'y'.repeat(SMALL_BYTES));
    await writer.flush();
    expect(sizes).toEqual([BATCH_MESSAGES, perBatch, 2]);
    expect(held).toBeGreaterThan(0);
    expect(settled).toHaveLength(uid);
  });

  test('makes batches smaller while several connections share the room for them', async () => {
    const inBatch = (connections: number) => Math.floor(batchBytes(connections) / (SMALL_BYTES + 100));
    expect([inBatch(1), inBatch(2), inBatch(4)]).toEqual([5, 2, 1]);
    const sizes: number[] = [];
    const { writer, connections, settled } = await start(MULTI, async (peer) => {
      for (let i = 0; i < 5; i++) {
        const { tag, messages } = await takeAppend(peer);
        sizes.push(messages.length);
        peer.send(`${tag} OK\r\n`);
      }
    });
    let uid = 0;
    const putAll = async (count: number) => {
      for (let i = 0; i < count; i++) {
        put(writer, ++uid, 'y'.repeat(SMALL_BYTES));
        await writer.pressure();
      }
    };
    await putAll(6);
    connections.count = 2;
    await putAll(10);
    await writer.flush();
    // The batch that was open when the second connection came keeps its size.
    expect(sizes).toEqual([5, 5, 2, 2, 2]);
    expect(settled).toHaveLength(uid);
  });

  test('forgets a message that the source breaks off, and sends the others', async () => {
    let seen: Appended[] = [];
    const { writer, settled } = await start(MULTI, async (peer) => {
      const { tag, messages } = await takeAppend(peer);
      seen = messages;
      peer.send(`${tag} OK\r\n`);
    });
    put(writer, 1, 'one');
    writer.begin({ uid: 2, flags: internFlags([]), internalDate: null, sizeBytes: 100 });
    writer.chunk(Buffer.from('some of it'));
    writer.abort();
    put(writer, 3, 'three');
    await writer.flush();
    expect(seen.map(({ raw }) => raw)).toEqual(['one', 'three']);
    expect(settled).toEqual(['1 stored', '3 stored']);
  });
});

describe('single APPENDs', () => {
  test('are pipelined with LITERAL+', async () => {
    const { writer, settled, record } = await start(PLUS, async (peer) => {
      const tags = [];
      for (let i = 0; i < 5; i++) tags.push((await takeAppend(peer)).tag);
      tags.forEach((tag, i) => peer.send(`${tag} OK [APPENDUID 7 ${30 + i}] done\r\n`));
    });
    for (let uid = 1; uid <= 5; uid++) put(writer, uid, `message ${uid}`);
    await writer.flush();
    expect(settled).toHaveLength(5);
    expect(record.targetUids(5, [1, 2, 3, 4, 5])).toEqual([30, 31, 32, 33, 34]);
  });

  test('with LITERAL- wait for the server beyond 4,096 octets only', async () => {
    const forms: string[] = [];
    const { writer } = await start(['LITERAL-'], async (peer) => {
      for (let i = 0; i < 3; i++) {
        const { tag, messages } = await takeAppend(peer);
        forms.push(messages[0]?.form ?? '');
        peer.send(`${tag} OK\r\n`);
      }
    });
    put(writer, 1, 'a'.repeat(4096));
    put(writer, 2, 'a'.repeat(4097));
    put(writer, 3, 'a');
    await writer.flush();
    expect(forms).toEqual(['{n+}', '{n}', '{n+}']);
  });

  test('without either wait each time, and send no octets of what the server refuses at once', async () => {
    const { writer, settled } = await start([], async (peer) => {
      const first = await peer.expect(/\{3\}$/);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(peer.isQuiet).toBe(true);
      peer.send(`${first.tag} NO [TOOBIG] too large\r\n`);
      const { tag, messages } = await takeAppend(peer);
      expect(messages[0]?.raw).toBe('two');
      peer.send(`${tag} OK\r\n`);
    });
    put(writer, 1, 'one');
    put(writer, 2, 'two');
    await writer.flush();
    expect(settled.sort()).toEqual(['1 failed message-too-large', '2 stored']);
  });

  test('honour APPENDLIMIT without sending anything', async () => {
    const { writer, settled, record } = await start([...PLUS, 'APPENDLIMIT=10'], async (peer) => {
      const { tag, messages } = await takeAppend(peer);
      expect(messages[0]?.raw).toBe('short');
      peer.send(`${tag} OK\r\n`);
    });
    put(writer, 1, 'far too long');
    put(writer, 2, 'z'.repeat(1_100_000));
    put(writer, 3, 'short');
    await writer.flush();
    expect(settled.sort()).toEqual(['1 failed message-too-large', '2 failed message-too-large', '3 stored']);
    expect(record.order).toEqual(expect.not.arrayContaining(['intend 1']));
  });

  test('ask for the limit of the mailbox where each has its own', async () => {
    const { writer, settled } = await start([...PLUS, 'APPENDLIMIT'], async (peer) => {
      await peer.answer('STATUS "Box" (APPENDLIMIT)', '* STATUS "Box" (APPENDLIMIT 4)\r\n');
    });
    put(writer, 1, 'five!');
    await writer.flush();
    expect(settled).toEqual(['1 failed message-too-large']);
  });
});

describe('flags and dates', () => {
  test('keywords that the target does not keep are left out and named', async () => {
    let seen: Appended[] = [];
    const { writer, settled, reasons } = await start([...MULTI, 'UNSELECT'], async (peer) => {
      await peer.answer('SELECT "Box"', '* 1 EXISTS\r\n* OK [PERMANENTFLAGS (\\Seen \\Flagged work)] ok\r\n');
      await peer.answer('UNSELECT', '');
      const { tag, messages } = await takeAppend(peer);
      seen = messages;
      peer.send(`${tag} OK\r\n`);
    });
    put(writer, 1, 'one', ['\\Seen', 'Work', 'Private', '$Label1']);
    put(writer, 2, 'two', ['\\Seen']);
    await writer.flush();
    expect(seen.map(({ flags, raw }) => [flags, raw])).toEqual([
      ['Work \\Seen', 'one'],
      ['\\Seen', 'two'],
    ]);
    expect(settled).toEqual(['1 stored flags-not-kept', '2 stored']);
    expect(reasons.get(1)).toMatch(/Private/);
  });

  test('an invalid keyword never reaches the wire', async () => {
    let seen: Appended[] = [];
    const { writer, settled } = await start(MULTI, async (peer) => {
      await peer.answer('SELECT "Box"', '* OK [PERMANENTFLAGS (\\*)] ok\r\n');
      const { tag, messages } = await takeAppend(peer);
      seen = messages;
      peer.send(`${tag} OK\r\n`);
    });
    put(writer, 1, 'one', ['ok', 'bad)\r\nX LOGOUT', 'ünicode', '日本', 'a]b']);
    put(writer, 2, 'two', ['ok']);
    await writer.flush();
    expect(seen.map(({ flags }) => flags)).toEqual(['ok', 'ok']);
    expect(settled).toEqual(['1 stored flags-not-kept', '2 stored']);
  });

  test('a missing date is left to the server and said', async () => {
    let seen: Appended[] = [];
    const { writer, settled } = await start(PLUS, async (peer) => {
      const { tag, messages } = await takeAppend(peer);
      seen = messages;
      peer.send(`${tag} OK\r\n`);
    });
    put(writer, 1, 'one', ['\\Seen'], null);
    await writer.flush();
    expect(seen).toEqual([{ flags: '\\Seen', date: '', form: '{n+}', raw: 'one' }]);
    expect(settled).toEqual(['1 stored date-not-kept']);
  });

  test('a message refused for its keywords, then for its date, is stored without them', async () => {
    const seen: Appended[] = [];
    const { writer, settled } = await start(PLUS, async (peer) => {
      await peer.answer('SELECT "Box"', '* 1 EXISTS\r\n');
      for (const answer of ['BAD invalid keyword', 'NO invalid date', 'OK']) {
        const { tag, messages } = await takeAppend(peer);
        seen.push(...messages);
        peer.send(`${tag} ${answer}\r\n`);
      }
    });
    put(writer, 1, 'one', ['\\Seen', 'odd']);
    await writer.flush();
    expect(seen.map(({ flags, date }) => [flags, date !== ''])).toEqual([
      ['\\Seen odd', true],
      ['\\Seen', true],
      ['\\Seen', false],
    ]);
    expect(settled).toEqual(['1 stored flags-not-kept']);
  });

  test.each<[string[], string[] | null, string[], string[]]>([
    [['\\Seen', 'a'], null, ['\\Seen', 'a'], []],
    [['\\Seen', 'a'], ['\\seen', '\\*'], ['\\Seen', 'a'], []],
    [['\\Seen', '\\Important'], ['\\Seen', '\\*'], ['\\Seen'], ['\\Important']],
    [['A'], ['a'], ['A'], []],
    [['A'], [], [], ['A']],
  ])('of %j with PERMANENTFLAGS %j, %j are kept', (flags, permanent, kept, lost) => {
    const plan = planFlags(internFlags(flags), permanent);
    expect([[...plan.kept].sort(), plan.lost]).toEqual([[...kept].sort(), lost]);
  });
});

describe('APPENDUID', () => {
  test.each<[string, number, object | null]>([
    ['OK [APPENDUID 7 12] ok', 1, { uidValidity: 7, uids: [12] }],
    ['OK [APPENDUID 7 12:13,20] ok', 3, { uidValidity: 7, uids: [12, 13, 20] }],
    ['OK [APPENDUID 7 12:13] ok', 3, null],
    ['OK [APPENDUID 7 1:4294967295] ok', 2, null],
    ['OK [APPENDUID 0 12] ok', 1, null],
    ['OK [APPENDUID 7 20,12] ok', 2, null],
    ['OK [APPENDUID 7 *] ok', 1, null],
    ['OK [APPENDUID] ok', 1, null],
    ['OK done', 1, null],
  ])('%s for %i messages', (line, count, place) => {
    expect(parseAppendUid(parseStatusLine(line) as StatusLine, count)).toEqual(place);
  });

  test('of another UIDVALIDITY than known is no place', async () => {
    const { writer, record, settled } = await start(PLUS, async (peer) => {
      const { tag } = await takeAppend(peer);
      peer.send(`${tag} OK [APPENDUID 99 1] done\r\n`);
    });
    put(writer, 1, 'one');
    await writer.flush();
    expect([settled, record.targetUids(5, [1])]).toEqual([['1 stored'], [null]]);
  });
});

describe('a full or missing mailbox', () => {
  test('over quota ends the writer: that message failed, the rest is open for a later run', async () => {
    const { writer, settled, record } = await start(MULTI, async (peer) => {
      const batch = await takeAppend(peer);
      peer.send(`${batch.tag} NO [OVERQUOTA] full\r\n`);
      for (const answer of ['OK [APPENDUID 7 10]', 'NO [OVERQUOTA] full', 'NO [OVERQUOTA] full']) {
        const { tag } = await takeAppend(peer);
        peer.send(`${tag} ${answer} x\r\n`);
      }
    });
    for (const uid of [1, 2, 3]) put(writer, uid, `message ${uid}`);
    await expect(writer.flush()).rejects.toMatchObject({ code: 'over-quota', scope: 'account', retry: 'later' });
    expect(settled).toEqual(['1 stored', '2 failed over-quota']);
    expect(record.openIntents()).toEqual([]);
    await expect(writer.pressure()).rejects.toMatchObject({ code: 'over-quota' });
  });

  test('TRYCREATE makes the mailbox and sends the batch once more', async () => {
    const { writer, settled, record } = await start(MULTI, async (peer) => {
      const first = await takeAppend(peer);
      peer.send(`${first.tag} NO [TRYCREATE] no such mailbox\r\n`);
      await peer.answer('CREATE "Box"', '');
      const { tag, messages } = await takeAppend(peer);
      expect(messages).toHaveLength(2);
      peer.send(`${tag} OK [APPENDUID 8 1:2] done\r\n`);
    });
    put(writer, 1, 'one');
    put(writer, 2, 'two');
    await writer.flush();
    expect(settled).toEqual(['1 stored', '2 stored']);
    expect(record.targetUids(5, [1, 2])).toEqual([1, 2]);
  });

  test('a mailbox that stays missing is an error of the mailbox', async () => {
    const { writer, settled } = await start(PLUS, async (peer) => {
      for (const _ of [1, 2]) {
        const { tag } = await takeAppend(peer);
        peer.send(`${tag} NO [TRYCREATE] no such mailbox\r\n`);
        if (_ === 1) await peer.answer('CREATE "Box"', '');
      }
    });
    put(writer, 1, 'one');
    await expect(writer.flush()).rejects.toMatchObject({ code: 'mailbox-missing', scope: 'mailbox' });
    expect(settled).toEqual([]);
  });
});

describe('a line that breaks', () => {
  test('during a batch leaves its intents open and its messages unsettled', async () => {
    const { writer, settled, record } = await start(MULTI, async (peer) => {
      const { tag } = await takeAppend(peer);
      peer.send(`${tag} OK [APPENDUID 7 10:209] done\r\n`);
      await takeAppend(peer);
      peer.socket.destroy();
    });
    for (let uid = 1; uid <= 201; uid++) put(writer, uid, `message ${uid}`);
    await expect(writer.flush()).rejects.toMatchObject({ code: 'connection-lost', scope: 'account', retry: 'now' });
    expect(settled).toHaveLength(200);
    expect(record.openIntents()).toMatchObject([{ uidValidity: 5, uid: 201 }]);
  });

  test('among pipelined APPENDs records those that were answered', async () => {
    const { writer, settled, record } = await start(PLUS, async (peer) => {
      const { tag } = await takeAppend(peer);
      await takeAppend(peer);
      peer.send(`${tag} OK [APPENDUID 7 10] done\r\n* BYE going down\r\n`);
    });
    for (const uid of [1, 2, 3]) put(writer, uid, `message ${uid}`);
    await expect(writer.flush()).rejects.toMatchObject({ code: 'server-bye' });
    expect(settled).toEqual(['1 stored']);
    expect(record.openIntents().map(({ uid }) => uid)).toEqual([2, 3]);
  });

  test('a server that takes nothing more is given up', async () => {
    const { writer } = await start(
      MULTI,
      async (peer) => {
        await peer.line();
        peer.socket.pause();
      },
      { deadlines: { tickMs: 10, inactivityMs: 150 } },
    );
    for (let uid = 1; uid <= 30; uid++) put(writer, uid, 'x'.repeat(1_000_000));
    await expect(writer.flush()).rejects.toMatchObject({ code: 'server-stalled' });
  });
});

describe('a large message', () => {
  const large = Buffer.alloc(3_000_000, 'large ');

  test('is streamed with its fingerprint computed in passing, behind the batch before it', async () => {
    const seen: Appended[] = [];
    const { writer, settled, record } = await start(MULTI, async (peer) => {
      for (const uid of [10, 11, 12]) {
        const { tag, messages } = await takeAppend(peer);
        seen.push(...messages);
        peer.send(`${tag} OK [APPENDUID 7 ${uid}] done\r\n`);
      }
    });
    put(writer, 1, 'before');
    put(writer, 2, large, ['\\Seen']);
    put(writer, 3, 'after');
    await writer.flush();
    expect(seen.map(({ raw }) => raw.length)).toEqual([6, large.length, 5]);
    expect(seen[1]?.raw === large.toString('latin1')).toBe(true);
    expect(settled.sort()).toEqual(['1 stored', '2 stored', '3 stored']);
    expect(record.messages.get(2)).toMatchObject({ targetUid: 11, fingerprint: hash('sha256', large, 'hex') });
    expect(record.order.slice(0, 2)).toEqual(['intend 1', 'intend 2']);
  });

  test('holds the source back while the server does not take it', async () => {
    const { writer, settled } = await start(PLUS, async (peer) => {
      peer.socket.pause();
      await new Promise((resolve) => setTimeout(resolve, 100));
      peer.socket.resume();
      const { tag } = await takeAppend(peer);
      peer.send(`${tag} OK\r\n`);
    });
    const size = 30_000_000 / 2;
    writer.begin({ uid: 1, flags: internFlags([]), internalDate: null, sizeBytes: size });
    let held = 0;
    for (let at = 0; at < size; at += 100_000) {
      writer.chunk(Buffer.alloc(100_000));
      const pressure = writer.pressure();
      if (pressure) held++;
      await pressure;
    }
    writer.end();
    await writer.flush();
    expect(held).toBeGreaterThan(1);
    expect(settled).toEqual(['1 stored date-not-kept']);
  });

  test('refused before its octets is failed without sending any', async () => {
    const { writer, settled } = await start([], async (peer) => {
      const { tag } = await peer.expect(/\{3000000\}$/);
      peer.send(`${tag} NO [TOOBIG] too large\r\n`);
      const next = await takeAppend(peer);
      peer.send(`${next.tag} OK\r\n`);
    });
    put(writer, 1, large);
    put(writer, 2, 'next');
    await writer.flush();
    expect(settled.sort()).toEqual(['1 failed message-too-large', '2 stored']);
  });

  test('that the source breaks off drops the connection once earlier answers are in', async () => {
    const { writer, settled, record } = await start(MULTI, async (peer) => {
      const { tag } = await takeAppend(peer);
      await peer.line();
      setTimeout(() => peer.send(`${tag} OK [APPENDUID 7 10] done\r\n`), 50);
      await peer.closed();
    });
    put(writer, 1, 'before');
    writer.begin({ uid: 2, flags: internFlags([]), internalDate: null, sizeBytes: 2_000_000 });
    writer.chunk(Buffer.alloc(1000));
    await new Promise((resolve) => setTimeout(resolve, 30));
    writer.abort();
    await expect(writer.flush()).rejects.toMatchObject({ code: 'connection-lost', retry: 'now' });
    expect(settled).toEqual(['1 stored']);
    expect(record.openIntents().map(({ uid }) => uid)).toEqual([2]);
  });

  test('that is not as long as announced is never completed', async () => {
    const { writer, settled } = await start(PLUS, (peer) => peer.closed());
    writer.begin({ uid: 1, flags: internFlags([]), internalDate: null, sizeBytes: 2_000_000 });
    writer.chunk(Buffer.alloc(2_000_001));
    writer.end();
    await expect(writer.flush()).rejects.toMatchObject({ code: 'connection-lost' });
    expect(settled).toEqual([]);
  });
});

describe('updateFlags', () => {
  test('sets the flags of stored messages by their UIDs at the target', async () => {
    const { lane, target, record } = await start(PLUS, async (peer) => {
      await peer.answer('SELECT "Box"', '* OK [UIDVALIDITY 7] ok\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted)] ok\r\n');
      await peer.answer('UID STORE 20:21 FLAGS.SILENT (\\Seen)', '');
      await peer.answer('UID STORE 30 FLAGS.SILENT ()', '');
    });
    const places = [20, 21, 30, null];
    places.forEach((targetUid, i) => {
      const entry = { uidValidity: 5, uid: i, sizeBytes: 1, internalDate: null, headerDigest: '', fingerprint: '' };
      record.messages.set(i, { ...entry, flags: [], targetUid });
    });
    const seen = internFlags(['\\Seen', 'keyword']);
    const changes = [seen, seen, internFlags([]), seen].map((flags, uid) => ({ uid, flags }));
    await lane.updateFlags(target, 5, changes);
  });

  test('touches nothing in a mailbox that was renumbered', async () => {
    const { lane, target, record } = await start(PLUS, async (peer) => {
      await peer.answer('SELECT "Box"', '* OK [UIDVALIDITY 8] ok\r\n');
    });
    const entry = { uidValidity: 5, uid: 1, sizeBytes: 1, internalDate: null, headerDigest: '', fingerprint: '' };
    record.messages.set(1, { ...entry, flags: [], targetUid: 20 });
    const change = lane.updateFlags(target, 5, [{ uid: 1, flags: internFlags([]) }]);
    await expect(change).rejects.toMatchObject({ code: 'mailbox-renumbered' });
  });
});
