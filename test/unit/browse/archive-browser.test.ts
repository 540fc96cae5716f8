import path from 'node:path';
import { expect, test } from 'vitest';
import { ArchiveBrowser } from '../../../electron/engine/browse/archive-browser.ts';
import { condense, readWords } from '../../../electron/engine/browse/message-words.ts';
import { archiveWith, cleanUp, freshPath } from '../archive/kit.ts';
import { ALL, letter } from './kit.ts';

cleanUp();

const open = (dir: string): Promise<ArchiveBrowser> => ArchiveBrowser.open(dir, path.join(dir, '..', 'index'));

test('a thread of its own answers while it indexes, and can be stopped', async () => {
  const dir = freshPath();
  const letters = Array.from({ length: 500 }, (_, i) => letter(i + 1, { body: `kiln ${'clay '.repeat(300)}` }));
  await archiveWith(dir, 'mbox', { INBOX: letters });
  const browser = await open(dir);
  const stop = new AbortController();
  const stopped = browser.buildIndex(() => stop.abort(), stop.signal);
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  const seen: number[] = [];
  const building = browser.buildIndex((indexed) => seen.push(indexed));
  expect((await browser.messages({ ...ALL, mailbox: 'INBOX' }, 490, 100)).rows).toHaveLength(10);
  await building;
  expect(seen.at(-1)).toBe(500);
  expect((await browser.messages({ ...ALL, text: 'clay' }, 0, 1)).total).toBe(500);
  const raw = await browser.readRaw({ mailbox: 'INBOX', uidValidity: 7, uid: 3 });
  expect(raw.equals(letters[2]!.raw)).toBe(true);
  await browser.close();
  await expect(browser.folders()).rejects.toMatchObject({ code: 'cancelled' });
});

test('errors of the thread come as errors of the engine', async () => {
  await expect(open(freshPath())).rejects.toMatchObject({ code: 'archive-missing' });
});

test('of a message of any size little is held, and its text and file names are found', () => {
  const megabyte = Buffer.from(`${'QUJD'.repeat(19)}\r\n`.repeat(13_000));
  function* chunks(): Generator<Buffer> {
    yield Buffer.from(
      'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nkiln\r\n--b\r\nContent-Type: a/b; name=one.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n',
    );
    for (let i = 0; i < 60; i++) yield megabyte;
    yield Buffer.from('\r\n--b\r\nContent-Type: a/b; name=two.bin\r\n\r\nx\r\n--b--\r\n');
  }
  const reading = condense(chunks());
  let step = reading.next();
  while (!step.done) step = reading.next();
  expect(step.value.length).toBeLessThan(8_000_000);
  expect(readWords(step.value)).toEqual({ text: 'kiln', fileNames: 'one.bin\ntwo.bin', attachments: 2 });
});
