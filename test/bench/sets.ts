/** What one run of the bench is: a corpus, a line, a server, and what is done there. Together the sets fill the table. */
import type { ClientName } from './client.ts';
import type { CorpusName } from './corpus-shapes.ts';
import { TASK_NAMES, type TaskName } from './tasks.ts';

/** Round trips and rates stand in for lines that this machine has not. */
export const LINES = {
  local: { says: 'plain, on loopback', rttMs: 0, bytesPerSecond: null, tls: false },
  tls: { says: 'by TLS, on loopback', rttMs: 0, bytesPerSecond: null, tls: true },
  '4ms': { says: 'plain, 4 ms from end to end and back', rttMs: 4, bytesPerSecond: null, tls: false },
  '40ms': { says: 'plain, 40 ms from end to end and back', rttMs: 40, bytesPerSecond: null, tls: false },
  '150ms': { says: 'plain, 150 ms from end to end and back', rttMs: 150, bytesPerSecond: null, tls: false },
  home: { says: 'plain, 40 ms, 6 MB/s in each direction', rttMs: 40, bytesPerSecond: 6_000_000, tls: false },
} as const;
export type LineName = keyof typeof LINES;
export const LINE_NAMES = Object.keys(LINES) as LineName[];

/** What Dovecot keeps to itself; it would understand it. */
export const SERVERS = {
  full: { says: 'everything that Dovecot offers, COMPRESS too', hides: [] },
  'no-multiappend': { says: 'without MULTIAPPEND', hides: ['MULTIAPPEND'] },
  'no-literal': { says: 'without LITERAL+ and MULTIAPPEND', hides: ['LITERAL+', 'MULTIAPPEND'] },
  'no-condstore': { says: 'without CONDSTORE and QRESYNC', hides: ['CONDSTORE', 'QRESYNC'] },
} as const satisfies Record<string, { says: string; hides: readonly string[] }>;
export type ServerName = keyof typeof SERVERS;
export const SERVER_NAMES = Object.keys(SERVERS) as ServerName[];

export interface BenchSet {
  name: string;
  corpus: CorpusName;
  line: LineName;
  server: ServerName;
  /** How targets keep mail; default: as the corpus. A maildir is what is slow with 50,000 single APPENDs, whoever sends them. */
  targets?: 'sdbox';
  tasks: readonly TaskName[];
  /** Empty: every client that can do the tasks. */
  clients: readonly ClientName[];
}

const MIXED_TASKS = TASK_NAMES.filter((name) => name !== 'flags');

/** The rows of the aims; `npm run bench -- --whole` runs them all. */
export const SETS = [
  {
    name: 'mixed',
    corpus: 'mixed',
    line: 'local',
    server: 'full',
    tasks: MIXED_TASKS,
    clients: ['raw', 'mailferry', 'mbsync', 'imapflow', 'mbsync-default', 'imapsync'],
  },
  {
    name: 'tls',
    corpus: 'mixed',
    line: 'tls',
    server: 'full',
    tasks: ['backup'],
    clients: ['raw', 'mailferry', 'imapflow'],
  },
  {
    name: 'small-40ms',
    corpus: 'small',
    line: '40ms',
    server: 'full',
    targets: 'sdbox',
    tasks: ['restore'],
    clients: ['raw', 'mailferry', 'mbsync', 'imapsync'],
  },
  {
    name: 'no-multiappend',
    corpus: 'small',
    line: '40ms',
    server: 'no-multiappend',
    targets: 'sdbox',
    tasks: ['restore'],
    clients: ['raw', 'mailferry', 'imapflow'],
  },
  {
    name: 'no-literal',
    corpus: 'few',
    line: '40ms',
    server: 'no-literal',
    targets: 'sdbox',
    tasks: ['restore'],
    clients: ['raw', 'mailferry', 'imapflow'],
  },
  {
    name: 'again-26',
    corpus: 'mixed',
    line: '40ms',
    server: 'full',
    tasks: ['backup-again'],
    clients: ['raw', 'mailferry', 'mbsync'],
  },
  {
    name: 'again-3000',
    corpus: 'wide',
    line: '40ms',
    server: 'full',
    tasks: ['backup-again'],
    clients: ['raw', 'mailferry', 'mbsync'],
  },
  { name: 'flags', corpus: 'huge', line: '40ms', server: 'full', tasks: ['flags'], clients: ['mailferry'] },
  {
    name: 'flags-no-condstore',
    corpus: 'huge',
    line: '40ms',
    server: 'no-condstore',
    tasks: ['flags'],
    clients: ['mailferry'],
  },
] as const satisfies readonly BenchSet[];
export type SetName = (typeof SETS)[number]['name'];
export const SET_NAMES = SETS.map(({ name }) => name);

export const setNamed = (name: SetName): BenchSet => SETS.find((set) => set.name === name)!;

/** Not one of the table's: the name says what it is. */
export function otherSet(corpus: CorpusName, line: LineName, server: ServerName): BenchSet {
  const tasks = corpus === 'huge' || corpus === 'grain' ? (['backup', 'flags'] as const) : MIXED_TASKS;
  return { name: `${corpus} ${line} ${server}`, corpus, line, server, tasks, clients: [] };
}
