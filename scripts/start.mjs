/**
 * `npm start`: the app in its window where there is a screen and an Electron, else in the browser. Builds first when a
 * source has changed. Arguments go to the app: a folder or a file of an archive opens it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runtimeFolder } from './electron-runtime.mjs';
import { ensureNode24, ensureNodeModules, root } from './lib/packages.mjs';
import { runToEnd } from './lib/run.mjs';
import { say } from './lib/say.mjs';

const SOURCES = ['electron', 'shared', 'renderer', 'build', 'vite.config.ts', 'package-lock.json'];
const PRODUCTS = ['out/cli.js', 'out/main.js', 'out/engine-process.js', 'out/preload.cjs', 'out/renderer/index.html'];

ensureNodeModules();
const node = ensureNode24();
buildIfNeeded();
const electron = hasScreen() ? findElectron() : null;
const args = process.argv.slice(2);
let end;
if (electron) end = await runToEnd(electron.binary, [...electron.args, ...sandboxArgs(), ...args], { cwd: root });
else {
  say(`there is no ${hasScreen() ? 'Electron' : 'screen'} here: Mailferry opens in the browser instead.`);
  end = await runToEnd(node.path, [join(root, 'out/cli.js'), 'serve', '--open', ...args], { cwd: root });
}
process.exitCode = end.signal ? 1 : end.code;

function buildIfNeeded() {
  const built = Math.min(...PRODUCTS.map(changedAt));
  if (Math.max(...SOURCES.map(newestIn)) <= built) return;
  say('building the app');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const run = spawnSync(node.path, [vite, 'build', '--app', '--logLevel', 'error'], { cwd: root, stdio: [0, 2, 2] });
  if (run.status === 0) return;
  say('the build failed; nothing was started.');
  process.exit(1);
}

function newestIn(name) {
  const path = join(root, name);
  if (!statSync(path).isDirectory()) return changedAt(name);
  return Math.max(...readdirSync(path, { recursive: true }).map((inner) => changedAt(join(name, inner))));
}

/** Milliseconds; 0 for what is not there. */
function changedAt(name) {
  return statSync(join(root, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Nothing is downloaded for it: where none was, the browser does as well. */
function findElectron() {
  const own = join(root, 'node_modules/electron');
  const named = existsSync(join(own, 'path.txt')) ? readFileSync(join(own, 'path.txt'), 'utf8').trim() : 'electron';
  const folders = [process.env.ELECTRON_OVERRIDE_DIST_PATH, join(own, 'dist'), runtimeFolder];
  for (const folder of folders.filter(Boolean)) {
    const binary = join(folder, named);
    // Without a default app of its own it finds ours in its resources.
    if (existsSync(binary)) return { binary, args: folder === runtimeFolder ? [] : [root] };
  }
  return null;
}

/** Chromium refuses to run as root with a sandbox. */
function sandboxArgs() {
  return process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
}
