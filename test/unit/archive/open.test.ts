import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ownIdentity } from '../../../electron/engine/archive/lock.ts';
import { checkArchive, repairArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { createArchive, openOrCreateArchive } from '../../../electron/engine/archive/open-archive.ts';
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import {
  archiveWith,
  cleanUp,
  clock,
  contents,
  everyFile,
  forReading,
  forWriting,
  freshPath,
  LAYOUTS,
  mail,
} from './kit.ts';

cleanUp();
afterEach(() => {
  setDurableHook(null);
});

const create = (dir: string) => createArchive(dir, { layout: 'mbox', account: 'a@example.org', clock });

describe('a path that is no archive', () => {
  it.each([
    ['nothing', 'archive-missing', () => undefined],
    ['an empty folder', 'archive-missing', (dir: string) => void fs.mkdirSync(dir)],
    ['a file', 'path-is-file', (dir: string) => void fs.writeFileSync(dir, 'x')],
    [
      'a folder with other things',
      'archive-foreign',
      (dir: string) => void fs.mkdirSync(path.join(dir, 'photos'), { recursive: true }),
    ],
    ['a manifest of something else', 'archive-foreign', (dir: string) => void manifest(dir, { format: 'other' })],
    [
      'a manifest of a later version',
      'archive-newer',
      (dir: string) => void manifest(dir, { format: 'mailferry-archive', version: 2 }),
    ],
    ['a manifest cut short', 'archive-damaged', (dir: string) => void manifest(dir, '{"format":"mailf')],
    [
      'a manifest without a layout',
      'archive-damaged',
      (dir: string) => void manifest(dir, { format: 'mailferry-archive', version: 1 }),
    ],
  ])('%s is %s, and is left as it is', async (_what, code, make) => {
    const dir = freshPath();
    make(dir);
    const before = fs.existsSync(dir) && fs.statSync(dir).isDirectory() ? everyFile(dir) : null;
    for (const open of [forReading, forWriting, checkArchive, verifyArchive]) {
      await expect(open(dir)).rejects.toMatchObject({
        code,
        scope: 'archive',
        message: expect.stringContaining(dir) as string,
      });
    }
    await expect(repairArchive(dir, { clock })).rejects.toMatchObject({ code });
    if (before) expect(everyFile(dir)).toEqual(before);
  });

  it.each([
    [
      'a folder with other things',
      'path-not-empty',
      (dir: string) => void fs.mkdirSync(path.join(dir, 'photos'), { recursive: true }),
    ],
    ['a file', 'path-is-file', (dir: string) => void fs.writeFileSync(dir, 'x')],
    ['a file above it', 'path-is-file', (dir: string) => void fs.writeFileSync(path.dirname(dir) + '/f', 'x')],
  ])('no archive is made in %s: %s', async (what, code, make) => {
    const dir = freshPath();
    make(dir);
    await expect(
      create(what === 'a file above it' ? path.join(path.dirname(dir), 'f', 'archive') : dir),
    ).rejects.toMatchObject({ code });
  });

  it('a folder that may not be written to is told so', async () => {
    // Root may write anywhere, except where the kernel itself says no.
    await expect(create(process.getuid?.() === 0 ? '/proc/sys/mailferry' : '/mailferry-archive')).rejects.toMatchObject(
      {
        code: expect.stringMatching(/path-not-writable|io-error/) as string,
      },
    );
  });
});

function manifest(dir: string, content: unknown): void {
  fs.mkdirSync(dir, { recursive: true });
  fs.writeFileSync(path.join(dir, 'mailferry.json'), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('making an archive', () => {
  it('goes on where a creation was cut short', async () => {
    const steps: string[] = [];
    setDurableHook(({ op, phase }) => void (phase === 'before' && steps.push(op)));
    await (await create(freshPath())).close();
    expect(steps.length).toBeGreaterThan(10);
    for (let limit = 1; limit < steps.length; limit++) {
      const dir = freshPath();
      let count = 0;
      setDurableHook(({ phase }) => {
        if (phase === 'before' && ++count > limit) throw new Error('stopped');
      });
      await create(dir).catch(() => undefined);
      setDurableHook(null);
      fs.rmSync(path.join(dir, 'state/lock'), { force: true });
      await (await openOrCreateArchive(dir, { layout: 'mbox', account: 'a@example.org', clock })).close();
      expect([limit, fs.readdirSync(dir).sort()]).toEqual([limit, ['README.txt', 'mail', 'mailferry.json', 'state']]);
    }
  });

  it('refuses to make one where there is one already', async () => {
    const dir = freshPath();
    await (await create(dir)).close();
    await expect(create(dir)).rejects.toMatchObject({ code: 'path-not-empty' });
  });
});

describe.each(LAYOUTS)('reading, in %s layout', (layout) => {
  it('writes nothing and takes no lock, with and without a catalog that fits', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1), mail(2)] });
    const seen = await contents(dir);
    for (const prepare of [
      () => undefined,
      () => fs.rmSync(path.join(dir, 'state/catalog.sqlite')),
      () => fs.rmSync(path.join(dir, 'state/checkpoint.json')),
    ]) {
      prepare();
      const before = everyFile(dir);
      setDurableHook(({ op }) => {
        throw new Error(`a reader did ${op}`);
      });
      expect(await contents(dir)).toEqual(seen);
      setDurableHook(null);
      expect(everyFile(dir)).toEqual(before);
    }
  });

  it('goes on while a writer is at work, and sees what was durable when it opened', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1)] });
    const writer = await forWriting(dir);
    const { store } = await import('./kit.ts');
    await store(writer.sink(), 'INBOX', [mail(2)]);
    expect(await contents(dir)).toHaveLength(3);
    await writer.close();
    expect(await contents(dir)).toHaveLength(3);
  });
});

describe('the lock', () => {
  const lockOf = (dir: string) => path.join(dir, 'state/lock');
  const put = (dir: string, holder: object) => {
    fs.writeFileSync(lockOf(dir), JSON.stringify({ ...ownIdentity(), since: '2026-01-01T00:00:00Z', ...holder }));
  };

  it('keeps a second writer out and names the first', async () => {
    const dir = freshPath();
    const first = await create(dir);
    await expect(forWriting(dir)).rejects.toMatchObject({
      code: 'archive-locked',
      message: expect.stringMatching(new RegExp(`process ${process.pid} on ${os.hostname()}`)) as string,
    });
    await expect(repairArchive(dir, { clock })).rejects.toMatchObject({ code: 'archive-locked' });
    await first.close();
    await (await forWriting(dir)).close();
    expect(fs.existsSync(lockOf(dir))).toBe(false);
  });

  it('of another living process holds; once that is killed it is taken over', async () => {
    const dir = freshPath();
    await (await create(dir)).close();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const started = fs.existsSync('/proc')
      ? fs.readFileSync(`/proc/${other.pid}/stat`, 'latin1').split(') ')[1]!.split(' ')[19]!
      : null;
    put(dir, { pid: other.pid, startTime: started });
    await expect(forWriting(dir)).rejects.toMatchObject({ code: 'archive-locked' });
    other.kill('SIGKILL');
    await new Promise((resolve) => other.once('exit', resolve));
    await (await forWriting(dir)).close();
  });

  const gone = () => spawnSync(process.execPath, ['-e', '0']).pid;
  it.each([
    ['of a process that is gone', () => ({ pid: gone() })],
    ['of a pid that another process has now', () => ({ startTime: '1' })],
    ['from before the last boot', () => ({ bootId: 'another boot' })],
  ])('%s is stale', async (what, holder) => {
    if (ownIdentity().startTime === null && !what.includes('gone')) return;
    const dir = freshPath();
    await (await create(dir)).close();
    put(dir, holder());
    await (await forWriting(dir)).close();
    expect(fs.existsSync(lockOf(dir))).toBe(false);
  });

  it.each([
    ['on another host', { host: 'elsewhere.example.org' }],
    ['that is this very process', {}],
  ])('of a holder %s holds', async (_what, holder) => {
    const dir = freshPath();
    await (await create(dir)).close();
    put(dir, holder);
    await expect(forWriting(dir)).rejects.toMatchObject({ code: 'archive-locked' });
  });

  it('with nothing readable in it is stale once it is old', async () => {
    const dir = freshPath();
    await (await create(dir)).close();
    fs.writeFileSync(lockOf(dir), '');
    const old = new Date(clock.date().getTime() - 60_000);
    fs.utimesSync(lockOf(dir), old, old);
    await (await forWriting(dir)).close();
    fs.writeFileSync(lockOf(dir), '');
    fs.utimesSync(lockOf(dir), clock.date(), clock.date());
    await expect(forWriting(dir)).rejects.toMatchObject({ code: 'archive-locked' });
  });
});
