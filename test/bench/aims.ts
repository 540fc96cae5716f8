/** What Mailferry wants to reach, and whether a run of the sets reached it. */
import type { ClientName } from './client.ts';
import type { SetName } from './sets.ts';
import type { Cell } from './table.ts';
import type { TaskName } from './tasks.ts';

export const MOST_PEAK_BYTES = 150_000_000;
/** For each message whose flags changed; a line of FETCH with UID, FLAGS and MODSEQ has some 80 octets. */
const MOST_BYTES_PER_CHANGE = 200;
const MOST_FLAGS_MS = 60_000;
const MOST_AFTER_SIGN_IN_MS = 250;

/** A run of one set: all that is needed to judge it. */
export interface Judged {
  set: string;
  messages: number;
  cells: readonly Cell[];
}

export interface Verdict {
  /** Such as `Backup, mbox`. */
  work: string;
  /** Such as `against the raw limit`. */
  what: string;
  /** null: this run cannot tell. */
  value: number | null;
  aim: number;
  /** Below the aim is better, or above it. */
  better: 'less' | 'more';
  unit: '×' | 's' | 'MB' | 'B' | '';
  /** null: not measured. */
  isMet: boolean | null;
}

interface Aim {
  work: string;
  set: SetName;
  task: TaskName;
  /** Of the raw client's time, at most. */
  limit?: number;
  /** So many times as fast as that peer, at least. */
  peers?: Partial<Record<ClientName, number>>;
}

const AIMS: readonly Aim[] = [
  {
    work: 'Backup, mbox',
    set: 'mixed',
    task: 'backup',
    limit: 1.7,
    peers: { mbsync: 1.8, imapflow: 4, 'mbsync-default': 15 },
  },
  { work: 'Backup, EML', set: 'mixed', task: 'backup-eml', limit: 2.6, peers: { mbsync: 1.2 } },
  { work: 'Backup, TLS', set: 'tls', task: 'backup', limit: 1.15, peers: { imapflow: 1.4 } },
  { work: 'Restore', set: 'mixed', task: 'restore', limit: 1.2, peers: { mbsync: 1.6, imapflow: 3 } },
  {
    work: 'Restore, small, 40 ms',
    set: 'small-40ms',
    task: 'restore',
    limit: 1.3,
    peers: { mbsync: 1.9, imapsync: 300 },
  },
  { work: 'The same, no MULTIAPPEND', set: 'no-multiappend', task: 'restore', limit: 1.2, peers: { imapflow: 50 } },
  { work: 'The same, no LITERAL+', set: 'no-literal', task: 'restore', limit: 1.2, peers: { imapflow: 8 } },
  { work: 'Server to server', set: 'mixed', task: 'migrate', limit: 1.3, peers: { mbsync: 1.5, imapsync: 6 } },
  { work: 'Nothing changed, 26 folders, 40 ms', set: 'again-26', task: 'backup-again', peers: { mbsync: 3 } },
  { work: 'Nothing changed, 3,000 folders, 40 ms', set: 'again-3000', task: 'backup-again', peers: { mbsync: 3 } },
];

export function judge(runs: readonly Judged[]): Verdict[] {
  const find = (set: SetName, task: TaskName, client: ClientName = 'mailferry'): Cell | null =>
    runs.find((run) => run.set === set)?.cells.find((cell) => cell.task === task && cell.client === client) ?? null;
  const verdicts: Verdict[] = [];
  const most = (work: string, what: string, value: number | null, aim: number, unit: Verdict['unit']): void => {
    verdicts.push({ work, what, value, aim, better: 'less', unit, isMet: value === null ? null : value <= aim });
  };
  for (const { work, set, task, limit, peers = {} } of AIMS) {
    const cell = find(set, task);
    if (limit !== undefined) most(work, 'against the raw limit', cell?.timesRaw ?? null, limit, '×');
    for (const [peer, aim] of Object.entries(peers)) {
      const value = cell?.fasterThan[peer as ClientName] ?? null;
      const isMet = value === null ? null : value >= aim;
      verdicts.push({ work, what: `faster than ${peer}`, value, aim, better: 'more', unit: '×', isMet });
    }
    const line = cell?.line ?? null;
    if (set === 'again-26') {
      most(work, 'after the sign-in', toSeconds(line?.afterSignInMs ?? null), MOST_AFTER_SIGN_IN_MS / 1000, 's');
    }
    if (set === 'again-3000') most(work, 'LIST, STATUS, EXAMINE and SELECT sent', asked(cell), 1, '');
  }
  const changed = Math.floor((runs.find(({ set }) => set === 'flags')?.messages ?? 0) / 100);
  const bytes = find('flags', 'flags')?.line?.downBytes ?? null;
  const work = 'Flags of 1 % of a large folder, 40 ms';
  most(work, 'octets that come for each', bytes === null ? null : bytes / changed, MOST_BYTES_PER_CHANGE, 'B');
  const slow = find('flags-no-condstore', 'flags')?.wallMs ?? null;
  most('The same, no CONDSTORE', 'wall time', toSeconds(slow), MOST_FLAGS_MS / 1000, 's');
  const peak = peakOf(runs, 'mailferry');
  most('Memory', 'peak of any job', toMegabytes(peak), MOST_PEAK_BYTES / 1e6, 'MB');
  for (const peer of ['mbsync', 'imapsync'] as const) {
    const theirs = find('mixed', 'migrate', peer)?.peakBytes ?? null;
    if (theirs !== null) most('Memory', `peak, against ${peer}'s copy`, toMegabytes(peak), theirs / 1e6, 'MB');
  }
  return verdicts;
}

const toSeconds = (ms: number | null): number | null => (ms === null || Number.isNaN(ms) ? null : ms / 1000);
const toMegabytes = (bytes: number | null): number | null => (bytes === null ? null : bytes / 1e6);

/** Everything that asks for folders, once signed in. */
function asked(cell: Cell | null): number | null {
  const commands = cell?.line?.commands;
  if (!commands) return null;
  return ['LIST', 'STATUS', 'EXAMINE', 'SELECT'].reduce((sum, verb) => sum + (commands[verb] ?? 0), 0);
}

/** `start` does no work. */
function peakOf(runs: readonly Judged[], client: ClientName): number | null {
  const cells = runs.flatMap((run) => run.cells).filter((cell) => cell.client === client && cell.task !== 'start');
  const peaks = cells.flatMap(({ peakBytes }) => peakBytes ?? []);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

/** One line for each aim that these runs can judge; with all, also those that they cannot. */
export function renderAims(verdicts: readonly Verdict[], all = false): string {
  const shown = verdicts.filter(({ value }) => all || value !== null);
  const width = (of: (verdict: Verdict) => string): number => Math.max(...shown.map((v) => of(v).length));
  const [workWidth, whatWidth] = [width((v) => v.work), width((v) => v.what)];
  return shown
    .map((verdict) => {
      const { work, what, value, aim, better, unit, isMet } = verdict;
      const judged = isMet === null ? '–     ' : isMet ? 'met   ' : 'missed';
      const is = value === null ? 'not measured' : `${number(value)} ${unit}`.trimEnd();
      const bound = `at ${better === 'less' ? 'most' : 'least'} ${number(aim)} ${unit}`.trimEnd();
      return `${judged}  ${work.padEnd(workWidth)}  ${what.padEnd(whatWidth)}  ${is.padStart(12)}  ${bound}`;
    })
    .join('\n');
}

export const number = (value: number): string =>
  Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
