import { describe, expect, it, vi } from 'vitest';
import { MemorySink, MemorySource, MemoryStore } from '../../helpers/memory.ts';
import { expectSame, filled, message, run } from './transfer-kit.ts';

describe('what the user wants of a transfer', () => {
  it.each([
    [900, 1],
    [4_000, 4],
  ])(
    '%i messages get %i connections, so that a server which makes each wait is not waited for in one line',
    async (messages, lanes) => {
      const sink = new MemorySink(new MemoryStore());
      const open = vi.spyOn(sink, 'openLane');
      const { summary } = await run(new MemorySource(filled({ INBOX: messages })), sink, { lanes: 8 });
      expect(summary).toMatchObject({ state: 'complete', stored: messages });
      expect(open).toHaveBeenCalledTimes(lanes);
    },
  );

  it('pauses with everything durable, then goes on', async () => {
    const source = new MemorySource(filled({ INBOX: 2600 }));
    const sink = new MemorySink(new MemoryStore());
    const states: string[] = [];
    const { summary } = await run(source, sink, { lanes: 2 }, (job) => {
      let done = false;
      job.subscribe((s) => {
        states.push(s.state);
        if (!done && s.counts.stored > 100) {
          done = true;
          job.pause();
        }
        if (s.state === 'paused') {
          expect([...sink.ledgers.values()][0]!.intents).toEqual([]);
          job.resume();
        }
      });
    });
    expect(states).toContain('paused');
    expect(summary).toMatchObject({ state: 'complete', stored: 2600 });
    expectSame(source.store, sink.store);
  });

  it('cancel ends stopped, and the next run finishes the work', async () => {
    const source = new MemorySource(filled({ INBOX: 2000 }));
    const sink = new MemorySink(new MemoryStore());
    const { summary } = await run(source, sink, { lanes: 1 }, (job) => {
      job.subscribe((s) => {
        if (s.counts.stored > 300) job.cancel();
      });
    });
    expect(summary.state).toBe('stopped');
    expect(summary.stored).toBeLessThan(2000);
    const second = await run(source, sink);
    expect(second.summary.state).toBe('complete');
    expectSame(source.store, sink.store);
    expect(sink.appends).toBe(2000);
  });

  it('--since moves a part, and a later full run moves the rest', async () => {
    const store = new MemoryStore();
    store.mailbox('INBOX').add(message(1), [], '2019-01-01T00:00:00+00:00');
    store.mailbox('INBOX').add(message(2), [], '2024-01-01T00:00:00+00:00');
    const source = new MemorySource(store);
    const sink = new MemorySink(new MemoryStore());
    expect((await run(source, sink, { since: '2020-01-01' })).summary).toMatchObject({ planned: 1, stored: 1 });
    expect((await run(source, sink)).summary).toMatchObject({ planned: 2, duplicate: 1, stored: 1 });
  });

  it('--mirror forgets what left the source, but never more than half without a word', async () => {
    const source = new MemorySource(filled({ INBOX: 10 }));
    const sink = new MemorySink(new MemoryStore());
    await run(source, sink);
    const ledger = [...sink.ledgers.values()][0]!;
    for (const uid of [1, 2, 3, 4, 5, 6]) source.store.mailbox('INBOX').remove(uid);
    const refused = await run(source, sink, { mirror: 'on' });
    expect(refused.summary.state).toBe('incomplete');
    expect(refused.summary.exceptions[0]).toMatchObject({ code: 'mirror-refused', uid: null });
    expect(ledger.entries).toHaveLength(10);
    await run(source, sink, { mirror: 'confirmed' });
    expect(ledger.entries.map((e) => e.uid)).toEqual([7, 8, 9, 10]);
  });

  it('keeps to a speed limit over all lanes together', async () => {
    const source = new MemorySource(filled({ INBOX: 300, Sent: 300 }));
    const bytes = source.store.statuses().reduce((sum, s) => sum + s.sizeBytes!, 0);
    const { summary, clock } = await run(source, new MemorySink(new MemoryStore()), { bytesPerSecond: 1000 });
    expect(summary.state).toBe('complete');
    expect(clock.ms).toBeGreaterThan(bytes * 0.9);
    expect(clock.ms).toBeLessThan(bytes * 1.5);
  });

  it('--date-from-header takes the date of the message where the server lost it', async () => {
    const store = new MemoryStore();
    store
      .mailbox('INBOX')
      .add('Date: Tue, 3 Mar 2015 08:09:10 -0530\r\nSubject: x\r\n\r\nbody\r\n', [], '2026-11-24T00:00:00+00:00');
    store.mailbox('INBOX').add('Subject: no date\r\n\r\nbody\r\n', [], '2026-11-24T00:00:00+00:00');
    const sink = new MemorySink(new MemoryStore());
    await run(new MemorySource(store), sink, { dateFromHeader: true });
    expect(sink.store.mailbox('INBOX').messages.map((m) => m.internalDate)).toEqual([
      '2015-03-03T08:09:10-05:30',
      '2026-11-24T00:00:00+00:00',
    ]);
    expectSame(store, sink.store);
  });
});
