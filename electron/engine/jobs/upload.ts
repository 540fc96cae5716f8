/** Restore and migrate: anything → IMAP. They differ only in where the messages come from. */
import { inferPrefix, mapMailboxes, type MappedPair, type MappingRules } from '../plan/mapping.ts';
import type { Selection } from '../plan/select.ts';
import type { Sink } from '../sink.ts';
import type { ListedMailbox, Source } from '../source.ts';
import { chooseMailboxes, reportUnlisted } from './backup.ts';
import type { Job } from './job.ts';
import { letLateOctetsArrive } from './late-octets.ts';
import { prove, type ProofDepth } from './prove.ts';
import type { RetryPolicy } from './retry.ts';
import { transfer } from './transfer.ts';

export interface UploadOptions extends Selection {
  lanes: number;
  since: string | null;
  dateFromHeader: boolean;
  bytesPerSecond: number | null;
  rules: MappingRules;
  proof: ProofDepth;
}

export interface UploadParts {
  job: Job;
  source: Source;
  sink: Sink;
  retry: RetryPolicy;
}

export interface PlanParts {
  source: Pick<Source, 'scan' | 'namespace'>;
  /** The sink, or the target account read as a source where nothing may be written. */
  target: Pick<Source, 'scan' | 'namespace'>;
}

/** What would go where, without writing anything: the dry run and the preview. */
export async function planUpload(
  parts: PlanParts,
  options: UploadOptions,
  signal?: AbortSignal,
): Promise<MappedPair[]> {
  return planFor(await parts.source.scan(signal), parts, options, signal);
}

async function planFor(
  statuses: ListedMailbox[],
  { source, target }: PlanParts,
  options: UploadOptions,
  signal?: AbortSignal,
): Promise<MappedPair[]> {
  const targets = await target.scan(signal);
  const prefix = source.namespace?.prefix ?? inferPrefix(statuses);
  const namespace = target.namespace ?? {
    prefix: '',
    delimiter: targets.find((t) => t.delimiter !== null)?.delimiter ?? '/',
  };
  return mapMailboxes(chooseMailboxes(statuses, options), prefix, { mailboxes: targets, namespace }, options.rules);
}

export async function upload({ job, source, sink, retry }: UploadParts, options: UploadOptions): Promise<void> {
  const statuses = await source.scan(job.signal);
  const pairs = await planFor(statuses, { source, target: sink }, options, job.signal);
  reportUnlisted(job, statuses, options);
  await letLateOctetsArrive(job, sink, retry.lateMs);
  const works = await transfer(
    { job, source, sink, retry, options: { ...options, mirror: 'off', newestFirst: true } },
    pairs,
  );
  for (const pair of pairs) {
    if (pair.changed === null) continue;
    const account = job.accounting.mailboxes.find(
      (m) => m.path === pair.source.path && m.targetPath === pair.targetPath,
    );
    account?.remark(
      null,
      'stored',
      'name-changed',
      `The folder is called ${pair.targetPath} at the target: ${pair.changed}.`,
    );
  }
  if (sink.readBack) await prove(job, sink.readBack, works, options.proof, retry);
}
