/** Backup: IMAP → archive. */
import { EngineError } from '../errors.ts';
import { orderMailboxes, selectMailboxes, unmatchedPatterns, type Selection } from '../plan/select.ts';
import type { MailboxPair, Sink } from '../sink.ts';
import type { ListedMailbox, Source } from '../source.ts';
import type { MailboxStatus } from '../../../shared/mailbox.ts';
import { recordOlderMissing } from './end-pass.ts';
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
  if (statuses.length === 0) throw nothingListed(source.id);
  const pairs = chooseMailboxes(statuses, options).map((status): MailboxPair => ({
    source: status,
    targetPath: status.path,
    targetSpecialUse: status.specialUse,
  }));
  reportUnlisted(job, statuses, options);
  await transfer({ job, source, sink, retry, options: { ...options, newestFirst: false } }, pairs);
  const isWhole = options.only.length === 0 && options.skip.length === 0 && !options.paths;
  // What could not be read in the listing may be any mailbox.
  const isLegible = statuses.every(({ failure, selectable }) => !failure || selectable);
  if (isWhole && isLegible) await recordGoneMailboxes(sink, statuses, job);
}

/** Each account has an INBOX (RFC 9051 §5.1): to believe this would mark all mail as gone. */
function nothingListed(id: string): EngineError {
  const message = `The account ${id} lists no folder at all, not even INBOX. Nothing was changed; run again later.`;
  return new EngineError('protocol-error', message, { retry: 'later' });
}

/** A mailbox that is there and cannot be told or opened is not left out in silence. */
export function reportUnlisted(job: Job, statuses: ListedMailbox[], selection: Selection): void {
  const failed = statuses.filter(({ failure }) => failure).map((status) => ({ ...status, selectable: true }));
  for (const { path, failure } of selectMailboxes(failed, selection)) {
    if (failure) job.accounting.mailbox(path, path).fail(failure.code, failure.message);
  }
}

/**
 * Mailboxes to take, in order.
 *
 * @throws EngineError 'usage' for a pattern that names nothing: almost always a typing error, and a backup that
 *   silently leaves out what was asked for is worse than none
 */
export function chooseMailboxes(statuses: ListedMailbox[], selection: Selection): MailboxStatus[] {
  const unmatched = unmatchedPatterns(statuses, [...selection.only, ...selection.skip]);
  if (unmatched.length > 0) {
    throw new EngineError(
      'usage',
      `No folder matches ${unmatched.map((p) => `"${p}"`).join(', ')}. Check the spelling with the "sizes" command.`,
    );
  }
  const legible = statuses.filter(({ failure }) => !failure);
  return orderMailboxes(selectMailboxes(legible, selection));
}

/** A mailbox deleted or renamed on the server stays in the archive; its messages are marked as missing there. */
async function recordGoneMailboxes(sink: Sink, statuses: ListedMailbox[], job: Job): Promise<void> {
  // A name without mail of its own (\Noselect) is what a mailbox leaves behind when others are below it.
  const there = new Set(statuses.filter(({ selectable, failure }) => selectable || failure).map((s) => s.path));
  for (const archived of await sink.scan(job.signal, there)) {
    if (there.has(archived.path)) continue;
    const pair = { source: archived, targetPath: archived.path, targetSpecialUse: archived.specialUse };
    const mailbox = await sink.prepare(pair, job.signal);
    await recordOlderMissing(mailbox, archived.uidValidity);
    const known = mailbox.known(archived.uidValidity);
    const left = known.uids.filter((_, i) => known.missing[i] === 0);
    if (left.length === 0) continue;
    await mailbox.recordMissing(archived.uidValidity, left);
    // Should it come back just as it was, it must be looked at: that clears the marks.
    await mailbox.completePass({ uidValidity: archived.uidValidity, uidNext: 0, messages: 0, highestModSeq: null });
  }
}
