/** From the octets of a listing to a file and back: every name distinct, inside the archive, and found again. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../electron/engine/archive/catalog.ts';
import { newMailboxRecords } from '../../electron/engine/archive/mailbox-files.ts';
import type { MailboxRecord } from '../../electron/engine/archive/records.ts';
import { nameKey } from '../../electron/engine/fs/safe-name.ts';
import { MailboxNames } from '../../electron/engine/imap/names.ts';

const ROOT = '/archive/mail';

const token = fc.constantFrom(
  ...['..', '.', '/', '//', '\\', ':', 'C:', 'CON', 'nul', 'aux.txt', '~', ' ', '%2F', '%', '*', '?', '"', '<', '|'],
  ...[
    '.sbd',
    '.new',
    '.part',
    '.msf',
    'INBOX',
    'inbox',
    'state',
    '\0',
    '\r\n',
    '\u007f',
    '&',
    '&-',
    '&AOQ-',
    '&2D3eAA-',
  ],
  ...[
    '\u00c3\u00a4',
    '\u00ff',
    '\u00e4',
    'a',
    'A',
    'e\u00cc\u0081',
    '\u00c3\u00a9',
    '\u00ef\u00bb\u00bf',
    '\u00e2\u0080\u00ae',
  ],
);
const name = fc.oneof(
  { weight: 4, arbitrary: fc.array(token, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ minLength: 1, maxLength: 30 }).map((b) => Buffer.from(b).toString('latin1')),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(token, fc.integer({ min: 50, max: 400 })).map(([t, n]) => t.repeat(n).slice(0, 1200)),
  },
);
const listing = fc.uniqueArray(name, { minLength: 1, maxLength: 25 });
const delimiter = fc.constantFrom('/', '.', '\\', null);

/** Just what newMailboxRecords() asks of a catalog. */
function emptyCatalog(): Pick<Catalog, 'mailboxes' | 'byPath'> {
  return { mailboxes: new Map(), byPath: new Map() };
}

/** The files of these mailboxes, as a backup of an account that lists them gives them names. */
function filed(paths: string[], between: string | null): MailboxRecord[] {
  const catalog = emptyCatalog();
  const records: MailboxRecord[] = [];
  for (const at of paths) {
    if (catalog.byPath.has(at)) continue;
    const attributes = { specialUse: null, selectable: true, subscribed: true };
    const wish = { path: at, source: at, delimiter: between, ...attributes };
    for (const record of newMailboxRecords(catalog as Catalog, ROOT, wish)) {
      const entry = { record } as unknown as Parameters<Catalog['byPath']['set']>[1];
      catalog.mailboxes.set(record.id, entry);
      catalog.byPath.set(record.path, entry);
      records.push(record);
    }
  }
  return records;
}

describe('any listing', () => {
  test('gives each mailbox a path of its own, and its own octets back', () => {
    fc.assert(
      fc.property(listing, fc.boolean(), (listed, utf8) => {
        const names = new MailboxNames(utf8);
        names.learnListing(listed);
        const paths = listed.map((octets) => names.pathOf(octets));
        expect(new Set(paths).size).toBe(listed.length);
        expect(paths.map((at) => names.octets(at))).toEqual(listed);
      }),
      { numRuns: 2_000 },
    );
  });

  test('gives each mailbox a file of its own that no disk takes for another, inside the archive', () => {
    fc.assert(
      fc.property(listing, delimiter, (listed, between) => {
        const names = new MailboxNames(false);
        names.learnListing(listed);
        const records = filed(
          listed.map((octets) => names.pathOf(octets)),
          between,
        );
        const keys = records.map(({ file }) => file.split('/').map(nameKey).join('/'));
        expect(new Set(keys).size).toBe(records.length);
        for (const { file } of records) {
          expect(path.posix.normalize(file)).toBe(file);
          expect(Buffer.byteLength(file)).toBeLessThan(2_000);
          expect(path.resolve(ROOT, file).startsWith(`${ROOT}/`)).toBe(true);
          for (const segment of file.split('/')) {
            expect(segment).not.toMatch(/[\\:*?"<>|\u0000-\u001f\u007f]/);
            expect(Buffer.byteLength(segment)).toBeLessThan(255);
          }
        }
        // A file never stands where another mailbox has its folder.
        const files = new Set(records.map(({ file }) => file));
        expect(records.filter(({ file }) => files.has(`${file}.sbd`))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('is sent back as one quoted string, or refused', () => {
    fc.assert(
      fc.property(listing, (listed) => {
        const names = new MailboxNames(false);
        names.learnListing(listed);
        for (const octets of listed) {
          const at = names.pathOf(octets);
          if (/[\r\n\0]/.test(octets)) expect(() => names.wireName(at)).toThrow();
          else expect(names.wireName(at)).toMatch(/^"(?:[^"\\\r\n\0]|\\["\\])*"$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
