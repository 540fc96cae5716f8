/** The app tests run what users run: the bundle in out/. It is built anew when a source is newer. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './cli.ts';

const SOURCES = ['electron', 'shared', 'renderer', 'build', 'vite.config.ts', 'package.json'];
const PRODUCTS = [
  ...[
    'out/cli.js',
    'out/main.js',
    'out/preload.cjs',
    'out/engine-process.js',
    'out/browse-worker.js',
    'out/store-worker.js',
  ],
  'out/renderer/index.html',
];

let done = false;

export function ensureBuilt(): void {
  if (done) return;
  const built = Math.min(...PRODUCTS.map((name) => changedAt(path.join(ROOT, name))));
  if (Math.max(...SOURCES.map(newestIn)) > built) build();
  done = true;
}

function build(): void {
  const vite = path.join(ROOT, 'node_modules/vite/bin/vite.js');
  const run = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`The build failed:\n${run.stdout}${run.stderr}`);
}

function newestIn(name: string): number {
  const top = path.join(ROOT, name);
  if (!fs.statSync(top).isDirectory()) return changedAt(top);
  const entries = fs.readdirSync(top, { recursive: true, withFileTypes: true });
  return Math.max(0, ...entries.filter((e) => e.isFile()).map((e) => changedAt(path.join(e.parentPath, e.name))));
}

/** Milliseconds; 0 for what is not there. */
const changedAt = (file: string): number => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
