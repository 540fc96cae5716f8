/** One archive, two processes; an archive that nobody may write to; a disk that is pulled out and put back. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ArchiveBrowser } from '../../electron/engine/engine.ts';
import { runCli, type CliResult } from '../helpers/cli.ts';
import { fillAccount } from '../helpers/fill-account.ts';
import { MemoryStore } from '../helpers/memory.ts';
import { bindReadOnly, unmountAll } from '../helpers/mounted.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { archiveOutcome } from './harness/archive-outcome.ts';
import { ServerWorld } from './harness/server-world.ts';
import { removeFolder, removeWorkFolders, workFolder } from './harness/work-folder.ts';
import { fill } from './scenarios/mail.ts';

const EXIT = { complete: 0, archiveLocked: 21, usage: 64 };

const world = new ServerWorld();
let root: string;
let archive: string;

beforeAll(() => world.open());
beforeEach(() => {
  root = workFolder();
  archive = path.join(root, 'archive');
  world.reset();
  fillAccount(world.account('source'), letters(8));
});
afterEach(() => {
  world.setFault(null);
  unmountAll();
});
afterAll(async () => {
  await world.close();
  removeWorkFolders();
});

function letters(count: number): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, count);
  fill(store, 'Projekte/Ärger', 20, 22);
  return store;
}

const env = { PW: 'source secret' };
const url = (): string => `imap+insecure://source@127.0.0.1:${world.port}`;
const backup = (...options: string[]): Promise<CliResult> =>
  runCli(['backup', url(), archive, '--password-env', 'PW', ...options], { env });

/** A backup of what is new that waits in the middle until `goOn` is called. */
async function backupMidway(): Promise<{ goOn: () => void; end: Promise<CliResult> }> {
  let goOn = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  let reached = (): void => undefined;
  const isThere = new Promise<void>((resolve) => (reached = resolve));
  world.setFault(async (verb) => {
    if (verb !== 'UID FETCH') return undefined;
    reached();
    await gate;
    return undefined;
  });
  const end = backup();
  await isThere;
  return { goOn, end };
}

describe.each(['mbox', 'eml'])('while a backup into %s is at work', (layout) => {
  test('a second one and a repair are told who holds the archive; readers see what was there', async () => {
    expect((await backup('--layout', layout)).code).toBe(EXIT.complete);
    const before = await archiveOutcome(archive);
    fillAccount(world.account('source'), letters(12));
    const { goOn, end } = await backupMidway();
    world.setFault(null);

    for (const second of [await backup(), await runCli(['repair', archive])]) {
      expect(second).toMatchObject({ code: EXIT.archiveLocked });
      expect(second.stderr).toMatch(/The archive is in use by process \d+ on .*\. Wait until it has finished/);
    }
    expect(await runCli(['verify', archive])).toMatchObject({ code: EXIT.complete, stderr: '' });
    expect(await runCli(['check', archive])).toMatchObject({ code: EXIT.complete, stderr: '' });
    const list = await runCli(['list', archive, 'INBOX', '--json']);
    expect(list.lines.filter(({ type }) => type === 'message')).toHaveLength(8);
    const browser = await ArchiveBrowser.open(archive, root);
    await browser.buildIndex();
    expect(await browser.folders()).toMatchObject([{ path: 'INBOX', messages: 8 }, {}, {}]);
    await browser.close();

    goOn();
    expect(await end).toMatchObject({ code: EXIT.complete, stderr: '' });
    const after = await archiveOutcome(archive);
    expect(after.filter((line) => /^message/.test(line))).toHaveLength(15);
    expect(before.filter((line) => /^message/.test(line) && !after.includes(line))).toEqual([]);
    expect(after.filter((line) => /^check/.test(line))).toEqual([]);
    removeFolder(root);
  });
});

describe('the folder of the archive is gone in the middle of a backup', () => {
  test.each(['mbox', 'eml'])('%s: a sentence that helps, and the next run goes on once it is back', async (layout) => {
    expect((await backup('--layout', layout)).code).toBe(EXIT.complete);
    const before = await archiveOutcome(archive);
    fillAccount(world.account('source'), letters(12));
    const { goOn, end } = await backupMidway();
    world.setFault(null);
    fs.renameSync(archive, `${archive}.away`);
    goOn();
    const gone = await end;
    expect(gone.code).not.toBe(EXIT.complete);
    expect(gone.stderr).toMatch(/is not there\. If its disk was unplugged, plug it in and run again\./);
    expect(fs.existsSync(archive)).toBe(false);
    fs.renameSync(`${archive}.away`, archive);
    expect(await backup()).toMatchObject({ code: EXIT.complete, stderr: '' });
    const after = await archiveOutcome(archive);
    expect(after.filter((line) => /^message/.test(line))).toHaveLength(15);
    expect(before.filter((line) => /^message/.test(line) && !after.includes(line))).toEqual([]);
    expect(after.filter((line) => /^check/.test(line))).toEqual([]);
    removeFolder(root);
  });
});

const READ_ONLY = ['mbox', 'eml'].flatMap((layout) => [true, false].map((indexed) => ({ layout, indexed })));

describeWith(['mount'], 'an archive on a read-only disk', () => {
  test.each(READ_ONLY)('$layout, searched before: $indexed, opens for reading', async ({ layout, indexed }) => {
    expect((await backup('--layout', layout)).code).toBe(EXIT.complete);
    const state = { XDG_STATE_HOME: path.join(root, 'home'), HOME: path.join(root, 'home') };
    const found = await runCli(['search', archive, 'Letter', '--json'], { env: state });
    expect(found.lines.length).toBeGreaterThan(10);
    if (!indexed) fs.rmSync(path.join(archive, 'state/search.sqlite'));
    const folder = path.join(root, 'locked');
    fs.mkdirSync(folder);
    bindReadOnly(archive, folder);

    const read = async (...args: string[]): Promise<CliResult> => {
      const result = await runCli(args, { env: state });
      expect({ args, code: result.code, stderr: result.stderr }).toEqual({ args, code: EXIT.complete, stderr: '' });
      return result;
    };
    expect((await read('list', folder, 'INBOX')).stdout).toBe((await read('list', archive, 'INBOX')).stdout);
    expect((await read('show', folder, 'INBOX', '3')).stdout).toContain('Letter 3');
    await read('verify', folder);
    await read('check', folder);
    expect((await read('search', folder, 'Letter', '--json')).lines).toHaveLength(found.lines.length);

    const refused = await runCli(['backup', url(), folder, '--password-env', 'PW'], { env });
    expect(refused).toMatchObject({ code: EXIT.usage });
    expect(refused.stderr).toMatch(/is on a read-only disk\. Make it writable, or choose another folder\./);
  });
});
