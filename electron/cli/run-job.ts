/** Run one job in a terminal: progress, Ctrl-C, report, exit code. */
import fs from 'node:fs';
import path from 'node:path';
import { EngineError, toEngineError } from '../engine/errors.ts';
import type { JobHandle } from '../engine/engine.ts';
import { reportCsv, reportHtml, reportJson } from '../engine/engine.ts';
import type { JobException, JobReport, JobSummary } from '../../shared/job.ts';
import { EXIT, exitCodeOfSummary } from './exit-codes.ts';
import { formatBytes, formatCount, formatDuration, formatMessages, printable } from './format.ts';
import { showProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

export interface RunOptions {
  /** File for the report; its ending decides the form: .html, .csv, else JSON. */
  report?: string;
  /** What the counters of this job mean in words. */
  words: JobWords;
}

export interface JobWords {
  stored: string;
  duplicate: string;
}

const MAX_PRINTED = 20;

/** @returns the exit code */
export async function runJob(job: JobHandle, terminal: Terminal, options: RunOptions): Promise<number> {
  const takeDown = showProgress(job, terminal);
  const unhook = stopOnSignal(job, terminal);
  let summary: JobSummary;
  try {
    summary = await job.result;
  } finally {
    takeDown();
    unhook();
  }
  if (options.report !== undefined) writeReport(options.report, job.report(), terminal);
  if (summary.failure) terminal.error(summary.failure);
  if (!terminal.json) printSummary(summary, terminal, options.words);
  terminal.object({ type: 'summary', ...summary });
  return exitCodeOfSummary(summary);
}

/** First signal: stop cleanly. Second: at once; what is durable stays, and the next run goes on from it. */
function stopOnSignal(job: JobHandle, terminal: Terminal): () => void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(EXIT.interrupted);
    stopping = true;
    job.cancel();
    if (!terminal.json) process.stderr.write('\nStopping cleanly; press Ctrl-C again to stop at once.\n');
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}

function printSummary(summary: JobSummary, terminal: Terminal, words: JobWords): void {
  const { stored, duplicate, skipped, vanished, failed, planned, bytes, elapsedMs } = summary;
  const good = summary.state === 'complete';
  const mark = good ? terminal.style('green', '✓') : terminal.style('yellow', '!');
  const moved =
    stored > 0
      ? `${formatMessages(stored)} ${words.stored} (${formatBytes(bytes)}) in ${formatDuration(elapsedMs)}`
      : '';
  const parts = [
    moved,
    duplicate > 0 ? `${formatCount(duplicate)} ${words.duplicate}` : '',
    skipped > 0 ? `${formatCount(skipped)} skipped` : '',
    vanished > 0 ? `${formatCount(vanished)} deleted on the server meanwhile` : '',
    failed > 0 ? terminal.style('red', `${formatCount(failed)} failed`) : '',
  ].filter(Boolean);
  if (summary.failure) {
    if (planned > 0 && parts.length > 0)
      terminal.say(`Until then: ${parts.join(', ')}. Run the same command again to go on from there.`);
    return;
  }
  const text = parts.length > 0 ? parts.join(', ') : 'nothing to do';
  terminal.say(`${mark} ${formatMessages(planned)} planned: ${text}.`);
  if (summary.state === 'stopped') terminal.say('Stopped. Run the same command again to go on where it stopped.');
  printExceptions(summary.exceptions, terminal);
}

function printExceptions(exceptions: JobException[], terminal: Terminal): void {
  if (exceptions.length === 0) return;
  terminal.say(`${formatCount(exceptions.length)} ${exceptions.length === 1 ? 'note' : 'notes'}:`);
  for (const e of exceptions.slice(0, MAX_PRINTED)) {
    const where = e.uid === null ? e.mailbox : `${e.mailbox}, UID ${e.uid}`;
    const colour = e.outcome === 'failed' ? 'red' : 'yellow';
    terminal.say(`  ${terminal.style(colour, e.outcome)} ${printable(where)}: ${printable(e.reason)}`);
  }
  const more = exceptions.length - MAX_PRINTED;
  if (more > 0) terminal.say(`  … and ${formatCount(more)} more; use --report FILE.html to have them all.`);
}

function writeReport(file: string, report: JobReport, terminal: Terminal): void {
  const ending = path.extname(file).toLowerCase();
  const text = ending === '.html' ? reportHtml(report) : ending === '.csv' ? reportCsv(report) : reportJson(report);
  try {
    fs.writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    // The job itself went as it went; a report that cannot be written must not change its exit code.
    const { message, code } = toEngineError(error, file) satisfies EngineError;
    terminal.error({ message: `The report could not be written. ${message}`, code });
  }
}
