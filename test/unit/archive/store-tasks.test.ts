import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { writeFiles, writeNew, type Place } from '../../../electron/engine/archive/store-tasks.ts';
import { factsAside, writeFilesAside } from '../../../electron/engine/archive/store-thread.ts';
import { makeFolder, setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { digestMessage } from '../../../electron/engine/message/digest.ts';
import { readEnvelope } from '../../../electron/engine/message/header.ts';
import { archiveWith, cleanUp, freshPath, mail } from './kit.ts';

cleanUp();
afterEach(() => setDurableHook(null));

/** Received one behind the other. */
function received(messages: Buffer[]): { octets: Buffer; places: Place[] } {
  const octets = Buffer.allocUnsafeSlow(messages.reduce((sum, { length }) => sum + length, 0));
  let used = 0;
  const places = messages.map((raw) => {
    raw.copy(octets, used);
    used += raw.length;
    return { start: used - raw.length, sizeBytes: raw.length };
  });
  return { octets, places };
}

describe('the second thread', () => {
  const messages = [mail(1).raw, Buffer.from(`Subject: large\r\n\r\n${'From x\r\n'.repeat(40_000)}`), mail(3).raw];

  test('reads of messages what the first would, and gives their octets back', async () => {
    const { octets, places } = received(messages);
    const { octets: back, facts } = await factsAside(octets, places);
    expect(octets).toHaveLength(0);
    expect(back).toEqual(Buffer.concat(messages));
    expect(facts).toEqual(messages.map((raw) => ({ ...digestMessage(raw), envelope: readEnvelope(raw) })));
  });

  test('writes files and says which one failed, and why', async () => {
    const folder = freshPath();
    makeFolder(folder);
    const { octets, places } = received(messages);
    const files = places.map(({ start, sizeBytes }, i) => ({
      path: path.join(folder, i === 1 ? 'not-there/1.eml' : `${i}.eml`),
      start,
      sizeBytes,
    }));
    const { octets: back, written } = await writeFilesAside(octets, files);
    expect(back).toEqual(Buffer.concat(messages));
    fs.closeSync(written[0] as number);
    expect(fs.readFileSync(path.join(folder, '0.eml'))).toEqual(messages[0]);
    expect(written[1]).toMatchObject({ scope: 'archive' });
    // What fails one, such as a full disk, fails the next.
    expect(written[2]).toEqual(written[1]);
    expect(fs.readdirSync(folder)).toEqual(['0.eml']);
  });
});

describe('a new file', () => {
  function somewhere(): string {
    const folder = freshPath();
    makeFolder(folder);
    return path.join(folder, 'new.eml');
  }

  test('takes the place of one that a crash left, which may be a link to another message', () => {
    const file = somewhere();
    fs.writeFileSync(`${file}.other`, 'another message');
    fs.linkSync(`${file}.other`, file);
    fs.closeSync(writeNew(file, Buffer.from('mail')));
    expect(fs.readFileSync(file, 'utf8')).toBe('mail');
    expect(fs.readFileSync(`${file}.other`, 'utf8')).toBe('another message');
  });

  test.for(['create', 'write'])('is gone when the disk is full at its %s', (op) => {
    const file = somewhere();
    setDurableHook((step) => {
      if (step.op === op && step.phase === 'before') throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    const [written] = writeFiles(Buffer.from('mail'), [{ path: file, start: 0, sizeBytes: 4 }]);
    expect(written).toMatchObject({ code: 'disk-full' });
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
