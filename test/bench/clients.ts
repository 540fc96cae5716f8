/** The clients that are compared, each as a command line. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { TestUser } from '../helpers/servers/server.ts';
import { measure, type Measured } from './measure.ts';
import type { World } from './world.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(ROOT, 'out/cli.js');

/** Builds out/cli.js when it is missing or older than a source. */
export function buildCli(): void {
  const newest = Math.max(
    ...['electron', 'shared'].flatMap((d) => filesBelow(path.join(ROOT, d)).map((f) => fs.statSync(f).mtimeMs)),
  );
  if (fs.existsSync(CLI) && fs.statSync(CLI).mtimeMs >= newest) return;
  execFileSync(process.execPath, [path.join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => path.join(e.parentPath, e.name));
}

/** The raw client in C; null without a compiler. */
export function buildRaw(folder: string): string | null {
  const binary = path.join(folder, 'rawimap');
  const made = spawnSync('gcc', ['-O2', '-o', binary, path.join(import.meta.dirname, 'raw/rawimap.c')], {
    stdio: 'inherit',
  });
  return made.status === 0 ? binary : null;
}

export const hasMbsync = (): boolean => spawnSync('mbsync', ['--version']).status === 0;

export interface Outcome extends Measured {
  /** Messages the client says it moved or found; null where it does not tell. */
  messages: number | null;
}

export async function raw(binary: string, world: World, user: TestUser, args: string[]): Promise<Outcome> {
  const result = await measure(binary, [String(world.server.port), user.name, user.password, ...args]);
  const said = /messages (\d+)/.exec(result.stdout);
  return { ...result, messages: said ? Number(said[1]) : null };
}

/** @param env passwords by the names that the arguments use */
export async function mailferry(args: string[], env: Record<string, string>): Promise<Outcome> {
  const result = await measure(process.execPath, [CLI, ...args, '--json'], env);
  const summary = lastLine(result.stdout) as { stored?: number; duplicate?: number } | null;
  return { ...result, messages: summary ? (summary.stored ?? 0) + (summary.duplicate ?? 0) : null };
}

function lastLine(text: string): unknown {
  try {
    return JSON.parse(text.trim().split('\n').at(-1) ?? '');
  } catch {
    return null;
  }
}

export const url = (world: World, user: TestUser): string =>
  `imap+insecure://${user.name}@127.0.0.1:${world.server.port}`;

interface MbsyncSide {
  user?: TestUser;
  maildir?: string;
}

/** mbsync as fast as it goes: no fsync, and the bench's server offers no COMPRESS. */
export async function mbsync(world: World, far: MbsyncSide, near: MbsyncSide, state: string): Promise<Outcome> {
  fs.mkdirSync(state, { recursive: true });
  const config = path.join(state, 'mbsyncrc');
  const store = (name: string, side: MbsyncSide): string =>
    side.user
      ? `IMAPStore ${name}\nHost 127.0.0.1\nPort ${world.server.port}\nUser ${side.user.name}\nPass ${side.user.password}\nSSLType None\nAuthMechs LOGIN\nPipelineDepth 50\n\n`
      : `MaildirStore ${name}\nInbox ${side.maildir}\nSubFolders Maildir++\n\n`;
  fs.writeFileSync(
    config,
    `FSync no\n${store('far', far)}${store('near', near)}Channel all\nFar :far:\nNear :near:\nPatterns *\nCreate Near\nSync Pull New Flags\nCopyArrivalDate yes\nSyncState ${state}/\n`,
    { mode: 0o600 },
  );
  const result = await measure('mbsync', ['-c', config, '-a']);
  return { ...result, messages: result.code === 0 && near.maildir ? countMaildir(near.maildir) : null };
}

export function countMaildir(folder: string): number {
  return filesBelow(folder).filter((f) => /[/\\](cur|new)[/\\]/.test(f)).length;
}
