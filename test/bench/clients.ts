/** Finds the clients that this machine has, and builds those that are ours. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Client, ClientName } from './client.ts';
import { imapflowClient } from './clients/imapflow.ts';
import { imapsyncClient } from './clients/imapsync.ts';
import { mailferryClient } from './clients/mailferry.ts';
import { mbsyncClient } from './clients/mbsync.ts';
import { rawClient } from './clients/raw.ts';
import { filesBelow } from './counts.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
export const BUILT_CLI = path.join(ROOT, 'out/cli.js');

export interface FindOptions {
  /** Where programs are built. */
  folder: string;
  /** The command line to measure; built when it is the project's own and out of date. */
  cli: string;
  /** For the Node that runs it, such as --cpu-prof. */
  nodeFlags: string[];
  /** Slow peers too: mbsync with its defaults, imapflow's append, imapsync, the raw client in Node. */
  all: boolean;
  /** Only these, as far as they are there; empty: every one. */
  only: readonly ClientName[];
}

export interface Tools {
  /** In the order of the first round; each round begins with the next. */
  clients: Client[];
  /** raw/timed.c, built; null without a compiler. */
  timed: string | null;
  /** What is left out and why, in sentences. */
  missing: string[];
}

export function findTools({ folder, cli, nodeFlags, all, only }: FindOptions): Tools {
  if (cli === BUILT_CLI) buildCli();
  const missing: string[] = [];
  const binary = compile('rawimap', folder);
  const timed = compile('timed', folder);
  if (binary === null) missing.push('No C compiler here: the raw client is the one in plain Node, /proc measures.');
  const clients = [rawClient('raw', binary), mailferryClient(cli, nodeFlags)];
  const mbsync = versionOf('mbsync', ['--version']);
  if (mbsync === null) missing.push('mbsync is not installed: it is left out.');
  else clients.push(mbsyncClient('mbsync', mbsync));
  clients.push(imapflowClient(imapflowVersion(), all));
  if (all && mbsync !== null) clients.push(mbsyncClient('mbsync-default', mbsync));
  if (all) {
    const imapsync = versionOf('imapsync', ['--noreleasecheck', '--version']);
    if (imapsync === null) missing.push('imapsync is not in the PATH (Debian has no package of it): it is left out.');
    else clients.push(imapsyncClient(imapsync));
  }
  if (all && binary !== null) clients.push(rawClient('raw-node', null));
  return { clients: clients.filter(({ name }) => only.length === 0 || only.includes(name)), timed, missing };
}

/** Builds out/cli.js when it is missing or older than a source. */
export function buildCli(): void {
  const sources = ['electron', 'shared'].flatMap((name) => filesBelow(path.join(ROOT, name)));
  const newest = Math.max(...sources.map((file) => fs.statSync(file).mtimeMs));
  if (fs.existsSync(BUILT_CLI) && fs.statSync(BUILT_CLI).mtimeMs >= newest) return;
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'error'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
}

/** @returns the binary; null without a compiler, or one that refuses the source */
function compile(name: string, folder: string): string | null {
  const binary = path.join(folder, name);
  const source = path.join(import.meta.dirname, 'raw', `${name}.c`);
  const made = spawnSync('cc', ['-O2', '-o', binary, source], { stdio: ['ignore', 2, 2] });
  return made.status === 0 ? binary : null;
}

/** The first line that the program prints; null: it is not there. */
export function versionOf(program: string, args: string[]): string | null {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', cwd: ROOT });
  return status === 0 ? (stdout.split('\n')[0]?.trim() ?? null) : null;
}

function imapflowVersion(): string {
  const { version } = createRequire(import.meta.url)('imapflow/package.json') as { version: string };
  return `imapflow ${version}`;
}
