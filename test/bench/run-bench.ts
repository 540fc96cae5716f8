/** Runs the clients over the tasks, round by round, each run beside those it is compared with. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bury } from './bury.ts';
import type { TestUser } from '../helpers/servers/server.ts';
import type { Attempt, Client, ClientName, Stage } from './client.ts';
import type { Tools } from './clients.ts';
import type { LineCounts } from './line/line-notes.ts';
import { measure, type Measured } from './measure.ts';
import { STAGES, TASK_NAMES, type TaskName } from './tasks.ts';
import type { World } from './world.ts';

export interface Row {
  round: number;
  task: TaskName;
  client: ClientName;
  /** Times are for the whole corpus, though it was a sample that moved. */
  measured: Measured;
  /** As the clock has it. */
  tookMs: number;
  /** null: nothing was between client and server. */
  line: LineCounts | null;
  /** Messages that moved, when they were not all. */
  sampleOf: number | null;
  /** Why the run does not count; null: it moved everything. */
  failed: string | null;
}

export interface RunOptions {
  world: World;
  tools: Tools;
  tasks: readonly TaskName[];
  rounds: number;
  /** A peer that takes longer for something does that in the first round only. */
  slowMs: number;
  /** Scratch, made and removed here. */
  folder: string;
  signal?: AbortSignal;
  told: (row: Row) => void;
}

export async function runBench(options: RunOptions): Promise<Row[]> {
  const rows: Row[] = [];
  const bases = await prepareBases(options);
  for (let number = 1; number <= options.rounds; number++) {
    rows.push(...(await new Round(options, number, bases, rows).run()));
  }
  return rows;
}

/**
 * Not counted. Fills the page cache and the server's indexes, so that the first client does not pay for the rest. Where
 * backups are only what other tasks start from they are made here, once for all rounds and not through the line.
 */
async function prepareBases(options: RunOptions): Promise<Row[]> {
  const { world, tools, tasks } = options;
  const near = { ...world, port: world.line ? world.server.port : world.port, line: null };
  const backups = { ...options, world: near, tasks: ['backup' as const], told: () => undefined };
  const bases: Row[] = [];
  const starting = tools.clients.filter((client) => tasksWith(client, tasks).has('backup'));
  if (!tasks.includes('backup')) {
    for (const client of starting) bases.push(...(await new Round(backups, 0, []).run([client], true)));
  }
  if (bases.length === 0) await new Round(backups, 0, []).run(tools.clients.slice(0, 1));
  const bad = bases.find(({ failed }) => failed !== null);
  if (bad) throw new Error(`The backup of ${bad.client} that others start from failed: ${bad.failed}`);
  return bases;
}

/** The tasks asked for that this client can do, and those that they start from. */
function tasksWith({ tasks }: Client, asked: readonly TaskName[]): Set<TaskName> {
  const wanted = new Set<TaskName>();
  const add = (name: TaskName): void => {
    const task = tasks[name];
    if (!task) return;
    wanted.add(name);
    if (task.needs) add(task.needs);
  };
  for (const name of TASK_NAMES) if (asked.includes(name)) add(name);
  return wanted;
}

class Round {
  readonly #options: RunOptions;
  readonly #number: number;
  readonly #bases: readonly Row[];
  readonly #before: readonly Row[];
  readonly #rows: Row[] = [];
  readonly #targets = new Map<string, TestUser>();

  /** @param before what earlier rounds measured */
  constructor(options: RunOptions, number: number, bases: readonly Row[], before: readonly Row[] = []) {
    this.#options = options;
    this.#number = number;
    this.#bases = bases;
    this.#before = before;
  }

  /** @param keep the results are what later rounds start from */
  async run(clients: readonly Client[] = this.#options.tools.clients, keep = false): Promise<Row[]> {
    const { world, signal } = this.#options;
    // Whoever is first after a pause has the warmer or the colder machine: not always the same client.
    const first = this.#number % clients.length;
    const order = [...clients.slice(first), ...clients.slice(0, first)];
    try {
      for (const stage of STAGES) {
        for (const task of stage) {
          for (const client of order) {
            signal?.throwIfAborted();
            if (this.#isDue(client, task)) await this.#attempt(client, task);
          }
        }
        for (const user of this.#targets.values()) world.drop(user);
        this.#targets.clear();
      }
    } finally {
      if (!keep) bury(this.#scratch);
    }
    return this.#rows.filter(({ task }) => this.#options.tasks.includes(task));
  }

  get #scratch(): string {
    return path.join(this.#options.folder, this.#number === 0 ? 'base' : 'round');
  }

  #isDue(client: Client, name: TaskName): boolean {
    if (!tasksWith(client, this.#options.tasks).has(name)) return false;
    if (name === 'backup' && this.#baseOf(client)) return false;
    const { needs, once } = client.tasks[name]!;
    const isBased = needs === 'backup' && this.#baseOf(client) !== undefined;
    if (needs && !isBased && !this.#has(needs, client)) return false;
    return this.#number <= 1 || !(once || this.#isSlow(client, name));
  }

  #has(task: TaskName, client: Client): boolean {
    return this.#rows.some((row) => row.task === task && row.client === client.name);
  }

  #isSlow(client: Client, name: TaskName): boolean {
    if (client.name === 'raw' || client.name === 'mailferry') return false;
    const { slowMs } = this.#options;
    return this.#before.some((row) => row.task === name && row.client === client.name && row.tookMs > slowMs);
  }

  #baseOf(client: Client): Row | undefined {
    return this.#bases.find((row) => row.client === client.name);
  }

  async #attempt(client: Client, name: TaskName): Promise<void> {
    const { tools, told, tasks, signal, world } = this.#options;
    const { needs, prepare } = client.tasks[name]!;
    const base = needs && this.#rows.find((row) => row.task === needs && row.client === client.name);
    if (base?.failed) {
      const measured = { ...base.measured, wallMs: NaN };
      this.#rows.push({ ...base, task: name, measured, failed: `it starts from ${needs}, which failed` });
      return;
    }
    const attempt = await prepare(this.#stage(client));
    // What others wrote is on disk: a client that waits for its own octets must not wait for theirs.
    spawnSync('sync');
    await world.line?.reset();
    const measured = await measure(attempt.command, attempt.args, attempt.env, { timed: tools.timed, signal });
    const line = (await world.line?.counts()) ?? null;
    const failed = await Promise.resolve(attempt.check(measured, line)).catch((error: Error) => error.message);
    const { sampleOf = null } = attempt;
    const of = { round: this.#number, task: name, client: client.name };
    const whole = forAll(measured, attempt, world);
    this.#rows.push({ ...of, measured: whole, tookMs: measured.wallMs, line, sampleOf, failed });
    attempt.tidy?.();
    if (tasks.includes(name)) told(this.#rows.at(-1)!);
  }

  #stage(client: Client): Stage {
    const { world } = this.#options;
    const folder = path.join(this.#scratch, client.name);
    const base = this.#baseOf(client) ? path.join(this.#options.folder, 'base', client.name) : folder;
    fs.mkdirSync(folder, { recursive: true });
    const target = async (purpose: string): Promise<TestUser> => {
      const key = `${client.name} ${purpose}`;
      const user = this.#targets.get(key) ?? (await world.target());
      this.#targets.set(key, user);
      return user;
    };
    return { world, folder, base, target };
  }
}

function forAll(measured: Measured, { sampleOf }: Attempt, { corpus }: World): Measured {
  if (sampleOf === undefined) return measured;
  const times = corpus.messages / sampleOf;
  const { wallMs, cpuMs } = measured;
  return { ...measured, wallMs: wallMs * times, cpuMs: cpuMs === null ? null : cpuMs * times };
}
