import { hash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { BATCH_MESSAGES, batchBytes, SMALL_BYTES } from '../../../../electron/engine/imap/append-batch.ts';
import { internFlags } from '../../../../electron/engine/flags.ts';
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
