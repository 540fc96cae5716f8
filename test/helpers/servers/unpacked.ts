import { spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const CACHE = resolve(import.meta.dirname, '../../../.cache/servers');

/** Where `npm run setup` has unpacked these Debian packages; null when it has not. */
export function unpackedRoot(kind: 'cyrus' | 'courier' | 'python-mail'): string | null {
  const root = join(CACHE, kind);
  return existsSync(join(root, '.complete')) ? root : null;
}

/** The folder itself, or a copy below `folder` when other users may not pass through to it (a clone in /root). */
export function rootFor(kind: 'cyrus' | 'courier', folder: string): string {
  const root = unpackedRoot(kind);
  if (!root) throw new Error(`${kind} is not unpacked: run \`npm run setup\`.`);
  if (othersMayEnter(root)) return root;
  const copy = join(folder, 'root');
  cpSync(root, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function othersMayEnter(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return false;
  return path === dirname(path) || othersMayEnter(dirname(path));
}

/** The folders of a Debian system's architecture, such as usr/lib/x86_64-linux-gnu. */
export function libraryFolders(root: string): string[] {
  const libraries = join(root, 'usr/lib');
  return readdirSync(libraries)
    .filter((name) => name.endsWith('-linux-gnu'))
    .map((name) => join(libraries, name));
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function run(file: string, args: string[], input = '', env: Record<string, string> = {}): void {
  const done = spawnSync(file, args, { input, encoding: 'utf8', env: { ...process.env, ...env } });
  if (done.status !== 0) throw new Error(`${file} failed: ${done.stderr || String(done.error)}`);
}
