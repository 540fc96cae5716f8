/** What a job's snapshot says, as the screen needs it. Pure. */
import type { Counts, MailboxProgress } from '../../../shared/job.ts';
import type { JobView, SpeedSample } from '../../../shared/job-request.ts';

/** Messages whose fate is known. */
export function settledCount({ stored, duplicate, skipped, vanished, failed }: Counts): number {
  return stored + duplicate + skipped + vanished + failed;
}

/** 0 to 1; null while unknown. By bytes where they are known: a large message is more work than a small one. */
export function doneFraction({ counts, doneBytes, plannedBytes, phase }: JobView['snapshot']): number | null {
  if (phase === 'finished') return 1;
  if (plannedBytes !== null && plannedBytes > 0) return Math.min(1, doneBytes / plannedBytes);
  return counts.planned > 0 ? settledCount(counts) / counts.planned : null;
}

export interface Segment {
  path: string;
  /** Of the whole strip, 0 to 1. */
  width: number;
  /** Of the segment, 0 to 1. */
  filled: number;
}

/** One segment a folder, as wide as its bytes, but never too narrow to be seen. */
export function stripSegments(mailboxes: MailboxProgress[]): Segment[] {
  const weigh = (m: MailboxProgress) => m.plannedBytes ?? m.counts.planned * 10_000;
  const shown = mailboxes.filter((m) => m.counts.planned > 0);
  const total = shown.reduce((sum, m) => sum + weigh(m), 0);
  const least = total / 400;
  const weights = shown.map((m) => Math.max(weigh(m), least, 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return shown.map((m, i) => ({ path: m.path, width: weights[i]! / sum, filled: mailboxFraction(m) }));
}

export function mailboxFraction({ counts, state, doneBytes, plannedBytes }: MailboxProgress): number {
  if (state === 'done') return 1;
  // The last octets are here before their messages are safe.
  if (plannedBytes !== null && plannedBytes > 0) return Math.min(0.99, doneBytes / plannedBytes);
  return counts.planned === 0 ? 0 : settledCount(counts) / counts.planned;
}

/** A round number at or above the fastest sample, for the axis. */
export function axisTop(speed: SpeedSample[]): number {
  const top = speed.reduce((max, s) => Math.max(max, s.bytesPerSecond), 1000);
  const power = 10 ** Math.floor(Math.log10(top));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= top) ?? top;
}

export function sumCounts(mailboxes: MailboxProgress[]): Counts {
  const sum: Counts = { planned: 0, stored: 0, duplicate: 0, skipped: 0, vanished: 0, failed: 0 };
  for (const { counts } of mailboxes) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
  return sum;
}

const ENDED = ['complete', 'incomplete', 'stopped', 'failed'] as const;
export type EndState = (typeof ENDED)[number];

export function endOf(view: JobView): EndState | null {
  return ENDED.find((state) => state === view.snapshot.state) ?? null;
}
