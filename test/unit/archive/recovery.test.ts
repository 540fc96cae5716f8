import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Sink } from '../../../electron/engine/sink.ts';
import type { Layout } from '../../../electron/engine/archive/layout.ts';
import { checkArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { openOrCreateArchive } from '../../../electron/engine/archive/open-archive.ts';
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { parseFlags } from '../../../electron/engine/flags.ts';
import { isEngineError } from '../../../electron/engine/errors.ts';
import {
  archiveWith,
  cleanUp,
  clock,
  contents,
  everyFile,
  feed,
  forWriting,
  freshPath,
  LAYOUTS,
  lines,
  mail,
  prepared,
  pythonCount,
  store,
  type TestMessage,
} from './kit.ts';

cleanUp();
afterEach(() => {
  setDurableHook(null);
});

const large: TestMessage = { uid: 30, raw: Buffer.alloc(1_100_000, `From here ${'x'.repeat(900)}\r\n`) };

/** A backup as a job would run it: what is known is not fetched again. */
async function backup(
  dir: string,
  layout: Layout,
  messages: TestMessage[],
  given: { forget?: number[] } = {},
): Promise<void> {
  const sink = (await openOrCreateArchive(dir, { layout, account: 'a@example.org', clock })).sink();
  try {
    for (const name of ['INBOX', 'INBOX/Sub']) await backupMailbox(sink, name, messages, given);
  } finally {
    await sink.close();
  }
}

async function backupMailbox(
  sink: Sink,
  name: string,
  messages: TestMessage[],
  given: { forget?: number[] },
): Promise<void> {
  const mailbox = await prepared(sink, name);
  const known = new Set(mailbox.known(7).uids);
  const writer = (await sink.openLane()).writer(mailbox, 7, () => undefined);
  await feed(
    writer,
    messages.filter(({ uid }) => !known.has(uid) && !given.forget?.includes(uid)),
  );
  await writer.flush();
  const { uids, missing } = mailbox.known(7);
  const gone = [...uids].filter((uid, i) => !messages.some((m) => m.uid === uid) && missing[i] === 0);
  await mailbox.recordMissing(7, Uint32Array.from(gone));
  const drop = [...mailbox.known(7).uids].filter((uid) => given.forget?.includes(uid));
  if (drop.length > 0) await mailbox.forget!(7, Uint32Array.from(drop));
  await mailbox.recordFlags(
    7,
    [{ uid: messages[0]!.uid, flags: parseFlags('\\Flagged') }].filter(({ uid }) => flagsDiffer(mailbox.known(7), uid)),
  );
  await mailbox.completePass({ uidValidity: 7, uidNext: 100, messages: messages.length, highestModSeq: null });
}

function flagsDiffer(known: { uids: Uint32Array; flags: readonly (readonly string[])[] }, uid: number): boolean {
  const at = known.uids.indexOf(uid);
  return at >= 0 && known.flags[at]!.join(' ') !== '\\Flagged';
}

/** Copies of the archive as a kill would leave it before and after each durable step of `run`. */
async function stopsDuring(dir: string, run: () => Promise<void>): Promise<{ at: string; copy: string }[]> {
  const stops: { at: string; copy: string }[] = [];
  setDurableHook(({ op, path: file, phase }) => {
    // What holds after a step holds before the next one.
    if (phase === 'after') return;
    const copy = freshPath();
    if (fs.existsSync(dir)) fs.cpSync(dir, copy, { recursive: true, preserveTimestamps: true });
    // Our own process is alive, the one that was killed is not.
    fs.rmSync(path.join(copy, 'state/lock'), { force: true });
    stops.push({ at: `${phase} ${op} ${path.relative(dir, file)}`, copy });
  });
  await run();
  setDurableHook(null);
  return stops;
}

const first = [mail(1), mail(2), { uid: 3, raw: mail(1).raw }, large];
const second = [mail(2), { uid: 3, raw: mail(1).raw }, large, mail(40), { uid: 41, raw: large.raw }];

const scenarios: { name: string; before: TestMessage[] | null; run: (dir: string, layout: Layout) => Promise<void> }[] =
  [
    { name: 'a first backup', before: null, run: (dir, layout) => backup(dir, layout, first) },
    {
      name: 'a mirror that forgets',
      before: first,
      run: (dir, layout) => backup(dir, layout, second, { forget: [1, 30] }),
    },
  ];

describe.each(LAYOUTS)('in %s layout', (layout) => {
  it.each(scenarios)(
    '$name, stopped anywhere and run again, equals one that was not stopped',
    { timeout: 60_000 },
    async ({ before, run }) => {
      const dir = freshPath();
      if (before) await backup(dir, layout, before);
      const stops = await stopsDuring(dir, () => run(dir, layout));
      expect(stops.length).toBeGreaterThan(20);
      const expected = await contents(dir);
      // Every second one here; test/crash kills a process at each.
      for (const [i, { at, copy }] of stops.filter((_, n) => n % 2 === 0).entries()) {
        await run(copy, layout);
        expect([at, await contents(copy)]).toEqual([at, expected]);
        expect([at, (await checkArchive(copy)).findings]).toEqual([at, []]);
        expect([at, (await verifyArchive(copy)).problems]).toEqual([at, []]);
        if (i % 3 > 0) continue;
        const settled = everyFile(copy);
        await run(copy, layout);
        expect([at, everyFile(copy)]).toEqual([at, settled]);
        fs.rmSync(copy, { recursive: true, force: true });
      }
    },
  );

  it(
    'a full disk at any step leaves an archive that opens, and the next run completes it',
    { timeout: 60_000 },
    async () => {
      const reference = freshPath();
      await backup(reference, layout, first);
      const expected = await contents(reference);
      for (let limit = 1, failed = true; failed; limit += 3) {
        const dir = freshPath();
        let steps = 0;
        setDurableHook(({ op, phase }) => {
          if (phase === 'before' && ['write', 'create', 'mkdir', 'catalog-commit'].includes(op) && ++steps > limit) {
            throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: op });
          }
        });
        failed = await backup(dir, layout, first).then(
          () => false,
          (error: unknown) => {
            expect([limit, isEngineError(error, 'disk-full')]).toEqual([limit, true]);
            return true;
          },
        );
        setDurableHook(null);
        fs.rmSync(path.join(dir, 'state/lock'), { force: true });
        await backup(dir, layout, first);
        expect([limit, await contents(dir)]).toEqual([limit, expected]);
        expect([limit, (await checkArchive(dir)).findings]).toEqual([limit, []]);
      }
    },
  );
});

describe('opening after an unclean stop', () => {
  const journal = (dir: string) => path.join(dir, 'state/journal/000001.jsonl');

  it.each(['{"type":"message","mailbox":1,"uidV', 'x'.repeat(5000), '\n\n\n', '{"type":"pass"}\n'])(
    'cuts a torn end of the journal: %j',
    async (tail) => {
      const dir = freshPath();
      await archiveWith(dir, 'mbox', { INBOX: [mail(1)] });
      const before = fs.readFileSync(journal(dir), 'utf8');
      const seen = await contents(dir);
      fs.appendFileSync(journal(dir), tail);
      expect(await contents(dir)).toEqual(seen);
      await (await forWriting(dir)).close();
      expect(fs.readFileSync(journal(dir), 'utf8')).toBe(before);
      expect(await contents(dir)).toEqual(seen);
    },
  );

  it('cuts octets at the end of an mbox file that no record names', async () => {
    const dir = freshPath();
    await archiveWith(dir, 'mbox', { INBOX: [mail(1)] });
    const file = path.join(dir, 'mail/INBOX');
    const before = fs.readFileSync(file);
    fs.rmSync(path.join(dir, 'state/checkpoint.json'));
    fs.appendFileSync(file, 'From - Thu Jan  1 00:00:00 1970\nSubject: half');
    await (await forWriting(dir)).close();
    expect(fs.readFileSync(file)).toEqual(before);
  });

  it('removes EML files and parts that no record names', async () => {
    const dir = freshPath();
    await archiveWith(dir, 'eml', { INBOX: [mail(1)] });
    fs.rmSync(path.join(dir, 'state/checkpoint.json'));
    for (const name of ['7-2.eml', '7-3.eml.part', 'notes.txt'])
      fs.writeFileSync(path.join(dir, 'mail/INBOX/0', name), 'x');
    await (await forWriting(dir)).close();
    expect(fs.readdirSync(path.join(dir, 'mail/INBOX/0')).sort()).toEqual(['7-1.eml', 'notes.txt']);
  });

  it.each(LAYOUTS)(
    'drops messages journalled after the checkpoint whose octets did not reach the disk (%s)',
    async (layout) => {
      const dir = freshPath();
      await archiveWith(dir, layout, { INBOX: [mail(1)] });
      const checkpoint = fs.readFileSync(path.join(dir, 'state/checkpoint.json'));
      const sink = (await forWriting(dir)).sink();
      await store(sink, 'INBOX', [mail(2), mail(3)]);
      await (
        await prepared(sink, 'INBOX')
      ).completePass({ uidValidity: 7, uidNext: 4, messages: 3, highestModSeq: null });
      await sink.close();
      fs.writeFileSync(path.join(dir, 'state/checkpoint.json'), checkpoint);
      damage(path.join(dir, layout === 'mbox' ? 'mail/INBOX' : 'mail/INBOX/0/7-3.eml'), 'body 3');
      const again = (await forWriting(dir)).sink();
      const mailbox = await prepared(again, 'INBOX');
      expect([...mailbox.known(7).uids]).toEqual([1, 2]);
      expect(mailbox.lastPass()).toBeNull();
      await store(again, 'INBOX', [mail(3)]);
      await again.close();
      expect(await contents(dir)).toHaveLength(4);
      expect((await checkArchive(dir)).findings).toEqual([]);
      if (layout === 'mbox') expect(pythonCount(path.join(dir, 'mail/INBOX')) ?? 3).toBe(3);
    },
  );

  it('refuses a journal that ends before the checkpoint, and says what to do', async () => {
    const dir = freshPath();
    await archiveWith(dir, 'mbox', { INBOX: [mail(1), mail(2)] });
    const whole = lines(dir);
    fs.writeFileSync(
      journal(dir),
      whole
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join(''),
    );
    await expect(forWriting(dir)).rejects.toMatchObject({
      code: 'archive-damaged',
      message: expect.stringContaining('repair') as string,
    });
    expect(fs.existsSync(path.join(dir, 'state/lock'))).toBe(false);
  });

  it('keeps what another program appended to an mbox file, and goes on after it', async () => {
    const dir = freshPath();
    await archiveWith(dir, 'mbox', { INBOX: [mail(1)] });
    const foreign = 'From - Thu Jan  1 00:00:00 1970\nSubject: not ours\n\nhello';
    fs.appendFileSync(path.join(dir, 'mail/INBOX'), foreign);
    const sink = (await forWriting(dir)).sink();
    await store(sink, 'INBOX', [mail(2)]);
    await sink.close();
    fs.rmSync(path.join(dir, 'state/checkpoint.json'));
    await (await forWriting(dir)).close();
    expect(fs.readFileSync(path.join(dir, 'mail/INBOX'), 'utf8')).toContain(foreign);
    expect((await verifyArchive(dir)).problems).toEqual([]);
    expect(pythonCount(path.join(dir, 'mail/INBOX')) ?? 3).toBe(3);
  });
});

function damage(file: string, text: string): void {
  const octets = fs.readFileSync(file);
  octets[octets.indexOf(text)] = 0x21;
  fs.writeFileSync(file, octets);
}
