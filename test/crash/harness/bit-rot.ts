/** An archive with a bit of everything, and damage that a disk does on its own: flips and cuts at seeded places. */
import fs from 'node:fs';
import path from 'node:path';
import type { Layout } from '../../../electron/engine/archive/layout.ts';
import { openArchive } from '../../../electron/engine/archive/open-archive.ts';
import { ArchiveView } from '../../../electron/engine/browse/archive-view.ts';
import { below, pick, type Random } from '../../bench/random.ts';
import { MemoryStore } from '../../helpers/memory.ts';
import { fill, largeLetter, letter } from '../scenarios/mail.ts';
import { archiveIn, runBackup } from './run-backup.ts';

/** What the server has in the end: every message can be fetched again. */
export function rotStore(isFirst: boolean): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 9);
  store.mailbox('INBOX').add(letter(1), ['\\Seen']);
  store.mailbox('INBOX').add(largeLetter(50, 20_000), ['\\Seen'], '2024-07-01T00:00:00Z');
  fill(store, 'Projekte/Ärger', 10, 14);
  store.mailbox('Empty');
  if (isFirst) return store;
  store.mailbox('INBOX').setFlags(2, ['\\Flagged', '$Done']);
  store.mailbox('Projekte/Ärger').renumber(7777);
  fill(store, 'Projekte/Ärger', 20, 21);
  fill(store, 'INBOX', 22, 25);
  return store;
}

/** Two runs, a renumbered folder, exact copies, an index for searching. */
export async function makeRotArchive(root: string, layout: Layout): Promise<void> {
  await runBackup(root, { layout, store: rotStore(true) });
  await runBackup(root, { layout, store: rotStore(false) });
  await shownRows(root);
}

const nothing = (): void => undefined;
const EVERYTHING = { mailbox: null, text: '', field: 'everywhere', unread: false, flagged: false } as const;

/** What a window shows of every message once all is indexed; and each can be read. */
export async function shownRows(root: string): Promise<string> {
  const view = await ArchiveView.open(archiveIn(root), root);
  try {
    await view.buildIndex({ breathe: async () => true, progress: nothing, headsAdded: nothing, bodyAdded: nothing });
    const query = { ...EVERYTHING, attachment: false, after: null, before: null, sort: 'newest' } as const;
    const { rows } = view.messages(query, 0, 1000);
    for (const row of rows) view.readRaw(row);
    return JSON.stringify(rows);
  } finally {
    view.close();
  }
}

export interface HeldMessage {
  path: string;
  uidValidity: number;
  uid: number;
  /** Everything that is told of it, its octets' fingerprint included. */
  told: string;
  fingerprint: string;
}

/** @throws EngineError when the archive cannot be opened, or a message not be read */
export async function heldMessages(folder: string): Promise<HeldMessage[]> {
  const archive = await openArchive(folder, { mode: 'read' });
  try {
    return archive.mailboxes().flatMap((mailbox) =>
      [...archive.messages(mailbox.path)].map((message) => {
        const { uidValidity, uid, fingerprint } = message;
        archive.readRaw(mailbox.path, uidValidity, uid);
        const told = `${JSON.stringify(mailbox)} ${JSON.stringify(message)}`;
        return { path: mailbox.path, uidValidity, uid, told, fingerprint };
      }),
    );
  } finally {
    await archive.close();
  }
}

export interface Damage {
  kind: 'a bit' | 'an octet' | 'a run of octets' | 'cut off';
  file: string;
  /** Octets from here on are damaged. */
  from: number;
  /** Up to here; a cut has the end of the file. */
  to: number;
  /** A LF was hit, or made: lines are not the same any more. */
  hitsLine: boolean;
}

export const KINDS: Damage['kind'][] = ['a bit', 'an octet', 'a run of octets', 'cut off'];
const LONGEST_RUN = 64;

/** Octets that may be hit: a file, or a part of it. */
export interface Extent {
  file: string;
  from: number;
  to: number;
}

/** @returns the octets before, to be put back */
export function damage(
  root: string,
  kind: Damage['kind'],
  extent: Extent,
  random: Random,
): { damage: Damage; before: Buffer } {
  const { file } = extent;
  const at = path.join(root, file);
  const before = fs.readFileSync(at);
  const from = extent.from + below(random, extent.to - extent.from);
  if (kind === 'cut off') {
    fs.writeFileSync(at, before.subarray(0, from));
    return { damage: { kind, file, from, to: before.length, hitsLine: true }, before };
  }
  const octets = Buffer.from(before);
  const length = kind === 'a run of octets' ? Math.min(2 + below(random, LONGEST_RUN), extent.to - from) : 1;
  for (let i = from; i < from + length; i++) {
    octets[i]! ^= kind === 'a bit' ? 1 << below(random, 8) : 1 + below(random, 255);
  }
  fs.writeFileSync(at, octets);
  const hitsLine = [before, octets].some((some) => some.subarray(from, from + length).includes(0x0a));
  return { damage: { kind, file, from, to: from + length, hitsLine }, before };
}

/** Weighted by size, so that each octet is as likely as any other. */
export function pickExtent(random: Random, extents: readonly Extent[]): Extent {
  let at = below(
    random,
    extents.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  for (const extent of extents) {
    at -= extent.to - extent.from;
    if (at < 0) return extent;
  }
  return pick(random, extents);
}

/** Whole files below a folder whose path fits. */
export function filesOf(root: string, fits: RegExp): Extent[] {
  return fs
    .readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => fits.test(file) && fs.statSync(path.join(root, file)).isFile())
    .map((file) => ({ file, from: 0, to: fs.statSync(path.join(root, file)).size }))
    .filter(({ to }) => to > 0);
}
