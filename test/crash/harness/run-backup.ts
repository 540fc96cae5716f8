/** A backup from a mailbox in memory, as the engine runs one. */
import path from 'node:path';
import type { Layout } from '../../../electron/engine/archive/layout.ts';
import { openOrCreateArchive } from '../../../electron/engine/archive/open-archive.ts';
import { backup, type BackupOptions } from '../../../electron/engine/jobs/backup.ts';
import { startJob } from '../../../electron/engine/jobs/job-handle.ts';
import { DEFAULT_RETRY } from '../../../electron/engine/jobs/retry.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import { FakeClock, MemorySource, type MemoryStore } from '../../helpers/memory.ts';
import { inOrder, type Queue } from './orders.ts';
import { expectEnded } from './scenario.ts';

export interface BackupCase {
  layout: Layout;
  store: MemoryStore;
  options?: Partial<BackupOptions>;
  /** Codes of exceptions that belong to the case. */
  allowed?: string[];
  /** See harness/orders.ts; absent: as it comes. */
  queue?: Queue | null;
}

/** Time goes on by a fixed step with each look at it, so that a run takes the same steps each time. */
export class StepClock extends FakeClock {
  /** Later than any file's time, so that a lock cut off while it was written is seen as old. */
  override date(): Date {
    return new Date(Date.now() + 60_000);
  }
}

export const archiveIn = (root: string): string => path.join(root, 'archive');

export async function runBackup(root: string, { queue, ...rest }: BackupCase): Promise<void> {
  if (queue) await inOrder(queue, () => runOnce(root, { queue, ...rest }));
  else await runOnce(root, rest);
}

async function runOnce(root: string, { layout, store, options, allowed, queue }: BackupCase): Promise<void> {
  const clock = new StepClock();
  const log = silentLog;
  const handle = startJob({ kind: 'backup', from: 'memory', to: root, clock, log }, async (job, own) => {
    const archive = await openOrCreateArchive(archiveIn(root), { layout, account: 'a@example.org', clock, log });
    const sink = own(archive.sink());
    const source = own(new MemorySource(store, 4));
    if (queue) source.turn = () => queue.turn();
    const given = { only: [], skip: [], lanes: 4, since: null, mirror: 'off', dateFromHeader: false } as const;
    await backup({ job, source, sink, retry: DEFAULT_RETRY }, { ...given, bytesPerSecond: null, ...options });
  });
  expectEnded(await handle.result, allowed);
}
