/** The command line on disks that the system itself lets fail: calls that strace fails, and a small disk that is full. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { verifyArchive } from '../../electron/engine/archive/maintain.ts';
import { isEngineError } from '../../electron/engine/errors.ts';
import { runCli, type CliResult } from '../helpers/cli.ts';
import { fillAccount } from '../helpers/fill-account.ts';
import { MemoryStore } from '../helpers/memory.ts';
import { mountSmall, resize, unmount, unmountAll } from '../helpers/mounted.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { archiveOutcome } from './harness/archive-outcome.ts';
import { ServerWorld } from './harness/server-world.ts';
import { readTree, writeTree, type Tree } from './harness/tree.ts';
import { removeFolder, removeWorkFolders, workFolder } from './harness/work-folder.ts';
import { fill, largeLetter } from './scenarios/mail.ts';

const EXIT = { failed: 1, full: 13 };
const TOLD = {
  ENOSPC: /The disk is full: .* could not be written\. Free some space and run again\./,
  EIO: /The disk (reported EIO|failed) at .*\. Check the disk and run again\./,
};

const world = new ServerWorld();
beforeAll(() => world.open());
afterEach(unmountAll);
afterAll(async () => {
  await world.close();
  removeWorkFolders();
});

interface Run {
  name: string;
  layout: 'mbox' | 'eml';
  options: string[];
  before: MemoryStore | null;
  now: MemoryStore;
}

const RUNS: Run[] = [
  { name: 'a new backup, mbox', layout: 'mbox', options: [], before: null, now: account() },
  { name: 'a new backup, eml', layout: 'eml', options: [], before: null, now: account() },
  { name: 'a mirror, mbox', layout: 'mbox', options: ['--mirror-confirm'], before: account(), now: changed() },
];

function account(): MemoryStore {
  const store = new MemoryStore();
  fill(store, 'INBOX', 1, 6);
  store.mailbox('INBOX').add(largeLetter(40, 150_000), ['\\Seen'], '2024-07-01T00:00:00Z');
  fill(store, 'Projekte/Ärger', 10, 12);
  return store;
}

function changed(): MemoryStore {
  const store = account();
  fill(store, 'INBOX', 20, 22);
  store.mailbox('INBOX').setFlags(1, ['\\Flagged']);
  store.mailbox('INBOX').remove(2);
  return store;
}

function backup(archive: string, { layout, options }: Run, under: string[] = []): Promise<CliResult> {
  const url = `imap+insecure://source@127.0.0.1:${world.port}`;
  const args = ['backup', url, archive, '--layout', layout, '--password-env', 'PW', ...options];
  return runCli(args, { under, env: { PW: 'source secret' } });
}

interface Prepared {
  before: Tree;
  /** Messages of the archive before. */
  held: number;
  expected: string[];
}

/** What was there, and what an undisturbed run makes of it. */
async function prepare(run: Run): Promise<Prepared> {
  const root = workFolder();
  const archive = path.join(root, 'archive');
  world.reset();
  if (run.before) {
    fillAccount(world.account('source'), run.before);
    expect((await backup(archive, { ...run, options: [] })).code).toBe(0);
  }
  fillAccount(world.account('source'), run.now);
  const before = readTree(root);
  const held = await intact(archive);
  expect((await backup(archive, run)).code).toBe(0);
  const expected = await archiveOutcome(archive);
  removeFolder(root);
  return { before, held, expected };
}

/** Messages that verify finds whole. @throws when it finds another one */
async function intact(archive: string): Promise<number> {
  try {
    const { messages, problems } = await verifyArchive(archive);
    expect(problems).toEqual([]);
    return messages;
  } catch (error) {
    if (isEngineError(error, 'archive-missing')) return 0;
    throw error;
  }
}

/** After a failed run: what was there is there, and the next run ends as an undisturbed one. */
async function expectGoesOn(archive: string, run: Run, { held, expected }: Prepared): Promise<void> {
  // A mirror forgets one message.
  expect(await intact(archive)).toBeGreaterThanOrEqual(held - (run.options.length > 0 ? 1 : 0));
  const next = await backup(archive, run);
  expect({ code: next.code, stderr: next.stderr }).toEqual({ code: 0, stderr: '' });
  expect(await archiveOutcome(archive)).toEqual(expected);
}

interface Call {
  name: string;
  code: 'ENOSPC' | 'EIO';
  /** Of the calls of one thread: the first that fails, and whether all after it do. */
  when: string[];
}

const CALLS: Call[] = [
  { name: 'pwrite64', code: 'ENOSPC', when: ['1+', '2', '3+', '5', '8+', '12', '16+', '26+'] },
  { name: 'pwrite64', code: 'EIO', when: ['2+', '7', '14+'] },
  { name: 'fdatasync', code: 'EIO', when: ['1+', '3'] },
  { name: 'fsync', code: 'EIO', when: ['1', '4+'] },
  { name: 'rename', code: 'ENOSPC', when: ['1', '2'] },
  { name: 'mkdir', code: 'ENOSPC', when: ['2'] },
];

describeWith(['strace'], 'the system fails a call', () => {
  test.each(RUNS)('$name', async (run) => {
    const prepared = await prepare(run);
    let struck = 0;
    for (const { name, code, when } of CALLS) {
      for (const nth of when) {
        const root = writeTree(prepared.before);
        const archive = path.join(root, 'archive');
        const log = path.join(root, 'calls');
        const inject = ['-e', `trace=${name}`, '-e', `inject=${name}:error=${code}:when=${nth}`];
        const failed = await backup(archive, run, ['strace', '-f', '-qq', '--seccomp-bpf', '-o', log, ...inject]);
        const hasStruck = fs.readFileSync(log, 'utf8').includes('(INJECTED)');
        const told = { at: `${name} ${nth}`, code: failed.code, stderr: failed.stderr };
        if (hasStruck) {
          struck++;
          expect(told).toMatchObject({
            code: code === 'ENOSPC' ? EXIT.full : EXIT.failed,
            stderr: expect.stringMatching(TOLD[code]) as string,
          });
          await expectGoesOn(archive, run, prepared);
        } else expect(told).toMatchObject({ code: 0 });
        removeFolder(root);
      }
    }
    console.log(`${run.name}: ${struck} calls failed by the system`);
    expect(struck).toBeGreaterThan(12);
  });
});

describeWith(['mount'], 'a small disk runs full', () => {
  const SIZES = [12, 36, 64, 128, 176].map((kib) => kib * 1024);

  test.each(RUNS)('$name', async (run) => {
    const prepared = await prepare(run);
    let full = 0;
    for (const sizeBytes of SIZES) {
      const disk = workFolder();
      const archive = path.join(disk, 'archive');
      mountSmall(disk, 1 << 24);
      writeTree(prepared.before, disk);
      resize(disk, usedBytes(disk) + sizeBytes);
      const failed = await backup(archive, run);
      if (failed.code !== 0) {
        full++;
        const told = { sizeBytes, code: failed.code, stderr: failed.stderr };
        expect(told).toMatchObject({ code: EXIT.full, stderr: expect.stringMatching(TOLD.ENOSPC) as string });
        await intact(archive);
        resize(disk, 1 << 24);
        await expectGoesOn(archive, run, prepared);
      }
      unmount(disk);
      removeFolder(disk);
    }
    console.log(`${run.name}: ${full} disks ran full`);
    expect(full).toBeGreaterThan(2);
  });
});

function usedBytes(folder: string): number {
  const { blocks, bfree, bsize } = fs.statfsSync(folder);
  return (blocks - bfree) * bsize;
}
