/** Medians and ratios, and how they are shown. */
import type { ClientName } from './client.ts';
import type { Row } from './run-bench.ts';
import { AIMS, MOST_PEAK_BYTES, TASKS, TASK_NAMES, type TaskName } from './tasks.ts';

export interface Cell {
  task: TaskName;
  client: ClientName;
  runs: number;
  /** Medians over the rounds that count. */
  wallMs: number;
  wallMsOfRounds: number[];
  cpuMs: number | null;
  /** The largest of all rounds. */
  peakBytes: number | null;
  /** Wall time over that of the raw client in the same round; the median. null: there is no such limit. */
  timesRaw: number | null;
  /** How many times as fast as that peer in the same round; the median. */
  fasterThan: Partial<Record<ClientName, number>>;
  /** Why a round of this cell does not count. */
  failed: string | null;
}

const PEERS: readonly ClientName[] = ['mbsync', 'imapflow', 'mbsync-default'];

/** One cell for each task and client, tasks in their order, clients as they first ran. */
export function cells(rows: readonly Row[]): Cell[] {
  const clients = [...new Set(rows.map((row) => row.client))];
  return TASK_NAMES.flatMap((task) =>
    clients.flatMap((client) => {
      const mine = rows.filter((row) => row.task === task && row.client === client);
      return mine.length === 0 ? [] : [cellOf(mine, rows)];
    }),
  );
}

function cellOf(mine: readonly Row[], rows: readonly Row[]): Cell {
  const { task, client } = mine[0]!;
  const good = mine.filter((row) => row.failed === null);
  const walls = good.map((row) => row.measured.wallMs);
  const peaks = known(good.map((row) => row.measured.peakBytes));
  const cpus = known(good.map((row) => row.measured.cpuMs));
  const fasterThan: Cell['fasterThan'] = {};
  for (const peer of PEERS) {
    if (peer === client || client.startsWith('raw')) continue;
    const ratio = ratioTo(good, (round) => wallOf(rows, round, TASKS[task].peers, peer));
    if (ratio !== null) fasterThan[peer] = 1 / ratio;
  }
  return {
    task,
    client,
    runs: mine.length,
    wallMs: median(walls) ?? NaN,
    wallMsOfRounds: walls,
    cpuMs: median(cpus),
    peakBytes: peaks.length === 0 ? null : Math.max(...peaks),
    timesRaw: client === 'raw' ? null : ratioTo(good, (round) => limitOf(rows, round, task)),
    fasterThan,
    failed: mine.find((row) => row.failed !== null)?.failed ?? null,
  };
}

/** Round by round, as they ran next to each other: a slow minute of the machine hits both. */
function ratioTo(mine: readonly Row[], other: (round: number) => number | null): number | null {
  const ratios = mine.map(({ round, measured }) => {
    const wallMs = other(round);
    return wallMs === null ? null : measured.wallMs / wallMs;
  });
  return median(known(ratios));
}

function limitOf(rows: readonly Row[], round: number, task: TaskName): number | null {
  const { limit } = TASKS[task];
  const walls = limit.map((name) => wallOf(rows, round, name, 'raw'));
  return walls.length === 0 || walls.includes(null) ? null : Math.max(...known(walls));
}

function wallOf(rows: readonly Row[], round: number, task: TaskName, client: ClientName): number | null {
  const row = rows.find((r) => r.round === round && r.task === task && r.client === client);
  return row && row.failed === null ? row.measured.wallMs : null;
}

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const HEAD = ['task', 'client', 'wall s', 'CPU s', 'peak MB', '× raw', 'mbsync', 'imapflow', ''];

export function renderTable(all: readonly Cell[]): string {
  const rows = all.map((cell) => [
    cell.task,
    cell.client,
    seconds(cell.wallMs),
    seconds(cell.cpuMs),
    cell.peakBytes === null ? '' : (cell.peakBytes / 1e6).toFixed(0),
    cell.timesRaw === null ? '' : cell.timesRaw.toFixed(2),
    times(cell.fasterThan.mbsync),
    times(cell.fasterThan.imapflow),
    cell.failed === null ? '' : `FAILED: ${cell.failed}`,
  ]);
  const shown = [HEAD, ...rows];
  const widths = HEAD.slice(0, -1).map((_, column) => Math.max(...shown.map((row) => row[column]!.length)));
  return shown
    .map((row) =>
      row
        .map((text, column) => (column < 2 ? text.padEnd(widths[column]!) : text.padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const seconds = (ms: number | null): string => (ms === null || Number.isNaN(ms) ? '' : (ms / 1000).toFixed(2));
const times = (faster: number | undefined): string => (faster === undefined ? '' : `${faster.toFixed(2)} ×`);

/** One line for each aim that this run can judge. */
export function renderAims(all: readonly Cell[]): string {
  const lines: string[] = [];
  const say = (what: string, is: string, aim: string, isMet: boolean): void => {
    lines.push(`${isMet ? 'met   ' : 'missed'}  ${what}: ${is}, aim at most ${aim}`);
  };
  for (const { task, mostTimesRaw } of AIMS) {
    const ratio = all.find((cell) => cell.task === task && cell.client === 'mailferry')?.timesRaw;
    if (ratio)
      say(`${task} against raw`, `${ratio.toFixed(2)} ×`, `${mostTimesRaw.toFixed(1)} ×`, ratio <= mostTimesRaw);
  }
  const jobs = all.filter((cell) => cell.client === 'mailferry' && cell.task !== 'start' && cell.peakBytes !== null);
  if (jobs.length > 0) {
    const worst = jobs.reduce((a, b) => (b.peakBytes! > a.peakBytes! ? b : a));
    const [is, aim] = [worst.peakBytes!, MOST_PEAK_BYTES].map((octets) => `${(octets / 1e6).toFixed(0)} MB`);
    say('peak memory of any job', `${is} in ${worst.task}`, aim!, worst.peakBytes! <= MOST_PEAK_BYTES);
  }
  return lines.join('\n');
}
