import { expect, it } from 'vitest';
import { MailboxAccount } from '../../../electron/engine/jobs/accounting.ts';
import { PairWork } from '../../../electron/engine/jobs/pair-work.ts';
import type { MailboxPair, SinkMailbox } from '../../../electron/engine/sink.ts';
import { statusOf } from '../archive/kit.ts';

const NOBODY = undefined as unknown as SinkMailbox;

/** Sizes of the units that so many messages are cut into. */
function unitsOf(messages: number, sizeBytes: number | null, count = messages, newestFirst = false): number[] {
  const pair = { source: statusOf('INBOX', { messages, sizeBytes }) } as MailboxPair;
  const work = new PairWork(pair, new MailboxAccount('INBOX', 'INBOX', () => undefined), NOBODY, 7);
  const uids = Uint32Array.from({ length: count }, (_, i) => i + 1);
  return work.units(uids, newestFirst).map((unit) => unit.uids.length);
}

it('cuts a mailbox into units of 500', () => {
  expect(unitsOf(1200, 1200 * 3000)).toEqual([500, 500, 200]);
  expect(unitsOf(1200, 1200 * 3000, 1200, true)).toEqual([200, 500, 500]);
});

it('cuts a large mailbox of small messages into few units', () => {
  expect(unitsOf(64_000, 64_000 * 3000)).toEqual(Array(32).fill(2000));
  expect(Math.max(...unitsOf(1_000_000, 1_000_000 * 1000))).toBe(4000);
});

it('keeps to 500 where messages are large, sizes are not known, or little is new', () => {
  expect(unitsOf(64_000, 64_000 * 100_000)).toHaveLength(128);
  expect(unitsOf(64_000, null)).toHaveLength(128);
  expect(unitsOf(64_000, 64_000 * 3000, 700)).toEqual([500, 200]);
});
