/**
 * `npm run pack:check`: builds the Linux folder as it would be shipped, from the Electron at hand and without a network,
 * reads its fuses back, looks into its asar, and starts it to its first screen.
 */
import { listPackage, statFile, extractFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawnSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ensureElectronRuntime, RUNTIME_VERSION, runtimeFolder } from './electron-runtime.mjs';
import { firstScreen } from './lib/first-screen.mjs';
import { ensureNode24, ensureNodeModules, root } from './lib/packages.mjs';
import { say } from './lib/say.mjs';

const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);
const FUSES = {
  RunAsNode: OFF,
  EnableCookieEncryption: ON,
  EnableNodeOptionsEnvironmentVariable: OFF,
  EnableNodeCliInspectArguments: OFF,
  EnableEmbeddedAsarIntegrityValidation: ON,
  OnlyLoadAppFromAsar: ON,
  GrantFileProtocolExtraPrivileges: OFF,
};
const MAX_ASAR_BYTES = 30_000_000;
/** What a package must have, and what must never be in one. */
const NEEDED = [
  '/package.json',
  '/out/main.js',
  '/out/preload.cjs',
  '/out/engine-process.js',
  '/out/browse-worker.js',
  '/out/store-worker.js',
  '/out/renderer/index.html',
];
const UNWANTED = [
  [/\.map$/, 'a source map'],
  [/\.tsx?$/, 'a source'],
  [/(^|\/)(test|tests|fixtures)\//, 'a test'],
  [/^\/node_modules\//, 'a package that belongs into the bundle'],
  [/\.(pem|key|p12|pfx)$|\/\.env/, 'a secret'],
];
const SECRET = /-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----|\b(npm|ghp|github_pat)_\w{30}/;

let failed = false;
ensureNodeModules();
const node = ensureNode24();
const obstacle = ensureElectronRuntime();
if (obstacle) {
  say(`the package cannot be built here. ${obstacle}`);
  process.exit(1);
}
const begun = Date.now();
const work = join(root, '.cache', `pack-${process.pid}`);
try {
  rmSync(work, { recursive: true, force: true });
  await check();
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${failed ? 'pack:check failed' : 'pack:check passed'} in ${Math.round((Date.now() - begun) / 1000)} s`);
process.exitCode = failed ? 1 : 0;

async function check() {
  run(node.path, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'error']);
  const electronDist = join(work, 'electron');
  linkRuntime(runtimeFolder, electronDist);
  run(node.path, [
    join(root, 'node_modules/electron-builder/cli.js'),
    ...['--linux', 'dir', '--x64', '--config', join(root, 'build/electron-builder.yml')],
    `-c.electronDist=${electronDist}`,
    `-c.electronVersion=${RUNTIME_VERSION}`,
    `-c.directories.output=${join(work, 'dist')}`,
  ]);
  const folder = join(work, 'dist/linux-unpacked');
  await checkFuses(join(folder, 'mailferry'));
  checkAsar(join(folder, 'resources/app.asar'));
  claim('the asar is the only app', !existsSync(join(folder, 'resources/app')));
  const screen = await firstScreen(join(folder, 'mailferry'), join(work, 'data'));
  claim(`the packaged app shows its first screen${screen.facts}`, screen.problem === null, screen.problem);
}

/** The runtime without what lies in its resources: that is the app under test. Links cost no space. */
function linkRuntime(from, to) {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.name === 'resources') mkdirSync(target);
    else if (entry.isDirectory()) linkRuntime(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(source, target);
    else linkSync(source, target);
  }
}

async function checkFuses(binary) {
  const wire = await getCurrentFuseWire(binary);
  for (const [name, wanted] of Object.entries(FUSES))
    claim(`fuse ${name} is ${wanted === ON ? 'on' : 'off'}`, wire[FuseV1Options[name]] === wanted);
}

function checkAsar(asar) {
  const names = listPackage(asar, { isPack: false }).map((name) => name.replaceAll('\\', '/'));
  const files = names.filter((name) => !statFile(asar, name.slice(1)).files);
  for (const name of NEEDED) claim(`the asar has ${name}`, files.includes(name));
  for (const [pattern, what] of UNWANTED) {
    const found = files.filter((name) => pattern.test(name));
    claim(`nothing in the asar is ${what}`, found.length === 0, found.slice(0, 3).join(', '));
  }
  const texts = files.filter((name) => /\.(c?js|json|html|css)$/.test(name));
  const leaky = texts.filter((name) => leaks(extractFile(asar, name.slice(1)).toString('utf8')));
  claim('nothing in the asar holds a key, a token or a path of this machine', leaky.length === 0, leaky.join(', '));
  const sizeBytes = files.reduce((sum, name) => sum + statFile(asar, name.slice(1)).size, 0);
  claim(`the asar has ${files.length} files, ${(sizeBytes / 1e6).toFixed(1)} MB`, sizeBytes < MAX_ASAR_BYTES);
}

function leaks(text) {
  return SECRET.test(text) || text.includes(root);
}

function run(file, args) {
  const done = spawnSync(file, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status === 0) return;
  console.error(`${done.stdout}${done.stderr}`);
  throw new Error(`${args[0]} failed.`);
}

function claim(what, isTrue, detail) {
  console.log(`${isTrue ? 'ok    ' : 'FAILED'} ${what}${isTrue || !detail ? '' : `: ${detail}`}`);
  if (!isTrue) failed = true;
}
