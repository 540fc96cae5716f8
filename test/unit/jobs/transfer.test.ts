import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../electron/engine/errors.ts';
import { Job } from '../../../electron/engine/jobs/job.ts';
import { prove } from '../../../electron/engine/jobs/prove.ts';
import { DEFAULT_RETRY } from '../../../electron/engine/jobs/retry.ts';
import { transfer } from '../../../electron/engine/jobs/transfer.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import { connectionLost, FakeClock, MemorySink, MemorySource, MemoryStore } from '../../helpers/memory.ts';
import { expectSame, filled, message, OPTIONS, pairsOf, run } from './transfer-kit.ts';

describe('transfer', () => {
  it('moves every message once and accounts for each', async () => {
    const source = new MemorySource(filled({ INBOX: 1203, Sent: 40, Empty: 0 }));
    const sink = new MemorySink(new MemoryStore());
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ state: 'complete', planned: 1243, stored: 1243, failed: 0, exceptions: [] });
    expectSame(source.store, sink.store);
  });

  it('does nothing the second time, and opens no mailbox', async () => {
    const source = new MemorySource(filled({ INBOX: 30, Sent: 4 }));
    const sink = new MemorySink(new MemoryStore());
    await run(source, sink);
    const { appends } = sink;
    const passes = [...sink.ledgers.values()].map((l) => l.passes);
    source.store.log.length = 0;
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ state: 'complete', planned: 34, duplicate: 34, stored: 0, bytes: 0 });
    expect(source.store.log).toEqual(['scan']);
    expect(sink.appends).toBe(appends);
    expect([...sink.ledgers.values()].map((l) => l.passes)).toEqual(passes);
  });

  it('without CONDSTORE lists again but moves and records nothing', async () => {
    const source = new MemorySource(new MemoryStore({ condstore: false }));
    for (let i = 0; i < 5; i++) source.store.mailbox('INBOX').add(message(i));
    const sink = new MemorySink(new MemoryStore());
    await run(source, sink);
    const passes = [...sink.ledgers.values()][0]!.passes;
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ duplicate: 5, stored: 0 });
    expect([...sink.ledgers.values()][0]!.passes).toBe(passes);
  });

  it('moves only what is new, carries changed flags, keeps what left the source', async () => {
    const source = new MemorySource(filled({ INBOX: 10 }));
    const sink = new MemorySink(new MemoryStore());
    await run(source, sink);
    const inbox = source.store.mailbox('INBOX');
    inbox.add(message(99));
    inbox.setFlags(2, ['\\Seen', '\\Flagged']);
    inbox.remove(5);
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ planned: 10, stored: 1, duplicate: 9 });
    const target = sink.store.mailbox('INBOX');
    expect(target.messages).toHaveLength(11);
    expect(target.messages[1]!.flags).toEqual(['\\Flagged', '\\Seen']);
    expect([...sink.ledgers.values()][0]!.entries.filter((e) => e.missing).map((e) => e.uid)).toEqual([5]);
  });

  it('goes on after the source breaks off in the middle of a message, again and again', async () => {
    const source = new MemorySource(filled({ INBOX: 700, Sent: 30 }));
    const sink = new MemorySink(new MemoryStore());
    let broken = 0;
    source.fault = (_path, uid) => {
      if (uid % 97 === 0 && broken++ % 2 === 0) throw connectionLost();
    };
    const { summary, clock } = await run(source, sink);
    expect(broken).toBeGreaterThan(5);
    expect(clock.sleeps.length).toBeGreaterThan(4);
    expect(summary).toMatchObject({ state: 'complete', planned: 730, stored: 730 });
    expectSame(source.store, sink.store);
    expect(sink.appends).toBe(730);
  });

  it.each(['before', 'after'] as const)(
    'a target lost %s a batch arrived is looked at before anything is sent again',
    async (when) => {
      const source = new MemorySource(filled({ INBOX: 200, Sent: 20 }));
      const sink = new MemorySink(new MemoryStore());
      let count = 0;
      sink.fault = (at) => {
        if (at === when && ++count % 9 === 4) throw connectionLost();
      };
      const { summary } = await run(source, sink);
      expect(count).toBeGreaterThan(30);
      expect(summary).toMatchObject({ state: 'complete', planned: 220, stored: 220, failed: 0 });
      expectSame(source.store, sink.store);
      expect(sink.appends).toBe(220);
    },
  );

  it.each(['before', 'after'] as const)(
    'a run that dies %s a batch arrived is resumed without loss or doubles',
    async (when) => {
      for (let nth = 0; nth < 12; nth++) {
        const source = new MemorySource(filled({ INBOX: 20, Sent: 10 }));
        const sink = new MemorySink(new MemoryStore());
        sink.fault = (at, batch) => {
          if (at === when && batch === nth)
            throw new EngineError('over-quota', 'full', { scope: 'account', retry: 'later' });
        };
        const first = await run(source, sink);
        expect(['failed', 'complete']).toContain(first.summary.state);
        sink.fault = () => undefined;
        const second = await run(source, sink);
        expect(second.summary.state).toBe('complete');
        expectSame(source.store, sink.store);
        const { appends } = sink;
        const third = await run(source, sink);
        expect(third.summary).toMatchObject({ stored: 0, duplicate: 30 });
        expect(sink.appends).toBe(appends);
      }
    },
  );

  it('flags that changed after a run had died with its last batch unanswered reach the target', async () => {
    const source = new MemorySource(filled({ INBOX: 5 }));
    const sink = new MemorySink(new MemoryStore());
    sink.fault = (at) => {
      if (at === 'after') throw new EngineError('over-quota', 'full', { scope: 'account', retry: 'later' });
    };
    expect((await run(source, sink)).summary.state).toBe('failed');
    sink.fault = () => undefined;
    for (const { uid } of source.store.mailbox('INBOX').messages) {
      source.store.mailbox('INBOX').setFlags(uid, ['\\Answered', `k${uid}`]);
    }
    expect((await run(source, sink)).summary.state).toBe('complete');
    const flagsIn = (store: MemoryStore): string[] =>
      store.mailbox('INBOX').messages.map((m) => `${m.raw.length} ${m.flags.join(' ')}`);
    expect(flagsIn(sink.store).sort()).toEqual(flagsIn(source.store).sort());
  });

  it('gives up after bounded tries, with the reason, and loses nothing', async () => {
    const source = new MemorySource(filled({ INBOX: 20 }));
    const sink = new MemorySink(new MemoryStore());
    source.fault = (_path, uid) => {
      if (uid === 11) throw connectionLost();
    };
    const { summary, clock } = await run(source, sink);
    expect(summary.state).toBe('failed');
    expect(summary.failure?.code).toBe('connection-lost');
    expect(clock.sleeps).toHaveLength(DEFAULT_RETRY.maxTries);
    source.fault = () => undefined;
    expect((await run(source, sink)).summary.state).toBe('complete');
    expectSame(source.store, sink.store);
  });

  it('finds messages already at a target that no ledger knows, whatever the server did to their line ends', async () => {
    const source = new MemorySource(filled({ INBOX: 12 }));
    source.store.mailbox('INBOX').add('Subject: no id\nX: 1\n\nunix lines\n');
    source.store.mailbox('INBOX').add(message(3).replace('body', 'other'));
    const target = new MemoryStore();
    for (let i = 0; i < 6; i++) target.mailbox('INBOX').add(message(i));
    target.mailbox('INBOX').add('Subject: no id\r\nX: 1\r\n\r\nunix lines\r\n');
    const sink = new MemorySink(target);
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ planned: 14, duplicate: 7, stored: 7 });
    expect(target.mailbox('INBOX').messages).toHaveLength(14);
  });

  it('two different messages with one Message-ID are both kept, exact copies too', async () => {
    const store = new MemoryStore();
    const inbox = store.mailbox('INBOX');
    inbox.add('Message-ID: <same@example.org>\r\n\r\none\r\n');
    inbox.add('Message-ID: <same@example.org>\r\n\r\ntwo\r\n');
    inbox.add('Message-ID: <same@example.org>\r\n\r\ntwo\r\n');
    const target = new MemoryStore();
    target.mailbox('INBOX').add('Message-ID: <same@example.org>\r\n\r\ntwo\r\n');
    const sink = new MemorySink(target);
    const { summary } = await run(new MemorySource(store), sink);
    expect(summary).toMatchObject({ duplicate: 1, stored: 2 });
    expectSame(store, target);
  });

  it('a changed UIDVALIDITY moves nothing twice', async () => {
    const source = new MemorySource(filled({ INBOX: 25 }));
    const sink = new MemorySink(new MemoryStore());
    await run(source, sink);
    source.store.mailbox('INBOX').renumber(77_777);
    source.store.mailbox('INBOX').add(message(500));
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ planned: 26, duplicate: 25, stored: 1 });
    expectSame(source.store, sink.store);
    expect((await run(source, sink)).summary).toMatchObject({ duplicate: 26, stored: 0 });
  });

  it('an exact copy that came along with a changed UIDVALIDITY is a second message at the target', async () => {
    const source = new MemorySource(filled({ INBOX: 3 }));
    const sink = new MemorySink(new MemoryStore());
    await run(source, sink);
    const inbox = source.store.mailbox('INBOX');
    inbox.renumber(77_777);
    inbox.add(inbox.messages[0]!.raw, ['\\Seen']);
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ planned: 4, duplicate: 3, stored: 1 });
    expectSame(source.store, sink.store);
  });

  it('flags that changed along with UIDVALIDITY reach the target', async () => {
    const source = new MemorySource(filled({ INBOX: 5 }));
    const sink = new MemorySink(new MemoryStore());
    await run(source, sink);
    const inbox = source.store.mailbox('INBOX');
    inbox.renumber(77_777);
    inbox.setFlags(inbox.messages[0]!.uid, ['\\Seen', '\\Flagged', 'Project']);
    inbox.setFlags(inbox.messages[1]!.uid, []);
    await run(source, sink);
    const flagsIn = (store: MemoryStore): string[] => store.mailbox('INBOX').messages.map((m) => m.flags.join(' '));
    expect(flagsIn(sink.store)).toEqual(flagsIn(source.store));
    expect(flagsIn(sink.store)).toContain('Project \\Flagged \\Seen');
  });

  it('a message that vanishes meanwhile is named with its UID', async () => {
    const source = new MemorySource(filled({ INBOX: 10 }));
    const sink = new MemorySink(new MemoryStore());
    source.fault = (_path, uid) => {
      if (uid === 3) source.store.mailbox('INBOX').remove(7);
    };
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ state: 'complete', planned: 10, stored: 9, vanished: 1 });
    expect(summary.exceptions).toEqual([expect.objectContaining({ mailbox: 'INBOX', uid: 7, outcome: 'vanished' })]);
  });

  it('a mailbox the server refuses fails alone, and the rest arrives', async () => {
    const source = new MemorySource(filled({ INBOX: 5, Broken: 4, Sent: 3 }));
    const sink = new MemorySink(new MemoryStore());
    source.fault = (path) => {
      if (path === 'Broken') throw new EngineError('mailbox-missing', 'It is gone.', { scope: 'mailbox' });
    };
    const { summary } = await run(source, sink);
    expect(summary).toMatchObject({ state: 'incomplete', planned: 12, stored: 8, failed: 4 });
    expect(summary.exceptions).toContainEqual(
      expect.objectContaining({ mailbox: 'Broken', uid: null, code: 'mailbox-missing' }),
    );
  });

  it('goes on when the line breaks while a folder is prepared, and while the target is read back', async () => {
    const source = new MemorySource(filled({ INBOX: 30, Sent: 5 }));
    const sink = new MemorySink(new MemoryStore());
    const prepare = sink.prepare.bind(sink);
    let prepared = 0;
    sink.prepare = async (pair) => {
      if (++prepared === 2) throw connectionLost();
      return prepare(pair);
    };
    const list = sink.readBack.openLane.bind(sink.readBack);
    let opened = 0;
    sink.readBack.openLane = async () => {
      const lane = await list();
      if (++opened === 1) lane.list = () => Promise.reject(connectionLost());
      return lane;
    };
    const clock = new FakeClock();
    const job = new Job({ id: 'j', kind: 'migrate', clock, log: silentLog });
    const summary = await job.run(async () => {
      const works = await transfer(
        { job, source, sink, options: OPTIONS, retry: DEFAULT_RETRY },
        await pairsOf(source),
      );
      await prove(job, sink.readBack, works, 'full', DEFAULT_RETRY);
    });
    expect(summary).toMatchObject({ state: 'complete', planned: 35, stored: 35, exceptions: [] });
    expect([prepared, opened, clock.sleeps.length]).toEqual([3, 2, 2]);
    expectSame(source.store, sink.store);
  });
});
