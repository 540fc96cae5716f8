import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { internFlags } from '../../../electron/engine/flags.ts';
import { openLedger } from '../../../electron/engine/jobs/ledger/ledger.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import type { PlacedMessage } from '../../../electron/engine/sink.ts';
import { FakeClock } from '../../helpers/memory.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-ledger-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const open = () => openLedger({ folder, source: 'a@x', target: 'b@y', clock: new FakeClock(), log: silentLog });
const file = () =>
  path.join(
    folder,
    fs.readdirSync(folder).find((n) => n.endsWith('.jsonl'))!,
  );
const placed = (uid: number, targetUid: number | null, uidValidity = 7): PlacedMessage => ({
  uidValidity,
  uid,
  sizeBytes: 100 + uid,
  internalDate: '2024-01-01T00:00:00+05:45',
  headerDigest: 'ab'.repeat(32),
  fingerprint: String(uid).padStart(64, '0'),
  flags: internFlags(['\\Seen', 'Übrig']),
  targetUid,
});

describe('transfer ledger', () => {
  it('remembers what was stored where across runs', async () => {
    const first = open();
    const mailbox = first.mailbox('INBOX', 'INBOX', { uidValidity: 5 });
    await mailbox.intend([{ uidValidity: 7, uid: 3, targetUidNext: 10, sizeBytes: 103, fingerprint: null }]);
    await mailbox.stored([placed(3, 10), placed(1, null)]);
    await mailbox.completePass({ uidValidity: 7, uidNext: 4, messages: 2, highestModSeq: '99' });
    await first.close();
    const opened = open();
    expect(opened.unheardSince).toBeNull();
    const second = opened.mailbox('INBOX', 'INBOX', { uidValidity: 5 });
    expect([...second.known(7).uids]).toEqual([1, 3]);
    expect(second.placed(7, [3, 1, 2])).toEqual([placed(3, 10), placed(1, null), null]);
    expect(second.lastPass()).toEqual({ uidValidity: 7, uidNext: 4, messages: 2, highestModSeq: '99' });
    expect(second.openIntents()).toEqual([]);
  });

  it('keeps the intents of a run that died', async () => {
    const first = open();
    await first
      .mailbox('INBOX', 'INBOX', { uidValidity: 5 })
      .intend([1, 2].map((uid) => ({ uidValidity: 7, uid, targetUidNext: 10, sizeBytes: 1, fingerprint: null })));
    fs.rmSync(`${file()}.lock`);
    const opened = open();
    const second = opened.mailbox('INBOX', 'INBOX', { uidValidity: 5 });
    expect(opened.unheardSince!.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(second.openIntents()).toEqual([1, 2].map((uid) => ({ uidValidity: 7, uid, targetUidNext: 10 })));
    await second.dropIntents(7, [1]);
    await second.adopt([{ ...placed(2, 11), targetUid: 11 }]);
    expect(second.openIntents()).toEqual([]);
  });

  it('a target mailbox with another UIDVALIDITY is a new one: nothing is known of it', async () => {
    const first = open();
    const mailbox = first.mailbox('INBOX', 'INBOX', { uidValidity: 5 });
    await mailbox.stored([placed(3, 10)]);
    await mailbox.completePass({ uidValidity: 7, uidNext: 4, messages: 1, highestModSeq: null });
    await first.close();
    const second = open();
    const again = second.mailbox('INBOX', 'INBOX', { uidValidity: 6 });
    expect([...again.known(7).uids]).toEqual([]);
    expect(again.lastPass()).toBeNull();
    await again.stored([placed(3, 1)]);
    await second.close();
    expect(open().mailbox('INBOX', 'INBOX', { uidValidity: 6 }).targetUids(7, [3])).toEqual([1]);
  });

  it('cuts a torn tail and goes on', async () => {
    const first = open();
    await first.mailbox('A', 'B', { uidValidity: 5 }).stored([placed(1, 1)]);
    await first.close();
    fs.appendFileSync(file(), '{"type":"stored","pair":1,"gener');
    const second = open();
    const mailbox = second.mailbox('A', 'B', { uidValidity: 5 });
    await mailbox.stored([placed(2, 2)]);
    await second.close();
    expect([...open().mailbox('A', 'B', { uidValidity: 5 }).known(7).uids]).toEqual([1, 2]);
  });

  it('sets a ledger with a damaged line aside rather than sending something twice on its word', async () => {
    const first = open();
    const mailbox = first.mailbox('A', 'B', { uidValidity: 5 });
    await mailbox.stored([placed(1, 1)]);
    await mailbox.stored([placed(2, 2)]);
    await first.close();
    const lines = fs.readFileSync(file(), 'utf8').split('\n');
    lines[3] = lines[3]!.replace('103', '104').replace('101', '109');
    fs.writeFileSync(file(), lines.join('\n'));
    expect([...open().mailbox('A', 'B', { uidValidity: 5 }).known(7).uids]).toEqual([]);
    expect(fs.readdirSync(folder).some((n) => n.includes('damaged'))).toBe(true);
  });

  it('a message lost at the target voids the pass, so the mailbox is looked at again', async () => {
    const mailbox = open().mailbox('A', 'B', { uidValidity: 5 });
    await mailbox.stored([placed(1, 1), placed(2, 2)]);
    await mailbox.completePass({ uidValidity: 7, uidNext: 3, messages: 2, highestModSeq: '1' });
    await mailbox.forgetStored(7, [1]);
    expect(mailbox.lastPass()).toBeNull();
    expect([...mailbox.known(7).uids]).toEqual([2]);
  });

  it('matches a renumbered source without losing places', async () => {
    const mailbox = open().mailbox('A', 'B', { uidValidity: 5 });
    await mailbox.stored([placed(1, 41)]);
    await mailbox.recordRenumbered(8, [{ uid: 100, flags: internFlags(['\\Flagged']), was: placed(1, 41) }]);
    expect(mailbox.targetUids(8, [100])).toEqual([41]);
    expect(mailbox.known(8).flags).toEqual([['\\Flagged']]);
    expect(mailbox.otherGenerations(8).map((d) => d.uid)).toEqual([1]);
  });

  it('two processes cannot move between the same two accounts at once', () => {
    open();
    expect(() => open()).toThrow(/Another Mailferry/);
  });

  it('grows past its first columns', async () => {
    const mailbox = open().mailbox('A', 'B', { uidValidity: 5 });
    await mailbox.stored(Array.from({ length: 500 }, (_, i) => placed(500 - i, i + 1)));
    expect([...mailbox.known(7).uids]).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(mailbox.placed(7, [437])[0]).toEqual(placed(437, 64));
  });
});
