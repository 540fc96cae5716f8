import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppendFile } from '../../../electron/engine/fs/append-file.ts';
import { writeAtomically } from '../../../electron/engine/fs/atomic-write.ts';
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-fs-'));
});
afterEach(() => {
  setDurableHook(null);
  fs.rmSync(folder, { recursive: true, force: true });
});

const full = () => Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });

it('collects small pieces, hands them over in order and tells where the next goes', async () => {
  const writes: string[] = [];
  setDurableHook(({ op, phase }) => void (phase === 'before' && writes.push(op)));
  const file = new AppendFile(path.join(folder, 'a'));
  for (let i = 0; i < 1000; i++) file.write(Buffer.from(`${i},`));
  expect(file.end).toBe(3890);
  await file.sync();
  await file.sync();
  file.close();
  expect(writes).toEqual(['create', 'write', 'sync']);
  expect(fs.readFileSync(file.path, 'utf8')).toMatch(/^0,1,2,.*,999,$/);
});

it('cuts back to where it ended when a write fails', () => {
  const file = new AppendFile(path.join(folder, 'a'));
  file.write(Buffer.from('whole'));
  file.drain();
  setDurableHook(({ op, phase }) => {
    if (op === 'write' && phase === 'after') throw full();
  });
  file.write(Buffer.from('half'));
  expect(() => file.drain()).toThrow(/disk is full/);
  setDurableHook(null);
  file.close();
  expect(fs.readFileSync(file.path, 'utf8')).toBe('whole');
});

it('forgets buffered and written octets beyond a length', () => {
  const file = new AppendFile(path.join(folder, 'a'));
  file.write(Buffer.from('12345'));
  file.truncate(3);
  file.drain();
  file.write(Buffer.from('678'));
  file.drain();
  file.truncate(4);
  file.syncNow();
  file.close();
  expect(fs.readFileSync(file.path, 'utf8')).toBe('1236');
});

it('replaces a file whole or not at all', () => {
  const target = path.join(folder, 'a');
  writeAtomically(target, 'old');
  for (const at of ['create', 'write', 'sync', 'rename']) {
    setDurableHook(({ op, phase }) => {
      if (op === at && phase === 'before') throw full();
    });
    expect(() => writeAtomically(target, 'new')).toThrow(/disk is full/);
    setDurableHook(null);
    expect(fs.readFileSync(target, 'utf8')).toBe('old');
  }
  writeAtomically(target, 'new');
  expect(fs.readFileSync(target, 'utf8')).toBe('new');
  expect(fs.readdirSync(folder)).toEqual(['a']);
});
