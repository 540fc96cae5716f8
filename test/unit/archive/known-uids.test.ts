import { expect, it } from 'vitest';
import { applyRecord } from '../../../electron/engine/archive/catalog-apply.ts';
import { createSchema } from '../../../electron/engine/archive/catalog-schema.ts';
import { Catalog } from '../../../electron/engine/archive/catalog.ts';
import { KnownUids } from '../../../electron/engine/archive/known-uids.ts';
import type { MessageRecord } from '../../../electron/engine/archive/records.ts';
import { openNative } from '../../../electron/engine/archive/sqlite-native.ts';
import { NO_FLAGS } from '../../../electron/engine/flags.ts';

function catalogWith(...uids: number[]): Catalog {
  const db = openNative(':memory:', false);
  createSchema(db, 'mbox');
  const catalog = new Catalog(db, ':memory:');
  const mailbox = {
    path: 'INBOX',
    delimiter: '/',
    specialUse: null,
    selectable: true,
    subscribed: true,
    file: 'INBOX',
  };
  applyRecord(catalog, { type: 'mailbox', id: 1, ...mailbox });
  for (const uid of uids) applyRecord(catalog, message(uid));
  return catalog;
}

function message(uid: number): MessageRecord {
  const digests = { fingerprint: 'aa'.repeat(32), headerDigest: 'bb'.repeat(32) };
  const rest = { flags: NO_FLAGS, internalDate: null, sizeBytes: 1, ...digests, place: { offset: uid, length: 1 } };
  return { type: 'message', mailbox: 1, uidValidity: 7, uid, ...rest };
}

const knownOf = (known: KnownUids): number[] => [1, 2, 3, 4, 5, 6].filter((uid) => known.has(uid));

it('knows what the catalog has of this UIDVALIDITY, gaps left out', () => {
  const catalog = catalogWith(2, 4);
  expect(knownOf(new KnownUids(catalog, 1, 7))).toEqual([2, 4]);
  expect(knownOf(new KnownUids(catalog, 1, 8))).toEqual([]);
});

it('knows what is on its way, whatever the order, also when nothing was asked before', () => {
  const known = new KnownUids(catalogWith(2), 1, 7);
  known.claim(5);
  known.claim(3);
  expect(knownOf(known)).toEqual([2, 3, 5]);
  known.unclaim(5);
  expect(knownOf(known)).toEqual([2, 3]);
});

it('knows what has arrived in the catalog since', () => {
  const catalog = catalogWith(2);
  const known = new KnownUids(catalog, 1, 7);
  expect(knownOf(known)).toEqual([2]);
  known.claim(6);
  for (const uid of [6, 4]) {
    applyRecord(catalog, message(uid));
    known.recorded(uid);
  }
  expect(knownOf(known)).toEqual([2, 4, 6]);
});
