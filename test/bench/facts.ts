/** What must stand beside a time so that it means something. */
import os from 'node:os';
import { versionOf, type Tools } from './clients.ts';
import { LINES, SERVERS, type BenchSet } from './sets.ts';

export interface MachineFacts {
  cpu: string;
  cores: number;
  memoryBytes: number;
  kernel: string;
  system: string;
  node: string;
  dovecot: string | null;
  /** In words. */
  line: string;
  server: string;
  /** Of this repository; `-dirty`: with changes that are not in it. null: not in a clone. */
  commit: string | null;
  clients: Record<string, string>;
}

export function machineFacts({ clients }: Tools, { line, server, targets }: BenchSet): MachineFacts {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? 'unknown',
    cores: cpus.length,
    memoryBytes: os.totalmem(),
    kernel: os.release(),
    system: os.version(),
    node: process.versions.node,
    dovecot: versionOf('/usr/sbin/dovecot', ['--version']),
    line: LINES[line].says,
    server: SERVERS[server].says + (targets ? `; targets are ${targets}` : ''),
    commit: commitHere(),
    clients: Object.fromEntries(clients.map(({ name, description }) => [name, description])),
  };
}

/** What a run with --document has just written into docs/ makes no other build. */
function commitHere(): string | null {
  const commit = versionOf('git', ['describe', '--always']);
  const changes = versionOf('git', ['status', '--porcelain', '--', ':/', ':!/docs']);
  return commit && changes ? `${commit}-dirty` : commit;
}

export function renderFacts(facts: MachineFacts): string {
  const { cpu, cores, memoryBytes, kernel, node, dovecot, line, commit, clients } = facts;
  const machine = `${cpu}, ${cores} cores, ${(memoryBytes / 1e9).toFixed(0)} GB, Linux ${kernel}`;
  const server = `Dovecot ${dovecot ?? '(unknown)'}, ${line}, without fsync; ${facts.server}`;
  const width = Math.max(...Object.keys(clients).map((name) => name.length));
  return [
    machine,
    server,
    `Node ${node}; Mailferry ${commit ?? '(no commit)'}`,
    ...Object.entries(clients).map(([name, description]) => `${name.padEnd(width)}  ${description}`),
  ].join('\n');
}
