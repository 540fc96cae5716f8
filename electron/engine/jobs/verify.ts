/** verify: every body of the archive is read again and compared with its fingerprint. */
import { verifyArchive } from '../archive/maintain.ts';
import type { Job } from './job.ts';

/** Outcomes: stored = intact; failed = damaged, with the file and place. */
export async function verify(job: Job, folder: string): Promise<void> {
  job.phase = 'proving';
  const proof = (job.proof = { compared: 0, readBack: 0, readBackBytes: 0, differences: 0 });
  const accounts = new Map<string, ReturnType<Job['accounting']['mailbox']>>();
  await verifyArchive(folder, {
    signal: job.signal,
    onMailbox: ({ path, messages, bytes }) => {
      const account = job.accounting.mailbox(path, path);
      account.counts.planned = messages;
      account.plannedBytes = bytes;
      account.state = 'active';
      accounts.set(path, account);
    },
    onMessage: ({ path, uid, sizeBytes, damage }) => {
      const account = accounts.get(path)!;
      account.doneBytes += sizeBytes;
      proof.compared++;
      proof.readBack++;
      proof.readBackBytes += sizeBytes;
      if (damage !== null) proof.differences++;
      if (damage === null) account.settle(uid, 'stored');
      else account.settle(uid, 'failed', { code: 'archive-damaged', reason: damage });
      job.touch();
    },
  });
  for (const account of accounts.values()) account.state = 'done';
}
