/** Debian packages that tests and the benchmark need. Nothing here leaves a system service running. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { say } from './say.mjs';

const POLICY = '/usr/sbin/policy-rc.d';
let listsFetched = false;

/**
 * Install what is missing, when that is possible here.
 *
 * @returns missing: names still not installed; reason: one sentence for the user, null when nothing is missing
 */
export function ensureDebianPackages(names) {
  const missing = names.filter((name) => !isInstalled(name));
  if (missing.length === 0) return { missing, reason: null };
  const obstacle = installObstacle(missing);
  if (obstacle)
    return { missing, reason: `${list(missing)} ${missing.length > 1 ? 'are' : 'is'} missing: ${obstacle}.` };
  say(`installing Debian packages: ${missing.join(' ')}`);
  const failure = withoutServices(() => aptInstall(missing));
  const still = names.filter((name) => !isInstalled(name));
  if (still.length === 0) return { missing: still, reason: null };
  return { missing: still, reason: `apt-get could not install ${list(still)}: ${failure ?? 'no reason given'}.` };
}

export function isInstalled(name) {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return query.status === 0 && query.stdout === 'installed';
}

export function hasApt() {
  return ['/usr/bin/apt-get', '/bin/apt-get'].some((path) => existsSync(path));
}

function installObstacle(names) {
  if (!hasApt()) return 'this system has no apt-get, install the like with your package manager';
  if (process.getuid?.() !== 0) return `run \`apt-get install ${names.join(' ')}\` as root`;
  return null;
}

/** Fetch the package lists, once for each run. @returns why it failed, or null */
export function updateLists() {
  if (listsFetched) return null;
  const failure = apt(['update', '-q']);
  listsFetched = failure === null;
  return failure;
}

function aptInstall(names) {
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names];
  return updateLists() ?? apt(args);
}

/** @returns null, or the line in which apt-get says what went wrong */
export function apt(args, options = {}) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1', LC_ALL: 'C.UTF-8' };
  const run = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (run.status === 0) return null;
  const lines = `${run.stdout ?? ''}\n${run.stderr ?? ''}`.split('\n').filter((line) => /^(E|Err|W):?/.test(line));
  return (
    lines
      .find((line) => line.startsWith('E:'))
      ?.slice(2)
      .trim() ??
    lines[0] ??
    run.error?.message ??
    `exit ${run.status}`
  );
}

/** Debian's maintainer scripts start daemons unless policy-rc.d says no (exit code 101). */
function withoutServices(work) {
  const ours = !existsSync(POLICY);
  if (ours) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
    chmodSync(POLICY, 0o755);
  }
  try {
    return work();
  } finally {
    if (ours) rmSync(POLICY, { force: true });
  }
}

function list(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
