/** Runs the clients over the tasks, round by round, each run beside those it is compared with. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { TestUser } from '../helpers/servers/server.ts';
import type { Client, ClientName, Stage } from './client.ts';
import type { Tools } from './clients.ts';
import { measure, type Measured } from './measure.ts';
import { STAGES, TASK_NAMES, type TaskName } from './tasks.ts';
import type { World } from './world.ts';

export interface Row {
  round: number;
  task: TaskName;
  client: ClientName;
  measured: Measured;
  /** Why the run does not count; null: it moved everything. */
  failed: string | null;
}

export interface RunOptions {
  world: World;
  tools: Tools;
  tasks: readonly TaskName[];
  rounds: number;
  /** Scratch, made and removed here. */
  folder: string;
  signal?: AbortSignal;
  told: (row: Row) => void;
}

export async function runBench(options: RunOptions): Promise<Row[]> {
  const rows: Row[] = [];
  try {
    await warmUp(options);
    for (let number = 1; number <= options.rounds; number++) {
      rows.push(...(await new Round(options, number).run()));
    }
  } finally {
    fs.rmSync(options.folder, { recursive: true, force: true });
  }
  return rows;
}

/** Not counted: fills the page cache and the server's indexes, so that the first client does not pay for the rest. */
async function warmUp(options: RunOptions): Promise<void> {
  const round = new Round({ ...options, tasks: ['backup'], told: () => undefined }, 0);
  const [row] = await round.run(options.tools.clients.slice(0, 1));
  if (row?.failed) throw new Error(`The warm-up failed: ${row.failed}`);
}

class Round {
  readonly #options: RunOptions;
  readonly #number: number;
  readonly #rows: Row[] = [];
  readonly #targets = new Map<string, TestUser>();

  constructor(options: RunOptions, number: number) {
    this.#options = options;
    this.#number = number;
  }

  async run(clients: readonly Client[] = this.#options.tools.clients): Promise<Row[]> {
    const { world, folder, signal } = this.#options;
    // Whoever is first after a pause has the warmer or the colder machine: not always the same client.
    const first = this.#number % clients.length;
    const order = [...clients.slice(first), ...clients.slice(0, first)];
    try {
      for (const stage of STAGES) {
        for (const task of stage) {
          for (const client of order) {
            signal?.throwIfAborted();
            if (this.#wanted(client).has(task)) await this.#attempt(client, task);
          }
        }
        for (const user of this.#targets.values()) world.drop(user);
        this.#targets.clear();
      }
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
    return this.#rows.filter(({ task }) => this.#options.tasks.includes(task));
  }

  /** What this client has to do: the tasks asked for, and those that they start from. */
  #wanted({ tasks }: Client): Set<TaskName> {
    const wanted = new Set<TaskName>();
    const add = (name: TaskName): void => {
      const task = tasks[name];
      if (!task) return;
      wanted.add(name);
      if (task.needs) add(task.needs);
    };
    for (const name of TASK_NAMES) if (this.#options.tasks.includes(name)) add(name);
    return wanted;
  }

  async #attempt(client: Client, name: TaskName): Promise<void> {
    const { tools, told, tasks, signal } = this.#options;
    const { needs, prepare } = client.tasks[name]!;
    const base = needs && this.#rows.find((row) => row.task === needs && row.client === client.name);
    if (base?.failed) {
      this.#tell(client, name, { ...base.measured, wallMs: NaN }, `it starts from ${needs}, which failed`);
      return;
    }
    const attempt = await prepare(this.#stage(client));
    // What others wrote is on disk: a client that waits for its own octets must not wait for theirs.
    spawnSync('sync');
    const measured = await measure(attempt.command, attempt.args, attempt.env, { timed: tools.timed, signal });
    const failed = await Promise.resolve(attempt.check(measured)).catch((error: Error) => error.message);
    this.#tell(client, name, measured, failed);
    attempt.tidy?.();
    if (tasks.includes(name)) told(this.#rows.at(-1)!);
  }

  #tell(client: Client, task: TaskName, measured: Measured, failed: string | null): void {
    this.#rows.push({ round: this.#number, task, client: client.name, measured, failed });
  }

  #stage({ name }: Client): Stage {
    const { world } = this.#options;
    const folder = path.join(this.#options.folder, name);
    fs.mkdirSync(folder, { recursive: true });
    const target = async (purpose: string): Promise<TestUser> => {
      const key = `${name} ${purpose}`;
      const user = this.#targets.get(key) ?? (await world.target());
      this.#targets.set(key, user);
      return user;
    };
    return { world, folder, target };
  }
}
