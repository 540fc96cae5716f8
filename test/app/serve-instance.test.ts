/** One Mailferry for each data folder, how it ends, and what it leaves on the disk. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../helpers/cli.ts';
import { filesBelow } from '../helpers/files-below.ts';
import { startServe, type Line, type ServedApp } from '../helpers/serve-app.ts';

const dataFolder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-serve-'));
let served: ServedApp;
let line: Line;

beforeAll(async () => {
  served = await startServe({ dataFolder, args: ['--verbose'] });
  line = await served.connect();
});
afterAll(async () => {
  await served.kill();
  fs.rmSync(dataFolder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
});

describe('one Mailferry for each data folder', () => {
  test('a second one says that one is open, and leaves it alone', async () => {
    const second = await runCli(['serve'], { env: { MAILFERRY_DATA: dataFolder } });
    expect(second).toMatchObject({ code: 21, stdout: '' });
    expect(second.stderr).toContain(`Mailferry is already open (process ${served.pid})`);
    expect((await fetch(served.origin)).status).toBe(200);
  });

  test('a port that is taken is named', async () => {
    const args = ['serve', '--port', String(served.port)];
    const second = await runCli(args, { env: { MAILFERRY_DATA: path.join(dataFolder, 'other') } });
    expect(second).toMatchObject({ code: 64, stdout: '' });
    expect(second.stderr).toContain(`Port ${served.port} is used by another program.`);
  });

  test('Ctrl-C tells the page and leaves no lock; a killed one does not stand in the way', async () => {
    const folder = path.join(dataFolder, 'short');
    const first = await startServe({ dataFolder: folder });
    const { socket } = await first.connect();
    const code = new Promise((closed) => socket.once('close', closed));
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    expect(await code).toBe(1001);
    expect(first.output()).toContain('Mailferry is closed.');
    expect(fs.readdirSync(folder)).not.toContain('open.lock');
    await (await startServe({ dataFolder: folder })).kill();
    expect(fs.readdirSync(folder)).toContain('open.lock');
    expect(await (await startServe({ dataFolder: folder })).stop()).toEqual({ code: 0, signal: null });
  });
});

test.skipIf(process.platform === 'win32')('what the app keeps is readable by its owner alone', async () => {
  await line.calls.app.changeSettings({ notify: false });
  await expect.poll(() => filesBelow(dataFolder).length).toBeGreaterThan(1);
  for (const file of filesBelow(dataFolder)) expect([file, fs.statSync(file).mode & 0o077]).toEqual([file, 0]);
});
