/** A disk that fails for a moment. Every place of whole runs is in test/crash/disk-faults.test.ts. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { openLedger } from '../../../electron/engine/jobs/ledger/ledger.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import { archiveWith, cleanUp, clock, contents, forWriting, freshPath, LAYOUTS, mail, prepared, store } from './kit.ts';

cleanUp();
afterEach(() => setDurableHook(null));

/** The first step of this kind at such a path fails; later ones go well. */
function failOnce(wanted: string, where: RegExp, code: 'ENOSPC' | 'EIO'): void {
  let over = false;
  setDurableHook(({ op, path: at, phase }) => {
    if (over || phase === 'after' || op !== wanted || !where.test(at)) return;
    over = true;
    throw Object.assign(new Error(`${code}: ${op}`), { code, syscall: op });
  });
}

describe.each(LAYOUTS)('in %s layout', (layout) => {
  it('an archive whose disk was gone at the end of a job can be backed up to again without a restart', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1)] });
    const archive = await forWriting(dir);
    failOnce('unlink', /state.lock$/, 'EIO');
    await expect(archive.close()).rejects.toMatchObject({ code: 'io-error' });
    expect(fs.existsSync(path.join(dir, 'state/lock'))).toBe(true);
    await (await forWriting(dir)).close();
    expect(fs.existsSync(path.join(dir, 'state/lock'))).toBe(false);
  });

  it('an archive that is open is locked for others of the same process', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1)] });
    const archive = await forWriting(dir);
    await expect(forWriting(dir)).rejects.toMatchObject({ code: 'archive-locked' });
    await archive.close();
  });

  it('a disk that fails once while a mirror forgets mail does not leave a folder in two states', async () => {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1), mail(2), mail(3)] });
    const sink = (await forWriting(dir)).sink();
    const mailbox = await prepared(sink, 'INBOX');
    failOnce(layout === 'mbox' ? 'rename' : 'unlink', /mail.INBOX/, 'EIO');
    await expect(mailbox.forget!(7, Uint32Array.of(1))).rejects.toMatchObject({ code: 'io-error' });
    setDurableHook(null);
    await sink.close().catch(() => undefined);
    const again = (await forWriting(dir)).sink();
    await store(again, 'INBOX', [mail(4)]);
    await again.close();
    expect((await contents(dir)).map((line) => /Subject: message \d/.exec(line)?.[0])).toEqual([
      undefined,
      'Subject: message 2',
      'Subject: message 3',
      'Subject: message 4',
    ]);
    expect(fs.existsSync(path.join(dir, 'mail/INBOX/0/7-1.eml')), 'forgotten mail stays on the disk').toBe(false);
    expect((await checkArchive(dir)).findings).toEqual([]);
    expect((await verifyArchive(dir)).problems).toEqual([]);
  });
});

it('a restore that ended on a full disk can be run again without a restart', async () => {
  const folder = path.dirname(freshPath());
  const options = { folder, source: 'a', target: 'b', clock, log: silentLog };
  const ledger = openLedger(options);
  ledger.mailbox('INBOX', 'INBOX', { uidValidity: 1 });
  failOnce('write', /jsonl$/, 'ENOSPC');
  await expect(ledger.close()).rejects.toMatchObject({ code: 'disk-full' });
  await openLedger(options).close();
});
