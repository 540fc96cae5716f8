/** Mailboxes in memory, moved by the loop itself. */
import { expect } from 'vitest';
import { Job } from '../../../electron/engine/jobs/job.ts';
import type { MailboxPair } from '../../../electron/engine/sink.ts';
import { DEFAULT_RETRY } from '../../../electron/engine/jobs/retry.ts';
import { transfer, type TransferOptions } from '../../../electron/engine/jobs/transfer.ts';
import { silentLog } from '../../../electron/engine/ports.ts';
import type { JobSummary } from '../../../shared/job.ts';
import { FakeClock, MemorySource, MemoryStore, type MemorySink } from '../../helpers/memory.ts';
export const OPTIONS: TransferOptions = {
  lanes: 3,
  newestFirst: false,
  dateFromHeader: false,
  since: null,
  mirror: 'off',
  bytesPerSecond: null,
};

export function message(n: number): string {
  return `From: a@example.org\r\nMessage-ID: <${n}@example.org>\r\nSubject: ${n}\r\n\r\nbody ${'x'.repeat(n % 50)}\r\n`;
}

export function filled(mailboxes: Record<string, number>): MemoryStore {
  const store = new MemoryStore();
  let n = 0;
  for (const [path, count] of Object.entries(mailboxes))
    for (let i = 0; i < count; i++) store.mailbox(path).add(message(n++), ['\\Seen']);
  return store;
}

export interface Run {
  summary: JobSummary;
  job: Job;
  clock: FakeClock;
}

export async function run(
  source: MemorySource,
  sink: MemorySink,
  options: Partial<TransferOptions> = {},
  before?: (job: Job) => void,
): Promise<Run> {
  const clock = new FakeClock();
  const job = new Job({ id: 'j', kind: 'migrate', clock, log: silentLog });
  before?.(job);
  const summary = await job.run(async () => {
    await transfer(
      { job, source, sink, options: { ...OPTIONS, ...options }, retry: DEFAULT_RETRY },
      await pairsOf(source),
    );
  });
  return { summary, job, clock };
}

/** Each mailbox under its own name. */
export async function pairsOf(source: MemorySource): Promise<MailboxPair[]> {
  return (await source.scan()).map((status) => ({ source: status, targetPath: status.path, targetSpecialUse: null }));
}

/** Every message of the source exactly once at the target, octet for octet. */
export function expectSame(source: MemoryStore, target: MemoryStore): void {
  for (const [path, mailbox] of source.mailboxes) {
    const ours = mailbox.messages.map((m) => m.raw.toString('latin1')).sort();
    const theirs = target
      .mailbox(path)
      .messages.map((m) => m.raw.toString('latin1'))
      .sort();
    expect(theirs).toEqual(ours);
  }
}
