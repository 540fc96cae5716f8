import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder } from '../../../electron/node/data-folder-lock.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-lock-'));
  file = path.join(folder, 'open.lock');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('a second Mailferry in the same folder is told that one is open', () => {
  const unlock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(/already open \(process \d+\)/);
  unlock();
  expect(fs.readdirSync(folder)).toEqual([]);
  lockDataFolder(folder)();
});

test('the lock of a process that is gone is taken over', () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  fs.writeFileSync(file, JSON.stringify({ pid: gone, startTime: null }));
  const unlock = lockDataFolder(folder);
  expect(fs.readFileSync(file, 'utf8')).toContain(String(process.pid));
  unlock();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test.runIf(process.platform === 'linux')('a new process with the pid of an old one does not hold its lock', () => {
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, startTime: '1' }));
  lockDataFolder(folder)();
});

test('a lock that is being written counts, and one that a crash left unwritten does not', () => {
  fs.writeFileSync(file, '');
  expect(() => lockDataFolder(folder)).toThrow(/already open/);
  const longAgo = new Date(Date.now() - 60_000);
  fs.utimesSync(file, longAgo, longAgo);
  lockDataFolder(folder)();
});

test('giving back a lock that somebody else holds by now leaves theirs', () => {
  const unlock = lockDataFolder(folder);
  fs.writeFileSync(file, JSON.stringify({ pid: 1, startTime: null }));
  unlock();
  expect(fs.existsSync(file)).toBe(true);
});

test('only the owner can read it', () => {
  const unlock = lockDataFolder(folder);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  unlock();
});
