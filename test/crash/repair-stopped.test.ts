/** A repair that is itself stopped must not let the next one take a good message for a crash's leavings. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { repairArchive } from '../../electron/engine/archive/maintain.ts';
import { setDurableHook } from '../../electron/engine/fs/durable.ts';
import { archiveWith, cleanUp, clock, forReading, forWriting, freshPath, LAYOUTS, mail } from '../unit/archive/kit.ts';

cleanUp();
afterEach(() => setDurableHook(null));

const journalOf = (dir: string): string => path.join(dir, 'state/journal/000001.jsonl');

/** The record of message 2 can no longer be read; its octets are whole. */
function loseRecord(dir: string): void {
  const lines = fs.readFileSync(journalOf(dir), 'utf8').split('\n');
  const at = lines.findIndex((line) => line.includes('"uid":2,'));
  lines[at] = '#'.repeat(lines[at]!.length);
  fs.writeFileSync(journalOf(dir), lines.join('\n'));
}

it.each(LAYOUTS)('%s: stopped at any durable step and begun again, every message is there', async (layout) => {
  for (let stop = 0; ; stop++) {
    const dir = freshPath();
    await archiveWith(dir, layout, { INBOX: [mail(1), mail(2), mail(3)] });
    loseRecord(dir);
    let step = 0;
    setDurableHook(() => {
      if (step++ === stop) throw new Error('stopped');
    });
    const stopped = await repairArchive(dir, { clock }).then(
      () => false,
      () => true,
    );
    setDurableHook(null);
    fs.rmSync(path.join(dir, 'state/lock'), { force: true });
    // Whoever backs up meanwhile is either told to repair first, or does no harm.
    await forWriting(dir).then(
      (archive) => archive.close(),
      (error: unknown) => expect(error).toMatchObject({ code: 'archive-damaged' }),
    );
    await repairArchive(dir, { clock });
    const archive = await forReading(dir);
    const subjects = [...archive.messages('INBOX')].map((m) => m.subject).sort();
    await archive.close();
    expect([stop, ...new Set(subjects)]).toEqual([stop, 'message 1', 'message 2', 'message 3']);
    expect(fs.existsSync(path.join(dir, 'state/repairing'))).toBe(false);
    if (!stopped) {
      expect(stop).toBeGreaterThan(20);
      return;
    }
  }
});
