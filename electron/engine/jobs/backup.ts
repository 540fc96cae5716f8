/** Backup: IMAP → archive. */
import { EngineError } from '../errors.ts';
import { orderMailboxes, selectMailboxes, unmatchedPatterns, type Selection } from '../plan/select.ts';
import type { MailboxPair, Sink } from '../sink.ts';
import type { Source } from '../source.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import type { Job } from './job.ts';
import type { RetryPolicy } from './retry.ts';
import { transfer } from './transfer.ts';

export interface BackupOptions extends Selection {
  lanes: number;
  since: string | null;
  mirror: 'off' | 'on' | 'confirmed';
  dateFromHeader: boolean;
  bytesPerSecond: number | null;
}

export interface BackupParts {
  job: Job;
  source: Source;
  sink: Sink;
  retry: RetryPolicy;
}

export async function backup({ job, source, sink, retry }: BackupParts, options: BackupOptions): Promise<void> {
  const statuses = await source.scan(job.signal);
  const pairs = chooseMailboxes(statuses, options).map((status): MailboxPair => ({
    source: status,
    targetPath: status.path,
    targetSpecialUse: status.specialUse,
  }));
  await transfer({ job, source, sink, retry, options: { ...options, newestFirst: false } }, pairs);
  if (options.only.length === 0 && options.skip.length === 0 && !options.paths)
    await recordGoneMailboxes(sink, statuses, job);
}

/**
 * Mailboxes to take, in order.
 *
 * @throws EngineError 'usage' for a pattern that names nothing: almost always a typing error, and a backup that
 *   silently leaves out what was asked for is worse than none
 */
export function chooseMailboxes(statuses: MailboxStatus[], selection: Selection): MailboxStatus[] {
  const unmatched = unmatchedPatterns(statuses, [...selection.only, ...selection.skip]);
  if (unmatched.length > 0) {
    throw new EngineError(
      'usage',
      `No folder matches ${unmatched.map((p) => `"${p}"`).join(', ')}. Check the spelling with the "sizes" command.`,
    );
  }
  return orderMailboxes(selectMailboxes(statuses, selection));
}

/** A mailbox deleted or renamed on the server stays in the archive; its messages are marked as missing there. */
async function recordGoneMailboxes(sink: Sink, statuses: MailboxStatus[], job: Job): Promise<void> {
  const there = new Set(statuses.map((s) => s.path));
  for (const archived of await sink.scan()) {
    if (there.has(archived.path)) continue;
    const pair = { source: archived, targetPath: archived.path, targetSpecialUse: archived.specialUse };
    const mailbox = await sink.prepare(pair, job.signal);
    const known = mailbox.known(archived.uidValidity);
    const left = known.uids.filter((_, i) => known.missing[i] === 0);
    if (left.length > 0) await mailbox.recordMissing(archived.uidValidity, left);
  }
}
