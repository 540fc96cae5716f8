/** Medians and ratios, and how they are shown. */
import type { ClientName } from './client.ts';
import type { LineCounts } from './line/line-notes.ts';
import { median } from './median.ts';
import type { Row } from './run-bench.ts';
import { TASKS, TASK_NAMES, type TaskName } from './tasks.ts';

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
  /** What the line saw in the round with the median time; null: there was none. */
  line: LineCounts | null;
  /** Messages that moved, when not all did and times are told for all nevertheless. */
  sampleOf: number | null;
  /** Why a round of this cell does not count. */
  failed: string | null;
}

const PEERS: readonly ClientName[] = ['mbsync', 'imapflow', 'mbsync-default', 'imapsync'];

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
    wallMs: medianOf(walls) ?? NaN,
    wallMsOfRounds: walls,
    cpuMs: medianOf(cpus),
    peakBytes: peaks.length === 0 ? null : Math.max(...peaks),
    timesRaw: client === 'raw' ? null : ratioTo(good, (round) => limitOf(rows, round, task)),
    fasterThan,
    line: good.toSorted((a, b) => a.measured.wallMs - b.measured.wallMs)[good.length >> 1]?.line ?? null,
    sampleOf: mine[0]!.sampleOf,
    failed: mine.find((row) => row.failed !== null)?.failed ?? null,
  };
}

/** Round by round, as they ran next to each other: a slow minute of the machine hits both. */
function ratioTo(mine: readonly Row[], other: (round: number) => number | null): number | null {
  const ratios = mine.map(({ round, measured }) => {
    const wallMs = other(round);
    return wallMs === null ? null : measured.wallMs / wallMs;
  });
  return medianOf(known(ratios));
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

const medianOf = (values: readonly number[]): number | null => (values.length === 0 ? null : median(values));

/** One row for each cell; columns that nothing has a value for are left out. */
export function renderTable(all: readonly Cell[]): string {
  const columns: readonly (readonly [head: string, of: (cell: Cell) => string])[] = [
    ['task', ({ task }) => task],
    ['client', ({ client }) => client],
    ['wall s', ({ wallMs, sampleOf }) => (sampleOf === null ? '' : '~') + seconds(wallMs)],
    ['CPU s', ({ cpuMs }) => seconds(cpuMs)],
    ['peak MB', ({ peakBytes }) => (peakBytes === null ? '' : (peakBytes / 1e6).toFixed(0))],
    ['× raw', ({ timesRaw }) => (timesRaw === null ? '' : timesRaw.toFixed(2))],
    ...PEERS.map((peer) => [peer, ({ fasterThan }: Cell) => times(fasterThan[peer])] as const),
    ['trips', ({ line }) => (line ? String(line.roundTrips) : '')],
    ['up MB', ({ line }) => (line ? megabytes(line.upBytes) : '')],
    ['down MB', ({ line }) => (line ? megabytes(line.downBytes) : '')],
    ['signed in s', ({ line }) => seconds(line?.afterSignInMs ?? null)],
    ['', ({ failed }) => (failed === null ? '' : `FAILED: ${failed}`)],
  ];
  const shown = columns
    .map(([head, of]) => ({ head, texts: all.map(of) }))
    .filter(({ texts }) => texts.some((text) => text !== ''));
  const widths = shown.map(({ head, texts }) => Math.max(head.length, ...texts.map((text) => text.length)));
  const line = (cellsOf: (column: (typeof shown)[number]) => string): string =>
    shown
      .map((column, n) =>
        n < 2 || column.head === '' ? cellsOf(column).padEnd(widths[n]!) : cellsOf(column).padStart(widths[n]!),
      )
      .join('  ')
      .trimEnd();
  return [line(({ head }) => head), ...all.map((_, row) => line(({ texts }) => texts[row]!))].join('\n');
}

const seconds = (ms: number | null): string => (ms === null || Number.isNaN(ms) ? '' : (ms / 1000).toFixed(2));
const times = (faster: number | undefined): string => (faster === undefined ? '' : `${faster.toFixed(2)} ×`);
const megabytes = (octets: number): string => (octets / 1e6).toFixed(octets < 1e6 ? 3 : 1);
