/** A running job on a terminal: one line that is redrawn, or a line for each folder done, or JSON. */
import { SingleBar } from 'cli-progress';
import type { JobSnapshot, MailboxProgress } from '../../shared/job.ts';
import type { JobHandle } from '../engine/engine.ts';
import { clip, formatBytes, formatCount, formatDuration, formatMessages, padEnd, printable } from './format.ts';
import type { Terminal } from './terminal.ts';

const JSON_INTERVAL_MS = 500;

/** Show a job until it ends. @returns a function that takes the display down */
export function showProgress(job: JobHandle, terminal: Terminal): () => void {
  const told = new Set<string>();
  const display = terminal.json
    ? jsonDisplay(terminal)
    : terminal.live
      ? liveDisplay(terminal)
      : plainDisplay(terminal);
  let exceptionsTold = 0;
  const unsubscribe = job.subscribe((snapshot) => {
    for (const mailbox of snapshot.mailboxes) {
      const key = `${mailbox.path}\0${mailbox.targetPath}`;
      if (mailbox.state !== 'done' && mailbox.state !== 'failed') continue;
      if (told.has(key)) continue;
      told.add(key);
      display.mailbox(mailbox);
    }
    if (terminal.json) {
      for (const exception of job.exceptionsFrom(exceptionsTold)) {
        terminal.object({ type: 'message', ...exception });
        exceptionsTold++;
      }
    }
    display.update(snapshot);
  });
  return () => {
    unsubscribe();
    display.stop();
  };
}

interface Display {
  update(snapshot: JobSnapshot): void;
  mailbox(mailbox: MailboxProgress): void;
  stop(): void;
}

function jsonDisplay(terminal: Terminal): Display {
  let last = -Infinity;
  return {
    update: ({ mailboxes: _mailboxes, exceptions: _exceptions, ...snapshot }) => {
      if (snapshot.elapsedMs - last < JSON_INTERVAL_MS && snapshot.state === 'running') return;
      last = snapshot.elapsedMs;
      terminal.object({ type: 'progress', ...snapshot });
    },
    mailbox: (mailbox) => terminal.object({ type: 'mailbox', ...mailbox }),
    stop: () => undefined,
  };
}

function liveDisplay(terminal: Terminal): Display {
  const width = Math.max(10, Math.min(30, terminal.columns - 70));
  const bar = new SingleBar({
    format: '{bar} {percent}  {text}',
    barsize: width,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    noTTYOutput: false,
    linewrap: false,
    formatBar: (progress: number) => {
      const full = Math.round(progress * width);
      return terminal.style('cyan', '█'.repeat(full)) + terminal.style('dim', '░'.repeat(width - full));
    },
  });
  bar.start(1, 0, { percent: '', text: '' });
  return {
    update: (snapshot) => {
      const fraction = doneFraction(snapshot);
      const text = clip(progressText(snapshot), terminal.columns - width - 10);
      bar.update(fraction, { percent: `${String(Math.floor(fraction * 100)).padStart(3)} %`, text });
    },
    mailbox: () => undefined,
    stop: () => bar.stop(),
  };
}

function plainDisplay(terminal: Terminal): Display {
  return {
    update: () => undefined,
    mailbox: (m) => {
      const { stored, duplicate, failed } = m.counts;
      if (stored === 0 && failed === 0) return;
      const name = m.path === m.targetPath ? m.path : `${m.path} → ${m.targetPath}`;
      const notes = [
        `${formatMessages(stored)} moved`,
        duplicate > 0 ? `${formatCount(duplicate)} there already` : '',
        failed > 0 ? `${formatCount(failed)} failed` : '',
      ];
      terminal.say(`  ${padEnd(printable(name), 36)} ${notes.filter(Boolean).join(', ')}`);
    },
    stop: () => undefined,
  };
}

function doneFraction({ doneBytes, plannedBytes, counts }: JobSnapshot): number {
  const byMessages = counts.planned === 0 ? 0 : 1 - openMessages(counts) / counts.planned;
  if (plannedBytes === null || plannedBytes === 0) return byMessages;
  return Math.min(1, doneBytes / plannedBytes);
}

function openMessages({ planned, stored, duplicate, skipped, vanished, failed }: JobSnapshot['counts']): number {
  return planned - stored - duplicate - skipped - vanished - failed;
}

const PHASES: Record<JobSnapshot['phase'], string> = {
  connecting: 'signing in',
  scanning: 'looking at the folders',
  transferring: '',
  proving: 'reading back what was written',
  finished: '',
};

function progressText(snapshot: JobSnapshot): string {
  if (snapshot.state === 'stopping') return 'stopping cleanly…';
  if (snapshot.waiting) return `waiting: ${printable(snapshot.waiting.reason)}`;
  const phase = PHASES[snapshot.phase];
  if (phase !== '') return phase;
  const { counts, bytesPerSecond, etaMs } = snapshot;
  const active = snapshot.mailboxes.find((m) => m.state === 'active');
  return [
    `${formatCount(counts.planned - openMessages(counts))}/${formatMessages(counts.planned)}`,
    bytesPerSecond > 0 ? `${formatBytes(bytesPerSecond)}/s` : '',
    etaMs !== null && etaMs > 1000 ? `${formatDuration(etaMs)} to go` : '',
    active ? printable(active.path) : '',
  ]
    .filter(Boolean)
    .join('  ');
}
