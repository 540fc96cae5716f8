/**
 * What a disk holds while a run goes on: what a program sees now, and what it would find after a power cut.
 *
 * The model is as harsh as POSIX allows: octets count only once the file was synced, names only once their folder was.
 * SQLite syncs by itself, so its file counts as synced with each commit.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { DurableStep } from '../../../electron/engine/fs/durable.ts';
import { NO_OCTETS, readTree, type Entry, type Octets, type Tree } from './tree.ts';

export class Disk {
  readonly root: string;
  #now: Tree;
  /** By inode: octets as of the last sync. */
  readonly #synced = new Map<number, Octets>();
  /** By inode: octets seen last, for files whose last name is gone from what a program sees but not from the disk. */
  readonly #seen = new Map<number, Octets>();
  /** By folder ('' for the root): names as of its last sync. */
  readonly #syncedNames = new Map<string, Map<string, Entry>>();
  /** By path: the inode that had this name last, since a file may be renamed while it is open. */
  readonly #inodes = new Map<string, number>();
  readonly #syncing = new Map<string, { inode: number; octets: Octets }>();

  /** Everything in `root` counts as synced. */
  constructor(root: string) {
    this.root = root;
    this.#now = readTree(root);
    for (const [inode, octets] of this.#now.contents) this.#synced.set(inode, octets);
    for (const folder of ['', ...foldersOf(this.#now)]) this.#syncedNames.set(folder, namesIn(this.#now, folder));
    this.#remember();
  }

  /** To be called before and after each durable step. Steps outside of the root are none of ours. */
  note({ op, path: file, phase }: DurableStep): void {
    this.#now = readTree(this.root);
    this.#remember();
    const at = this.relative(file);
    if (at === null) return;
    const inode = this.#inodes.get(at);
    if (phase === 'before') {
      if (op === 'sync' && inode !== undefined) {
        this.#syncing.set(at, { inode, octets: this.#seen.get(inode) ?? NO_OCTETS });
      }
      return;
    }
    if (op === 'create' && inode !== undefined) this.#synced.delete(inode);
    if (op === 'sync') {
      const synced = this.#syncing.get(at);
      if (synced) this.#synced.set(synced.inode, synced.octets);
      this.#syncing.delete(at);
    }
    if (op === 'catalog-commit' && inode !== undefined) this.#synced.set(inode, this.#seen.get(inode) ?? NO_OCTETS);
    if (op === 'sync-folder') this.#syncedNames.set(at, namesIn(this.#now, at));
  }

  /** As a program sees it: what a killed process leaves. */
  get now(): Tree {
    return this.#now;
  }

  /** Names as synced or as seen, and for each file octets chosen between those synced and those seen. */
  afterPowerCut(names: 'synced' | 'seen', choose: (synced: Octets, seen: Octets) => Octets): Tree {
    const kept = names === 'seen' ? new Map(this.#now.names) : this.#durableNames();
    const contents = new Map<number, Octets>();
    for (const entry of kept.values()) {
      if (entry.kind === 'folder' || contents.has(entry.inode)) continue;
      const synced = this.#synced.get(entry.inode) ?? NO_OCTETS;
      const seen = this.#seen.get(entry.inode) ?? NO_OCTETS;
      contents.set(entry.inode, synced === seen ? seen : choose(synced, seen));
    }
    return { names: kept, contents };
  }

  /** '' for the root itself, null for what is not in it. */
  relative(file: string): string | null {
    const at = path.relative(this.root, file);
    if (at.startsWith('..') || path.isAbsolute(at)) return null;
    return at.split(path.sep).join('/');
  }

  #durableNames(): Map<string, Entry> {
    const kept = new Map<string, Entry>();
    const visit = (folder: string): void => {
      for (const [name, entry] of this.#syncedNames.get(folder) ?? []) {
        const at = folder === '' ? name : `${folder}/${name}`;
        kept.set(at, entry);
        if (entry.kind === 'folder') visit(at);
      }
    };
    visit('');
    return kept;
  }

  #remember(): void {
    for (const [inode, octets] of this.#now.contents) this.#seen.set(inode, octets);
    for (const [at, entry] of this.#now.names) if (entry.kind === 'file') this.#inodes.set(at, entry.inode);
  }
}

function foldersOf(tree: Tree): string[] {
  return [...tree.names].filter(([, entry]) => entry.kind === 'folder').map(([at]) => at);
}

function namesIn(tree: Tree, folder: string): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const [at, entry] of tree.names) {
    if (path.posix.dirname(at) === (folder === '' ? '.' : folder)) found.set(path.posix.basename(at), entry);
  }
  return found;
}

export function isLock(at: string): boolean {
  return at === 'lock' || at.endsWith('/lock') || at.endsWith('.lock');
}

/**
 * Locks in a folder as those of a holder that is gone: another process, or (after a power cut) another boot. A lock
 * that was cut off while it was written counts as held for some seconds; its time is set back as if they had passed.
 */
export function disownLocks(root: string, boot: 'same-boot' | 'other-boot'): void {
  for (const [at] of readTree(root).names) {
    if (!isLock(at)) continue;
    const file = path.join(root, at);
    const holder = parsed(fs.readFileSync(file, 'utf8'));
    if (holder) {
      // Linux gives no process this number; on another boot our own would be as good.
      const gone = boot === 'same-boot' ? { pid: 0x7ffffffe } : { bootId: '00000000-0000-4000-8000-000000000000' };
      fs.writeFileSync(file, `${JSON.stringify({ ...holder, ...gone })}\n`);
    }
    fs.utimesSync(file, new Date(0), new Date(0));
  }
}

/** A lock without its holder's name counts as being written for five seconds: as if they had passed. */
export function ageCutLocks(root: string): void {
  for (const at of readTree(root).names.keys()) {
    const file = path.join(root, at);
    if (isLock(at) && fs.statSync(file).size === 0) fs.utimesSync(file, new Date(0), new Date(0));
  }
}

function parsed(text: string): object | null {
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}
