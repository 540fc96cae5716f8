import { hash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
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
