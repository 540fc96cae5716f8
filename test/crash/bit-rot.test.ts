/** A disk forgets octets on its own: what verify, check and repair make of it. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkArchive, repairArchive, verifyArchive } from '../../electron/engine/archive/maintain.ts';
import { MailReader } from '../../electron/engine/archive/mail-reader.ts';
import { archivePaths, type Layout } from '../../electron/engine/archive/layout.ts';
import { openCatalogForReading } from '../../electron/engine/archive/catalog-open.ts';
import { allMessages } from '../../electron/engine/archive/catalog-read.ts';
import { readManifest } from '../../electron/engine/archive/manifest.ts';
import { FROM_LINE_BYTES } from '../../electron/engine/archive/mbox.ts';
import { isEngineError } from '../../electron/engine/errors.ts';
import { silentLog } from '../../electron/engine/ports.ts';
import { pick, seeded } from '../bench/random.ts';
import { expectArchived } from './harness/archive-outcome.ts';
import {
  damage,
  filesOf,
  heldMessages,
  KINDS,
  makeRotArchive,
  pickExtent,
  shownRows,
  rotStore,
  type Damage,
  type Extent,
  type HeldMessage,
} from './harness/bit-rot.ts';
import { archiveIn, runBackup, StepClock } from './harness/run-backup.ts';
import { readTree, writeTree, type Tree } from './harness/tree.ts';
import { removeFolder, removeWorkFolders, workFolder } from './harness/work-folder.ts';
import { truthOf } from './scenarios/backups.ts';

const LAYOUTS: Layout[] = ['mbox', 'eml'];
const BODIES = 500;
const OTHERS = 100;
const REPAIRS = 150;

afterAll(removeWorkFolders);

describe.each(LAYOUTS)('in %s layout', (layout) => {
  let whole: Tree;
  let held: HeldMessage[];
  let bodies: Body[];

  beforeAll(async () => {
    const root = workFolder();
    await makeRotArchive(root, layout);
    whole = readTree(root);
    held = await heldMessages(archiveIn(root));
    bodies = bodiesOf(archiveIn(root));
    removeFolder(root);
  });

  test(`verify finds each of ${BODIES} damages to bodies, and names just the messages that are hit`, async () => {
    const random = seeded(20_261_124);
    const root = writeTree(whole);
    const missed: string[] = [];
    for (let n = 0; n < BODIES; n++) {
      const { damage: done, before } = damage(root, KINDS[n % KINDS.length]!, pickExtent(random, bodies), random);
      const { problems } = await verifyArchive(archiveIn(root));
      const told = problems.map((p) => `${p.path} ${p.uidValidity} ${p.uid}`).sort();
      const hit = hitBy(bodies, done)
        .map(({ name }) => name)
        .sort();
      if (hit.length === 0 || told.join() !== hit.join())
        missed.push(`${JSON.stringify(done)}: told ${told.join()}, hit ${hit.join()}`);
      fs.writeFileSync(path.join(root, done.file), before);
    }
    console.log(`${layout}: ${BODIES - missed.length} of ${BODIES} damages to bodies found`);
    expect(missed).toEqual([]);
  });

  test.each([
    ['journal', /state.journal/],
    ['manifest', /mailferry\.json$/],
    ['checkpoint', /checkpoint\.json$/],
    ['catalog', /catalog\.sqlite$/],
    ['README', /README\.txt$/],
    ['mail', /archive.mail/],
  ] as const)('damage to the %s is told or does no harm', async (name, fits) => {
    const random = seeded(name.length * 7919);
    const root = writeTree(whole);
    const silent: string[] = [];
    let told = 0;
    for (let n = 0; n < OTHERS; n++) {
      const extent = pickExtent(random, filesOf(root, fits));
      const { damage: done, before } = damage(root, KINDS[n % KINDS.length]!, extent, random);
      const notice = await noticed(archiveIn(root));
      if (notice !== null) told++;
      else {
        const harm = (await harmDone(root, held)) ?? (await harmLater(root, layout));
        if (harm !== null) silent.push(`${JSON.stringify(done)}: ${harm}`);
      }
      fs.writeFileSync(path.join(root, done.file), before);
    }
    console.log(
      `${layout}, ${name}: ${told} of ${OTHERS} told, ${OTHERS - told - silent.length} harmless, ${silent.length} SILENT`,
    );
    expect(silent).toEqual([]);
  });

  test('a damaged search index is right again after a repair', async () => {
    const random = seeded(31_337);
    let told = 0;
    const wrong: string[] = [];
    const rows = await shownRows(writeTree(whole));
    for (let n = 0; n < OTHERS; n++) {
      const root = writeTree(whole);
      const extent = pickExtent(random, filesOf(root, /search\.sqlite$/));
      const { damage: done } = damage(root, KINDS[n % KINDS.length]!, extent, random);
      // A window tells any error as a failure of this one question.
      const seen = await shownRows(root).catch(() => null);
      if (seen !== rows) told++;
      await repairArchive(archiveIn(root), { clock: new StepClock() });
      if ((await shownRows(root)) !== rows) wrong.push(`${JSON.stringify(done)}: wrong after a repair`);
      removeFolder(root);
    }
    console.log(`${layout}, search index: ${told} of ${OTHERS} were seen, all right after a repair`);
    expect(wrong).toEqual([]);
  });

  test(`${REPAIRS} times repair loses nothing that is good, names what is lost, and has nothing to do again`, async () => {
    const random = seeded(4711);
    const wrong: string[] = [];
    for (let n = 0; n < REPAIRS; n++) {
      const root = writeTree(whole);
      const parts = [/archive.mail/, /state.journal/, /checkpoint\.json$/, /catalog\.sqlite$/];
      const extents = filesOf(root, n % 3 === 0 ? parts[1]! : pick(random, parts));
      const { damage: done } = damage(root, KINDS[(n >> 1) % KINDS.length]!, pickExtent(random, extents), random);
      // A catalog that is whole knows what the journal has lost; without one it is harder.
      const hasCatalog = n % 4 < 2;
      if (!hasCatalog) fs.rmSync(path.join(root, 'archive/state/catalog.sqlite'));
      const what = await repairedWell(root, done, hasCatalog);
      if (what !== null) wrong.push(`${n} ${JSON.stringify(done)}: ${what}`);
      removeFolder(root);
    }
    console.log(`${layout}: ${REPAIRS - wrong.length} of ${REPAIRS} repairs`);
    expect(wrong).toEqual([]);
  });

  async function repairedWell(root: string, done: Damage, hasCatalog: boolean): Promise<string | null> {
    const folder = archiveIn(root);
    const hit = new Set(hitBy(bodies, done).flatMap(({ names }) => names));
    const first = await repairArchive(folder, { clock: new StepClock() });
    const left = await heldMessages(folder).catch((error: unknown) => String(error));
    if (typeof left === 'string') return `cannot be read after it: ${left}`;
    const there = new Set(left.map(({ path: p, fingerprint }) => `${p} ${fingerprint}`));
    const lost = held.filter((m) => !hit.has(nameOf(m)) && !there.has(`${m.path} ${m.fingerprint}`));
    if (lost.length > 0) return `lost ${lost.map(nameOf).join()}`;
    const isJournal = done.file.includes('journal');
    if (!isJournal || hasCatalog || isMendable(done)) {
      const same = new Set(left.map(({ told }) => told.replace(/^\{.*?\} /, '')));
      const changed = held.filter((m) => !hit.has(nameOf(m)) && !same.has(m.told.replace(/^\{.*?\} /, '')));
      if (changed.length > 0) return `told otherwise of ${changed.map(nameOf).join()}`;
    }
    if (hit.size > 0 && first.notPossible.length === 0) return 'did not say what is lost';
    const checked = await checkArchive(folder);
    if (checked.findings.length > 0) return `check: ${checked.findings.map(({ message }) => message).join(' ')}`;
    const { problems } = await verifyArchive(folder);
    if (problems.length > 0) return `verify: ${problems.map(({ damage: d }) => d).join(' ')}`;
    const before = octetsBut(root, /catalog\.sqlite$/);
    const again = await repairArchive(folder, { clock: new StepClock() });
    if (again.notPossible.length > 0) return `again: ${again.notPossible.join(' ')}`;
    const after = octetsBut(root, /catalog\.sqlite$/);
    if (after.join() !== before.join())
      return `a second repair changed ${after.filter((l) => !before.includes(l)).join()}`;
    await runBackup(root, { layout, store: rotStore(false) });
    // The date of a message whose record is lost may be told in another zone, or not at all.
    await expectArchived(folder, truthOf(rotStore(false)), isJournal ? ['date'] : []);
    return null;
  }
});

/** What check or verify say, or why the archive cannot be opened; null: nothing. */
async function noticed(folder: string): Promise<string | null> {
  try {
    const { findings } = await checkArchive(folder);
    const { problems } = await verifyArchive(folder);
    return [...findings.map(({ message }) => message), ...problems.map(({ damage: d }) => d)][0] ?? null;
  } catch (error) {
    if (isEngineError(error, 'archive-damaged', 'archive-foreign', 'archive-newer', 'archive-missing'))
      return error.message;
    throw error;
  }
}

/** null: everything that the archive tells is as before. */
async function harmDone(root: string, held: HeldMessage[]): Promise<string | null> {
  const now = await heldMessages(archiveIn(root)).catch((error: unknown) => String(error));
  if (typeof now === 'string') return now;
  const before = held.map(({ told }) => told);
  const after = now.map(({ told }) => told);
  if (before.join('\n') === after.join('\n')) return null;
  return `${after.filter((line) => !before.includes(line))[0]?.slice(-300)}`;
}

/** One octet of a line: its CRC says which, and what it was. */
const isMendable = ({ kind, hitsLine }: Damage): boolean => (kind === 'a bit' || kind === 'an octet') && !hitsLine;

/** null: the next backup leaves what it would have left. Done to a copy. */
async function harmLater(root: string, layout: Layout): Promise<string | null> {
  const copy = writeTree(readTree(root));
  try {
    await runBackup(copy, { layout, store: rotStore(false) });
    await expectArchived(archiveIn(copy), truthOf(rotStore(false)));
    return await noticed(archiveIn(copy));
  } catch (error) {
    return String(error);
  } finally {
    removeFolder(copy);
  }
}

interface Body extends Extent {
  /** Exact copies of an EML archive are one file. */
  inode: number;
  /** Of the newest message with these octets, as verify names it. */
  name: string;
  /** Of all messages with these octets. */
  names: string[];
}

const nameOf = ({ path: p, uidValidity, uid }: { path: string; uidValidity: number; uid: number }) =>
  `${p} ${uidValidity} ${uid}`;

/** Where the octets of each message are, by the archive's own word. */
function bodiesOf(folder: string): Body[] {
  const paths = archivePaths(folder);
  const reader = new MailReader(paths);
  const catalog = openCatalogForReading({ paths, manifest: readManifest(paths), reader, log: silentLog });
  const bodies = new Map<string, Body>();
  for (const { mailbox, uidValidity, uid, place, sizeBytes, newlineAdded } of allMessages(catalog)) {
    const { path: p, file } = catalog.mailboxes.get(mailbox)!.record;
    const name = nameOf({ path: p, uidValidity, uid });
    const at = 'file' in place ? `archive/mail/${file}/${place.file}` : `archive/mail/${file}`;
    const from = 'file' in place ? 0 : place.offset + FROM_LINE_BYTES;
    const to = 'file' in place ? sizeBytes : place.offset + place.length - 1 - Number(newlineAdded);
    const key = `${at} ${from}`;
    bodies.set(key, {
      file: at,
      inode: fs.statSync(path.join(folder, '..', at)).ino,
      from,
      to,
      name,
      names: [...(bodies.get(key)?.names ?? []), name],
    });
  }
  catalog.close();
  reader.close();
  return [...bodies.values()];
}

function hitBy(bodies: Body[], { file, from, to }: Damage): Body[] {
  const inode = bodies.find((body) => body.file === file)?.inode;
  return bodies.filter((body) => body.inode === inode && body.from < to && body.to > from);
}

function octetsBut(root: string, fits: RegExp): string[] {
  const { names, contents } = readTree(root);
  return [...names]
    .filter(([at]) => !fits.test(at))
    .map(([at, entry]) => `${at} ${entry.kind === 'file' ? contents.get(entry.inode)!.sha256 : ''}`);
}
