/** What is measured, each in a process of its own; see growth-step.ts. */
import { openArchive, openOrCreateArchive } from '../../electron/engine/archive/open-archive.ts';
import { backup } from '../../electron/engine/jobs/backup.ts';
import { startJob } from '../../electron/engine/jobs/job-handle.ts';
import { DEFAULT_RETRY } from '../../electron/engine/jobs/retry.ts';
import { silentLog } from '../../electron/engine/ports.ts';
import { systemClock } from '../../electron/node/clock.ts';
import { GeneratedSource } from './generated-source.ts';

/** backup: all of it, or what is missing. open: the archive, until its folders are known. */
export type GrowthStep = 'backup' | 'open';

export interface StepFigures {
  ms: number;
  /** Resident, the most of this process. */
  peakBytes: number;
  /** Messages stored, or found in the archive. */
  messages: number;
}

async function runBackup(folder: string, messages: number): Promise<number> {
  const log = silentLog;
  const clock = systemClock;
  const handle = startJob({ kind: 'backup', from: 'generated', to: folder, clock, log }, async (job, own) => {
    const archive = await openOrCreateArchive(folder, { layout: 'mbox', account: 'mira@example.org', clock, log });
    const sink = own(archive.sink());
    const source = own(new GeneratedSource(messages));
    const options = { only: [], skip: [], lanes: 1, since: null, mirror: 'off', dateFromHeader: false } as const;
    await backup({ job, source, sink, retry: DEFAULT_RETRY }, { ...options, bytesPerSecond: null });
  });
  const { state, stored, failure } = await handle.result;
  if (state !== 'complete') throw new Error(`The backup ended ${state}: ${failure?.message ?? ''}`);
  return stored;
}

async function open(folder: string): Promise<number> {
  const archive = await openArchive(folder, { mode: 'read' });
  const statuses = await archive.source().scan();
  await archive.close();
  return statuses.reduce((sum, { messages }) => sum + messages, 0);
}

export async function measureStep(step: GrowthStep, folder: string, count: number): Promise<StepFigures> {
  const start = performance.now();
  const messages = step === 'backup' ? await runBackup(folder, count) : await open(folder);
  return { ms: performance.now() - start, peakBytes: process.resourceUsage().maxRSS * 1024, messages };
}
