/** Starts a server as a child and makes sure that it ends: by stop(), or when this process ends in whatever way. */
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestUser } from './server.ts';

const START_TIMEOUT_MS = 15_000;
const STOP_TIMEOUT_MS = 5_000;
const MAX_BASE_LENGTH = 60;

export interface RunningProcess {
  pid: number;
  /** Resolves when the process is gone; kills it after a grace time. */
  stop(): Promise<void>;
}

export interface Launch {
  file: string;
  args: string[];
  /** stdout and stderr go here, appended; its folder is the server's own and goes when the server does. */
  logPath: string;
  port: number;
  env?: Record<string, string>;
  /** Default SIGTERM. Dovecot takes a second to obey it, and unshare never does: they get SIGKILL. */
  stopSignal?: NodeJS.Signals;
}

/** @throws Error with the end of the server's log when it does not listen in time */
export async function launch(what: Launch): Promise<RunningProcess> {
  const log = openSync(what.logPath, 'a');
  const stdio: StdioOptions = ['ignore', log, log];
  // Its own process group: Cyrus's master signals its whole group when it ends, and that must not be ours.
  const child = spawn(what.file, what.args, { stdio, env: { ...process.env, ...what.env }, detached: true });
  closeSync(log);
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  const stopSignal = what.stopSignal ?? 'SIGTERM';
  const guard = guardOf(child, stopSignal, dirname(what.logPath));
  const stop = async (): Promise<void> => {
    child.kill(stopSignal);
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(hard);
    endGroup(child.pid);
    guard?.kill('SIGKILL');
  };
  if (await listens(what.port, gone)) return { pid: child.pid!, stop };
  await stop();
  throw new Error(`${what.file} did not start:\n${readLog(what.logPath).slice(-2_000)}`);
}

/** Whatever of the server outlived its main process. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // ESRCH: nobody is left, as it should be.
  }
}

/** Holds a pipe from us: it closes however we end, even by SIGKILL, and then the guard ends the server and removes its folder. */
function guardOf(child: ChildProcess, signal: NodeJS.Signals, folder: string): ChildProcess | null {
  if (child.pid === undefined) return null;
  const script =
    'trap "" INT TERM HUP; cat >/dev/null; kill -s "$2" "$1"; sleep 1; kill -s KILL -- "-$1"; rm -rf -- "$3"';
  const args = ['-c', script, 'server-guard', String(child.pid), signal.slice(3), folder];
  const guard = spawn('/bin/sh', args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}

async function listens(port: number, gone: Promise<void>): Promise<boolean> {
  let ended = false;
  void gone.then(() => (ended = true));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!ended && Date.now() < deadline) {
    if (await canConnect(port)) return true;
    await new Promise((wake) => setTimeout(wake, 30));
  }
  return false;
}

/** True once the server greets with OK; Dovecot greets early and says that it is still waiting. */
export function canConnect(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let greeting = '';
    const settle = (ready: boolean): void => {
      socket.destroy();
      done(ready);
    };
    socket.setTimeout(2_000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('end', () => settle(false));
    socket.on('data', (octets) => {
      greeting += octets.toString('latin1');
      if (greeting.includes('\n')) settle(greeting.startsWith('* OK') && !greeting.includes('Waiting for'));
    });
  });
}

/** Short: the path of a Unix socket below it must fit in 108 octets. Other users may pass through. */
export function makeRunFolder(kind: string): string {
  const base = tmpdir().length <= MAX_BASE_LENGTH ? tmpdir() : '/tmp';
  const folder = mkdtempSync(join(base, `mf-${kind}-`));
  chmodSync(folder, 0o755);
  return folder;
}

export function removeRunFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

export function readLog(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '(no log)';
  }
}

let counter = 0;

export function newUser(name?: string): TestUser {
  const suffix = randomBytes(3).toString('hex');
  return { name: name ?? `user${++counter}${suffix}`, password: `secret-${randomBytes(9).toString('hex')}` };
}

/** The unprivileged user that servers run as: `nobody` when we are root, else ourselves. */
export function runAs(): { uid: number; gid: number; isRoot: boolean } {
  const isRoot = process.getuid?.() === 0;
  return isRoot
    ? { uid: 65_534, gid: 65_534, isRoot }
    : { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1, isRoot };
}
