/** Medians and ratios as one table. */
import { median } from './measure.ts';
import type { ClientName, Row, TaskName } from './tasks.ts';

export interface Cell {
  task: TaskName;
  client: ClientName;
  runs: number;
  wallMs: number;
  cpuMs: number | null;
  peakBytes: number | null;
  /** Wall time of this client over that of the raw client, run by run; the median. null: no raw client for the task. */
  againstRaw: number | null;
  /** How many times faster than mbsync. */
  fasterThanMbsync: number | null;
  failed: string | null;
}

export function cells(rows: Row[]): Cell[] {
  const keys = [...new Set(rows.map((r) => `${r.task} ${r.client}`))];
  return keys.map((key) => {
    const [task, client] = key.split(' ') as [TaskName, ClientName];
    const mine = of(rows, task, client);
    const rawTask = task === 'backup-eml' ? 'backup' : task;
    return {
      task,
      client,
      runs: mine.length,
      wallMs: median(mine.map((r) => r.outcome.wallMs)),
      cpuMs: medianOrNull(mine.map((r) => r.outcome.cpuMs)),
      peakBytes: largestOrNull(mine.map((r) => r.outcome.peakBytes)),
      againstRaw: client === 'raw' ? null : ratio(mine, of(rows, rawTask, 'raw')),
      fasterThanMbsync: client === 'mailferry' ? ratio(of(rows, rawTask, 'mbsync'), mine) : null,
      failed: mine.find((r) => r.failed !== null)?.failed ?? null,
    };
  });
}

const of = (rows: Row[], task: TaskName, client: ClientName): Row[] =>
  rows.filter((r) => r.task === task && r.client === client);

/** Pair by pair, as they ran next to each other. */
function ratio(a: Row[], b: Row[]): number | null {
  const pairs = a.slice(0, b.length).map((row, i) => row.outcome.wallMs / b[i]!.outcome.wallMs);
  return pairs.length === 0 ? null : median(pairs);
}

function medianOrNull(values: (number | null)[]): number | null {
  const known = values.filter((v) => v !== null);
  return known.length === 0 ? null : median(known);
}

function largestOrNull(values: (number | null)[]): number | null {
  const known = values.filter((v) => v !== null);
  return known.length === 0 ? null : Math.max(...known);
}

const HEAD = ['task', 'client', 'runs', 'wall s', 'CPU s', 'peak MB', '× raw', 'faster than mbsync', ''];

export function renderTable(all: Cell[]): string {
  const rows = all.map((c) => [
    c.task,
    c.client,
    String(c.runs),
    seconds(c.wallMs),
    c.cpuMs === null ? '' : seconds(c.cpuMs),
    c.peakBytes === null ? '' : (c.peakBytes / 1e6).toFixed(0),
    c.againstRaw === null ? '' : c.againstRaw.toFixed(2),
    c.fasterThanMbsync === null ? '' : `${c.fasterThanMbsync.toFixed(2)} ×`,
    c.failed === null ? '' : `FAILED: ${c.failed}`,
  ]);
  const widths = HEAD.map((h, i) => Math.max(h.length, ...rows.map((r) => (i === HEAD.length - 1 ? 0 : r[i]!.length))));
  const line = (cellsOfRow: string[]): string =>
    cellsOfRow
      .map((c, i) => (i < 2 ? c.padEnd(widths[i]!) : c.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(HEAD), ...rows.map(line)].join('\n');
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
