import { describe, expect, it, vi } from 'vitest';
import type { MessagePage, MessageQuery, MessageRow } from '../../../../shared/browse.ts';
import { indexOfRow, PAGE, PageStore, rowAt } from '../../../../renderer/screens/archive/page-store.ts';
import { EVERYTHING } from '../../../../renderer/screens/archive/query.ts';

function rowOf(index: number): MessageRow {
  return {
    ...{ mailbox: 'INBOX', uidValidity: 1, uid: index, from: '', to: '', subject: `No. ${index}`, date: null },
    ...{ sizeBytes: 1, unread: false, flagged: false, answered: false, attachments: 0, missingOnSource: false },
    ...{ snippet: '', hits: { from: [], subject: [], snippet: [] } },
  };
}

function pageFrom(offset: number, total: number): MessagePage {
  const rows = Array.from({ length: Math.min(PAGE, total - offset) }, (_, at) => rowOf(offset + at));
  return { total, offset, rows, perMailbox: null, elapsedMs: 3, unindexed: 0 };
}

interface Call {
  query: MessageQuery;
  offset: number;
  signal: AbortSignal;
  answer: (page: MessagePage) => Promise<void>;
  fail: () => Promise<void>;
}

function setUp() {
  const calls: Call[] = [];
  const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
  const store = new PageStore({
    load: (query, offset, signal) =>
      new Promise((resolve, reject) => {
        const answer = (page: MessagePage) => (resolve(page), settled());
        const fail = () => (reject(new Error('gone')), settled());
        calls.push({ query, offset, signal, answer, fail });
      }),
    failureOf: () => ({ code: 'internal', scope: 'account', retry: 'never', message: 'gone' }),
  });
  const call = (index: number): Call => {
    const found = calls[index];
    if (!found) throw new Error(`no call ${index}`);
    return found;
  };
  return { store, calls, call };
}

describe('pages of a message list', () => {
  it('come one after another as they are needed, each asked for once', async () => {
    const { store, calls, call } = setUp();
    store.show('all', EVERYTHING);
    await call(0).answer(pageFrom(0, 1000));
    store.need(0, 10);
    expect(calls).toHaveLength(1);
    store.need(PAGE - 10, 2 * PAGE + 5);
    store.need(PAGE - 10, 2 * PAGE + 5);
    expect(calls.map(({ offset }) => offset)).toEqual([0, PAGE, 2 * PAGE]);
    await call(2).answer(pageFrom(2 * PAGE, 1000));
    const { list } = store.read();
    const at = 2 * PAGE + 1;
    expect(list && rowAt(list, at)?.subject).toBe(`No. ${at}`);
    expect(list && rowAt(list, PAGE + 1)).toBeUndefined();
    expect(list && indexOfRow(list, ({ uid }) => uid === at)).toBe(at);
    expect(list && indexOfRow(list, ({ uid }) => uid === PAGE + 1)).toBe(-1);
  });

  it('never end beyond the last message', async () => {
    const { store, calls, call } = setUp();
    store.show('all', EVERYTHING);
    await call(0).answer(pageFrom(0, PAGE - 1));
    store.need(0, 900);
    expect(calls).toHaveLength(1);
  });

  it('stay shown until those of the next query are there', async () => {
    const { store, call } = setUp();
    store.show('all', EVERYTHING);
    await call(0).answer(pageFrom(0, 5));
    store.show('kiln', { ...EVERYTHING, text: 'kiln' });
    expect(store.read()).toMatchObject({ isWaiting: true, list: { key: 'all', total: 5 } });
    await call(1).answer(pageFrom(0, 2));
    expect(store.read()).toMatchObject({ isWaiting: false, list: { key: 'kiln', total: 2 } });
  });

  it('of the newest query only are asked for when an answer is on the way, and that one is not shown', async () => {
    const { store, calls, call } = setUp();
    store.show('k', { ...EVERYTHING, text: 'k' });
    store.show('ki', { ...EVERYTHING, text: 'ki' });
    store.show('kil', { ...EVERYTHING, text: 'kil' });
    expect(calls.map(({ query }) => query.text)).toEqual(['k']);
    await call(0).answer(pageFrom(0, 99));
    expect(store.read()).toMatchObject({ isWaiting: true, list: null });
    expect(calls.map(({ query }) => query.text)).toEqual(['k', 'kil']);
    await call(1).answer(pageFrom(0, 2));
    expect(store.read()).toMatchObject({ isWaiting: false, list: { key: 'kil', total: 2 } });
  });

  it('of a query that was given up are kept for when it comes back', async () => {
    const { store, calls, call } = setUp();
    store.show('k', { ...EVERYTHING, text: 'k' });
    store.show('ki', { ...EVERYTHING, text: 'ki' });
    await call(0).answer(pageFrom(0, 99));
    store.show('k', { ...EVERYTHING, text: 'k' });
    expect(calls).toHaveLength(2);
    expect(store.read()).toMatchObject({ isWaiting: false, list: { key: 'k', total: 99 } });
  });

  it('are asked for all the same when an answer does not come', async () => {
    vi.useFakeTimers();
    const { store, calls, call } = setUp();
    store.show('k', { ...EVERYTHING, text: 'k' });
    store.show('ki', { ...EVERYTHING, text: 'ki' });
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    expect(calls).toHaveLength(2);
    await call(1).answer(pageFrom(0, 2));
    await call(0).answer(pageFrom(0, 99));
    expect(store.read()).toMatchObject({ isWaiting: false, list: { key: 'ki', total: 2 } });
  });

  it('of a failed query are not missed by the next one', async () => {
    const { store, calls, call } = setUp();
    store.show('k', { ...EVERYTHING, text: 'k' });
    store.show('ki', { ...EVERYTHING, text: 'ki' });
    await call(0).fail();
    expect(store.read()).toMatchObject({ isWaiting: true, failure: null });
    expect(calls).toHaveLength(2);
  });

  it('are there at once when a query comes back', async () => {
    const { store, calls, call } = setUp();
    store.show('all', EVERYTHING);
    await call(0).answer(pageFrom(0, 5));
    store.show('kiln', { ...EVERYTHING, text: 'kiln' });
    await call(1).answer(pageFrom(0, 2));
    store.show('all', EVERYTHING);
    expect(calls).toHaveLength(2);
    expect(store.read()).toMatchObject({ isWaiting: false, list: { key: 'all', total: 5 } });
  });

  it('of a walk through a huge folder are let go far behind', async () => {
    const { store, calls, call } = setUp();
    store.show('all', EVERYTHING);
    await call(0).answer(pageFrom(0, 200_000));
    for (let at = 1; at <= 210; at += 1) {
      store.need(at * PAGE, at * PAGE);
      await call(at).answer(pageFrom(at * PAGE, 200_000));
    }
    const { list } = store.read();
    expect(list?.pages.size).toBe(200);
    expect(list && rowAt(list, 210 * PAGE)).toBeDefined();
    store.need(0, 0);
    expect(calls.at(-1)?.offset).toBe(0);
  });

  it('keep what is there when one fails, and ask again when it is needed again', async () => {
    const { store, calls, call } = setUp();
    store.show('all', EVERYTHING);
    await call(0).answer(pageFrom(0, 1000));
    store.need(PAGE, PAGE);
    await call(1).fail();
    expect(store.read()).toMatchObject({ failure: { code: 'internal' }, list: { total: 1000 } });
    store.need(PAGE, PAGE);
    expect(calls).toHaveLength(3);
  });

  it('tell their listeners until these go', async () => {
    const { store, call } = setUp();
    let told = 0;
    const leave = store.subscribe(() => (told += 1));
    store.show('all', EVERYTHING);
    leave();
    await call(0).answer(pageFrom(0, 5));
    expect(told).toBe(1);
  });
});
