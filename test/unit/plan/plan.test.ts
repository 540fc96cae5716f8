import { describe, expect, it } from 'vitest';
import { internFlags } from '../../../electron/engine/flags.ts';
import { isUnchanged, mirrorNeedsConfirmation, planDelta } from '../../../electron/engine/plan/delta.ts';
import { identityCandidates, pairByDigest } from '../../../electron/engine/plan/identity.ts';
import { planRenumbering } from '../../../electron/engine/plan/renumber.ts';
import { orderMailboxes, selectMailboxes, unmatchedPatterns } from '../../../electron/engine/plan/select.ts';
import type { KnownDetail } from '../../../electron/engine/sink.ts';
import type { MailboxStatus, SpecialUse } from '../../../shared/mailbox.ts';

const status = (path: string, more: Partial<MailboxStatus> = {}): MailboxStatus => ({
  path,
  delimiter: '/',
  specialUse: null,
  selectable: true,
  subscribed: true,
  messages: 3,
  unseen: null,
  uidValidity: 7,
  uidNext: 10,
  highestModSeq: '5',
  sizeBytes: 100,
  ...more,
});

describe('isUnchanged', () => {
  const last = { uidValidity: 7, uidNext: 10, messages: 3, highestModSeq: '5' };
  it('holds only when every number of STATUS is the same', () => {
    expect(isUnchanged(status('A'), last)).toBe(true);
    expect(isUnchanged(status('A', { messages: 4 }), last)).toBe(false);
    expect(isUnchanged(status('A', { uidNext: 11 }), last)).toBe(false);
    expect(isUnchanged(status('A', { highestModSeq: '6' }), last)).toBe(false);
    expect(isUnchanged(status('A', { uidValidity: 8 }), last)).toBe(false);
    expect(isUnchanged(status('A'), null)).toBe(false);
  });
  it('never holds without CONDSTORE, where a changed flag leaves no trace, or without UIDVALIDITY', () => {
    expect(isUnchanged(status('A', { highestModSeq: null }), { ...last, highestModSeq: null })).toBe(false);
    expect(isUnchanged(status('A', { uidValidity: 0 }), { ...last, uidValidity: 0 })).toBe(false);
  });
});

describe('planDelta', () => {
  const seen = internFlags(['\\Seen']);
  const none = internFlags([]);
  const known = {
    uids: Uint32Array.of(1, 3, 5, 9),
    flags: [seen, none, none, none],
    missing: Uint8Array.of(0, 0, 1, 0),
  };

  it('tells new, changed, gone and returned messages apart', () => {
    const uids = Uint32Array.of(1, 2, 5, 10);
    expect(planDelta({ uids, inScope: null, flags: [none, none, undefined, none] }, known)).toEqual({
      fresh: Uint32Array.of(2, 10),
      knownCount: 2,
      flagChanges: [
        { uid: 1, flags: none },
        { uid: 5, flags: none },
      ],
      missing: Uint32Array.of(3, 9),
      gone: Uint32Array.of(3, 9),
    });
  });

  it('a scope limits what is fetched and counted, never what counts as missing', () => {
    const delta = planDelta(
      { uids: Uint32Array.of(1, 2, 3, 9, 10), inScope: Uint32Array.of(9, 10), flags: null },
      known,
    );
    expect([...delta.fresh]).toEqual([10]);
    expect(delta.knownCount).toBe(1);
    expect([...delta.missing]).toEqual([]);
    expect([...delta.gone]).toEqual([5]);
  });

  it('more than half of a mailbox gone at once needs a word of confirmation', () => {
    expect(mirrorNeedsConfirmation(5, 10)).toBe(false);
    expect(mirrorNeedsConfirmation(6, 10)).toBe(true);
  });
});

describe('planRenumbering', () => {
  const detail = (uid: number, key: string, fingerprint = key, uidValidity = 1): KnownDetail => ({
    uidValidity,
    uid,
    sizeBytes: 10,
    internalDate: '2024-01-01T00:00:00+00:00',
    headerDigest: key,
    fingerprint,
  });
  const candidate = (uid: number, key: string, internalDate = '2024-01-01T01:00:00+01:00') => ({
    uid,
    sizeBytes: 10,
    internalDate,
    headerDigest: key,
  });

  it('matches by size, instant and header, whatever the zone', () => {
    const plan = planRenumbering(
      [candidate(100, 'a'), candidate(101, 'b'), candidate(102, 'new')],
      [detail(1, 'a'), detail(2, 'b')],
    );
    expect(plan.matches.map((m) => [m.uid, m.was.uid])).toEqual([
      [100, 1],
      [101, 2],
    ]);
    expect(plan.fresh).toEqual([102]);
  });

  it('exact copies are paired in order of UID', () => {
    const plan = planRenumbering([candidate(100, 'a'), candidate(101, 'a')], [detail(5, 'a'), detail(2, 'a')]);
    expect(plan.matches.map((m) => [m.uid, m.was.uid])).toEqual([
      [100, 2],
      [101, 5],
    ]);
  });

  it('different bodies under one header are ambiguous', () => {
    const plan = planRenumbering([candidate(100, 'a')], [detail(1, 'a', 'x'), detail(2, 'a', 'y')]);
    expect(plan.matches).toEqual([]);
    expect(plan.ambiguous).toEqual([{ uid: 100, candidates: [detail(1, 'a', 'x'), detail(2, 'a', 'y')] }]);
  });

  it('more copies than are stored are ambiguous: one may be another message', () => {
    expect(planRenumbering([candidate(100, 'a'), candidate(101, 'a')], [detail(1, 'a')]).ambiguous).toHaveLength(2);
  });

  it('the same message recorded under two older generations is one message', () => {
    const plan = planRenumbering([candidate(100, 'a')], [detail(1, 'a', 'a', 1), detail(50, 'a', 'a', 2)]);
    expect(plan.matches).toHaveLength(1);
  });

  it('another date is another message', () => {
    expect(planRenumbering([candidate(100, 'a', '2024-01-01T00:00:01+00:00')], [detail(1, 'a')]).fresh).toEqual([100]);
  });
});

describe('selectMailboxes', () => {
  const all = [
    status('INBOX', { specialUse: 'inbox' }),
    status('INBOX/Kunden'),
    status('Archive'),
    status('Archive/2019'),
    status('Archive/2019/Q1'),
    status('Archives'),
    status('Junk', { specialUse: 'junk' }),
    status('Box', { selectable: false }),
  ];
  const names = (only: string[], skip: string[] = []) => selectMailboxes(all, { only, skip }).map((m) => m.path);

  it.each([
    [[], ['INBOX', 'INBOX/Kunden', 'Archive', 'Archive/2019', 'Archive/2019/Q1', 'Archives', 'Junk']],
    [['Archive'], ['Archive', 'Archive/2019', 'Archive/2019/Q1']],
    [['Archive/%'], ['Archive/2019']],
    [['Archive/*'], ['Archive/2019', 'Archive/2019/Q1']],
    [['inbox'], ['INBOX', 'INBOX/Kunden']],
    [['\\Junk'], ['Junk']],
    [['Archive?'], ['Archives']],
    [['(a+)+$'], []],
  ])('--only %j takes %j', (only, expected) => {
    expect(names(only)).toEqual(expected);
  });

  it('--skip wins over --only', () => {
    expect(names(['Archive'], ['Archive/2019'])).toEqual(['Archive']);
  });

  it('a pattern that names nothing is told', () => {
    expect(unmatchedPatterns(all, ['Archive', 'Arhcive', '\\Sent'])).toEqual(['Arhcive', '\\Sent']);
  });

  it('INBOX comes first, Gmail\u2019s All Mail last', () => {
    const use = (path: string, specialUse: SpecialUse | null) => status(path, { specialUse });
    const shuffled = [
      use('Z', null),
      use('All', 'all'),
      use('Trash', 'trash'),
      use('A', null),
      use('Sent', 'sent'),
      use('INBOX', 'inbox'),
    ];
    expect(orderMailboxes(shuffled).map((m) => m.path)).toEqual(['INBOX', 'Sent', 'A', 'Z', 'Trash', 'All']);
  });
});

describe('identity at the target', () => {
  const columns = (rows: [number, number, string, string][]) => ({
    uids: rows.map((r) => r[0]),
    sizes: rows.map((r) => r[1]),
    messageIds: rows.map((r) => r[2]),
    internalDates: rows.map((r) => r[3]),
  });
  const date = '2024-01-01T00:00:00+00:00';

  it('compares those with the same Message-ID, or without one those of the same second and about the same size', () => {
    const source = columns([
      [1, 100, '<a>', date],
      [2, 100, '', date],
      [3, 100, '<c>', date],
    ]);
    const target = columns([
      [10, 120, '<a>', '2000-01-01T00:00:00Z'],
      [11, 104, '', date],
      [12, 900, '', date],
    ]);
    expect(identityCandidates(source, target)).toEqual({ sourceUids: [1, 2], targetUids: [10, 11] });
  });

  it('pairs what is equal before what is alike, each target message once', () => {
    const digest = (uid: number, fingerprint: string, likeness: string) => ({ uid, fingerprint, likeness });
    const pairs = pairByDigest(
      [digest(1, 'f1', 'l'), digest(2, 'f2', 'l'), digest(3, 'f3', 'l')],
      [digest(10, 'f2', 'l'), digest(11, 'x', 'l')],
    );
    expect(pairs.map((p) => [p.source.uid, p.target.uid])).toEqual([
      [2, 10],
      [1, 11],
    ]);
  });
});
