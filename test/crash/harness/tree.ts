/** A folder as a value: names, inodes and octets. Octets are kept once, however many snapshots hold them. */
import { createHash, hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { workFolder } from './work-folder.ts';

/** `octets` are immutable and shared between snapshots; equal octets are one object. */
export interface Octets {
  readonly sha256: string;
  readonly bytes: Buffer;
}

export type Entry = { kind: 'folder' } | { kind: 'file'; inode: number; mode: number };

export interface Tree {
  /** Relative path → what is there, parents before children. */
  readonly names: ReadonlyMap<string, Entry>;
  readonly contents: ReadonlyMap<number, Octets>;
}

const pool = new Map<string, Octets>();

export function intern(bytes: Buffer): Octets {
  const sha256 = hash('sha256', bytes, 'hex');
  const found = pool.get(sha256);
  if (found) return found;
  const octets = { sha256, bytes: Buffer.from(bytes) };
  pool.set(sha256, octets);
  return octets;
}

export const NO_OCTETS = intern(Buffer.alloc(0));

/** Let go of octets that no snapshot needs any more. */
export function forgetOctets(): void {
  pool.clear();
  pool.set(NO_OCTETS.sha256, NO_OCTETS);
}

/** Everything below a folder; a missing folder is an empty tree. */
export function readTree(root: string): Tree {
  const names = new Map<string, Entry>();
  const contents = new Map<number, Octets>();
  const visit = (folder: string): void => {
    for (const name of fs.readdirSync(path.join(root, folder)).sort()) {
      const at = folder === '' ? name : `${folder}/${name}`;
      const stat = fs.lstatSync(path.join(root, at));
      if (stat.isDirectory()) {
        names.set(at, { kind: 'folder' });
        visit(at);
        continue;
      }
      names.set(at, { kind: 'file', inode: stat.ino, mode: stat.mode & 0o777 });
      if (!contents.has(stat.ino)) contents.set(stat.ino, intern(fs.readFileSync(path.join(root, at))));
    }
  };
  if (fs.existsSync(root)) visit('');
  return { names, contents };
}

/** Lay a tree out in an empty folder, hard links included. @returns the folder, a new one where none was given */
export function writeTree(tree: Tree, root = workFolder()): string {
  const written = new Map<number, string>();
  for (const [at, entry] of tree.names) {
    const file = path.join(root, at);
    if (entry.kind === 'folder') {
      fs.mkdirSync(file, { mode: 0o700 });
      continue;
    }
    const first = written.get(entry.inode);
    if (first !== undefined) fs.linkSync(first, file);
    else fs.writeFileSync(file, (tree.contents.get(entry.inode) ?? NO_OCTETS).bytes, { mode: entry.mode });
    written.set(entry.inode, file);
  }
  return root;
}

/** Equal for trees that a program cannot tell apart (times aside). */
export function treeKey(tree: Tree): string {
  const sum = createHash('sha256');
  const numbers = new Map<number, number>();
  for (const at of [...tree.names.keys()].sort()) {
    const entry = tree.names.get(at)!;
    if (entry.kind === 'folder') {
      sum.update(`${at}\0/\n`);
      continue;
    }
    let number = numbers.get(entry.inode);
    if (number === undefined) numbers.set(entry.inode, (number = numbers.size));
    sum.update(`${at}\0${number} ${entry.mode} ${(tree.contents.get(entry.inode) ?? NO_OCTETS).sha256}\n`);
  }
  return sum.digest('hex');
}

/** Every name with size, time of change and octets: equal before and after a run means that it wrote nothing. */
export function everyByte(root: string): string[] {
  return [...readTree(root).names].map(([at, entry]) => {
    if (entry.kind === 'folder') return `${at}/`;
    const { mode, size, mtimeNs, ino, nlink } = fs.statSync(path.join(root, at), { bigint: true });
    const sha256 = hash('sha256', fs.readFileSync(path.join(root, at)), 'hex');
    return `${at} mode ${mode} size ${size} mtime ${mtimeNs} inode ${ino} links ${nlink} ${sha256}`;
  });
}
