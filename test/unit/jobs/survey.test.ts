import { describe, expect, test } from 'vitest';
import type { ArchivedState } from '../../../electron/engine/archive/archive-status.ts';
import { chosenSource, NOT_THE_WHOLE } from '../../../electron/engine/jobs/chosen-source.ts';
import { largestMessages } from '../../../electron/engine/jobs/describe.ts';
import { forecast } from '../../../electron/engine/jobs/forecast.ts';
import { survey, type SurveyedMailbox } from '../../../electron/engine/jobs/survey.ts';
import type { MappedPair } from '../../../electron/engine/plan/mapping.ts';
import { MemorySource, MemoryStore } from '../../helpers/memory.ts';

const mail = (n: number, size = 100) =>
  `Message-ID: <${n}@example.org>\r\nSubject: ${n}\r\n\r\n${'x'.repeat(size)}\r\n`;

function filled(counts: Record<string, number>): MemoryStore {
  const store = new MemoryStore();
  let n = 0;
  for (const [path, count] of Object.entries(counts))
    for (let i = 0; i < count; i++) store.mailbox(path).add(mail(n++));
  return store;
}

function archivedOf(store: MemoryStore): Map<string, ArchivedState> {
  return new Map(
    store.statuses().map((s) => {
      const uids = Uint32Array.from(store.mailbox(s.path).messages, (m) => m.uid);
      const { messages, uidValidity, uidNext } = s;
      return [s.path, { messages, uidValidity, uidNext, uids: () => uids }];
    }),
  );
}

async function look(store: MemoryStore, archived: Map<string, ArchivedState> | null, withSizes = true) {
  const source = new MemorySource(store);
  const scanned = store.statuses().map((s) => (withSizes ? s : { ...s, sizeBytes: null }));
  const updates: SurveyedMailbox[][] = [];
  const result = await survey(
    () => source.openLane(),
    scanned,
    archived,
    (m) => updates.push([...m]),
  );
  return { result, updates, byPath: new Map(result.map((m) => [m.path, m])) };
}

describe('a survey', () => {
  test('needs no look into any mailbox when STATUS tells all', async () => {
    const store = filled({ INBOX: 3, Sent: 2 });
    await look(store, null);
    expect(store.log).toEqual([]);
  });

  test('measures sizes where STATUS has none, and tells each as it is known', async () => {
    const store = filled({ INBOX: 3, Sent: 2, Empty: 0 });
    store.mailbox('Empty');
    const { updates, byPath } = await look(store, null, false);
    expect(byPath.get('INBOX')!.sizeBytes).toBe(store.status('INBOX').sizeBytes);
    expect(byPath.get('Empty')!.sizeBytes).toBe(0);
    expect(updates[0]!.find((m) => m.path === 'INBOX')!.sizeBytes).toBeNull();
    expect(updates).toHaveLength(3);
  });

  test('counts exactly what the archive lacks, whatever was deleted meanwhile', async () => {
    const store = filled({ INBOX: 5, Sent: 2, Old: 3 });
    const archived = archivedOf(store);
    store.mailbox('INBOX').remove(2);
    store.mailbox('INBOX').add(mail(90, 1000));
    store.mailbox('INBOX').add(mail(91, 1000));
    store.mailbox('New').add(mail(92));
    const { byPath } = await look(store, archived);
    const bytes = Buffer.byteLength(mail(90, 1000)) * 2;
    expect(byPath.get('INBOX')).toMatchObject({ newMessages: 2, newBytes: bytes });
    expect(byPath.get('Sent')).toMatchObject({ newMessages: 0, newBytes: 0 });
    expect(byPath.get('New')).toMatchObject({ newMessages: 1, archivedMessages: 0 });
    expect(store.log.filter((line) => line.startsWith('list'))).toEqual(['list INBOX']);
  });

  test('claims nothing of a mailbox that was renumbered', async () => {
    const store = filled({ INBOX: 5 });
    const archived = archivedOf(store);
    store.mailbox('INBOX').renumber(2000);
    const { byPath } = await look(store, archived);
    expect(byPath.get('INBOX')).toMatchObject({ newMessages: null, newBytes: null });
  });
});

describe('a forecast', () => {
  const pairsOf = (store: MemoryStore, into = ''): MappedPair[] =>
    store.statuses().map((source) => ({
      ...{ source, targetPath: into + source.path, targetSpecialUse: null, reason: 'same', changed: null },
    }));
  const limits = { maxMessageBytes: null, since: null };

  test('needs no look into an empty target', async () => {
    const store = filled({ INBOX: 3, Sent: 2 });
    const sum = await forecast(
      new MemorySource(store),
      new MemorySource(new MemoryStore()),
      pairsOf(store),
      [],
      limits,
    );
    expect(sum).toMatchObject({ toCopy: 5, alreadyThere: 0, tooLarge: null });
    expect(store.log).toEqual([]);
  });

  test('counts what the target has already, each copy once', async () => {
    const store = filled({ INBOX: 3 });
    store.mailbox('INBOX').add(mail(0));
    const target = new MemoryStore();
    target.mailbox('INBOX').add(mail(0));
    target.mailbox('INBOX').add(mail(99));
    const sources = [new MemorySource(store), new MemorySource(target)] as const;
    expect(await forecast(...sources, pairsOf(store), target.statuses(), limits)).toMatchObject({
      toCopy: 3,
      alreadyThere: 1,
    });
  });

  test('names what is over the limit of the target', async () => {
    const store = filled({ INBOX: 2 });
    store.mailbox('INBOX').add(mail(5, 10_000));
    const sources = [new MemorySource(store), new MemorySource(new MemoryStore())] as const;
    const sum = await forecast(...sources, pairsOf(store), [], { maxMessageBytes: 5000, since: null });
    expect(sum).toMatchObject({ toCopy: 2, tooLarge: 1 });
  });
});

describe('chosen messages', () => {
  test('are a source that lists the others as out of scope', async () => {
    const store = filled({ INBOX: 4, Sent: 2 });
    const source = chosenSource(new MemorySource(store), new Map([['INBOX', new Set([2, 3])]]));
    expect((await source.scan()).map((m) => m.path)).toEqual(['INBOX']);
    const lane = await source.openLane();
    const listing = await lane.list(store.status('INBOX'), { since: NOT_THE_WHOLE });
    expect([...listing.inScope!]).toEqual([2, 3]);
    expect(listing.uids).toHaveLength(4);
  });
});

test('the largest messages are found without a look into mailboxes too small to hold one', async () => {
  const store = filled({ Small: 2 });
  store.mailbox('Big').add(mail(1, 50_000));
  store.mailbox('Big').add(mail(2, 40_000));
  const found = await largestMessages(new MemorySource(store), 2);
  expect(found.map((m) => [m.mailbox, m.uid])).toEqual([
    ['Big', 1],
    ['Big', 2],
  ]);
  expect(store.log).not.toContain('list Small');
});
