import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { EmlWrites, writeNew, type WriteBuffer } from '../../../electron/engine/archive/eml-writes.ts';
import { verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { makeFolder, setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { archiveWith, cleanUp, freshPath, mail } from './kit.ts';

cleanUp();
afterEach(() => setDurableHook(null));

const MEBIBYTE = 1024 * 1024;
const bufferOf = (): WriteBuffer => ({ octets: Buffer.alloc(16), usedBytes: 0, pending: 0, sealed: false });

function openWrites() {
  const given: Buffer[] = [];
  const writes = new EmlWrites((buffer) => given.push(buffer));
  return { given, writes };
}

describe('octets on their way into files', () => {
  test('stay in their buffer until the last of them is written, and until nothing more comes into it', async () => {
    const { given, writes } = openWrites();
    const buffer = bufferOf();
    const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const both = [writes.run(buffer, 1, () => one.promise), writes.run(buffer, 1, () => two.promise)];
    writes.seal(buffer);
    one.resolve();
    await both[0];
    expect(given).toEqual([]);
    two.resolve();
    await both[1];
    expect(given).toEqual([buffer.octets]);
    const other = bufferOf();
    await writes.run(other, 1, () => Promise.resolve());
    expect(given).toHaveLength(1);
    writes.seal(other);
    expect(given).toHaveLength(2);
  });

  test('hold the source back while they are many, and let it go on even when a write fails', async () => {
    const { writes } = openWrites();
    const buffer = bufferOf();
    const gate = Promise.withResolvers<void>();
    expect(writes.pressure()).toBeNull();
    const failing = writes.run(buffer, MEBIBYTE, () => gate.promise);
    expect(writes.pressure()).toBeNull();
    void writes.run(buffer, MEBIBYTE, () => Promise.resolve());
    const wait = writes.pressure();
    expect(wait).not.toBeNull();
    gate.reject(new Error('disk'));
    await expect(failing).rejects.toThrow('disk');
    await wait;
    await writes.idle();
    expect(writes.pressure()).toBeNull();
  });

  test('hold it back while they keep several buffers that are done with otherwise', async () => {
    const { writes } = openWrites();
    const gate = Promise.withResolvers<void>();
    for (let i = 0; i < 3; i++) {
      const buffer = bufferOf();
      void writes.run(buffer, 1, () => gate.promise);
      writes.seal(buffer);
      expect(writes.pressure() === null).toBe(i < 2);
    }
    const wait = writes.pressure();
    gate.resolve();
    await wait;
    expect(writes.pressure()).toBeNull();
  });
});

describe('a new file', () => {
  function somewhere(): string {
    const folder = freshPath();
    makeFolder(folder);
    return path.join(folder, 'new.eml');
  }

  test('takes the place of one that a crash left, which may be a link to another message', async () => {
    const file = somewhere();
    fs.writeFileSync(`${file}.other`, 'another message');
    fs.linkSync(`${file}.other`, file);
    fs.closeSync(await writeNew(file, Buffer.from('mail')));
    expect(fs.readFileSync(file, 'utf8')).toBe('mail');
    expect(fs.readFileSync(`${file}.other`, 'utf8')).toBe('another message');
  });

  test.for(['create', 'write'])('is gone when the disk is full at its %s', async (op) => {
    const file = somewhere();
    setDurableHook((step) => {
      if (step.op === op && step.phase === 'before') throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    await expect(writeNew(file, Buffer.from('mail'))).rejects.toMatchObject({ code: 'disk-full' });
    expect(fs.existsSync(file)).toBe(false);
  });
});

test('exact copies that come one right behind the other are links of one file, which is whole', async () => {
  const dir = freshPath();
  const text = `Subject: the same\r\n\r\n${'x'.repeat(300_000)}\r\n`;
  await archiveWith(dir, 'eml', { INBOX: [mail(1, text), mail(2, text), mail(3), mail(4, text)] });
  const at = (uid: number) => fs.statSync(path.join(dir, `mail/INBOX/0/7-${uid}.eml`));
  expect([at(2).ino, at(4).ino, at(1).nlink]).toEqual([at(1).ino, at(1).ino, 3]);
  expect(at(3).ino).not.toBe(at(1).ino);
  expect((await verifyArchive(dir)).problems).toEqual([]);
});
