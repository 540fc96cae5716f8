import { afterEach, describe, expect, test } from 'vitest';
import { parseAppendUid } from '../../../../electron/engine/imap/append-uid.ts';
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
