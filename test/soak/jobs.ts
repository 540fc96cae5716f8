/** The command line under trouble: faults on its lines, SIGKILL, and started again until it is through. */
import path from 'node:path';
import { below, pick, type Random } from '../bench/random.ts';
import { runCli, type CliResult } from '../helpers/cli.ts';
import { startFaultProxy, type Fault, type FaultProxy } from '../helpers/fault-proxy.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

export interface Job {
  name: string;
  args: string[];
  proxies: FaultProxy[];
}

export interface Tally {
  runs: number;
  complete: number;
  incomplete: number;
  lineLost: number;
  /** By SIGKILL, in the middle. */
  killed: number;
  /** Runs that went on where one had not ended well. */
  resumed: number;
  /** Faults that struck, by kind. */
  faults: Record<string, number>;
}

/** What a run in trouble may end with: complete, incomplete, connection, archive in use by one just killed. */
const ALLOWED = new Set([0, 3, 10, 21]);
/** A line that stalls is found dead after minutes; a killed run finds out sooner. */
const PATIENCE_MS = 20_000;
/** A lock without a holder's name counts as held for five seconds. */
const LOCK_MS = 6_000;
/** stall and half-close cost a run of PATIENCE_MS now and then. */
const KINDS = [
  ...Array<'cut'>(8).fill('cut'),
  ...Array<'reset'>(6).fill('reset'),
  'drip',
  'drip',
  'delay',
  'delay',
  'delay',
  'half-close',
  'stall',
] as const;

export class Jobs {
  readonly all: { mbox: Job; eml: Job; migrate: Job; restore: Job };
  readonly tally: Tally = { runs: 0, complete: 0, incomplete: 0, lineLost: 0, killed: 0, resumed: 0, faults: {} };
  readonly archives: { mbox: string; eml: string };
  readonly #env: Record<string, string>;
  readonly #unfinished = new Set<string>();

  private constructor(folder: string, users: Users, proxies: FaultProxy[]) {
    const [mbox, eml, from, to, restored] = proxies as [FaultProxy, FaultProxy, FaultProxy, FaultProxy, FaultProxy];
    const url = (user: TestUser, proxy: FaultProxy): string => `imap+insecure://${user.name}@127.0.0.1:${proxy.port}`;
    const { source, target, second } = users;
    this.archives = { mbox: path.join(folder, 'mbox'), eml: path.join(folder, 'eml') };
    this.#env = { SOURCE_PW: source.password, TARGET_PW: target.password, SECOND_PW: second.password };
    const state = ['--state', path.join(folder, 'state')];
    const both = ['--source-password-env', 'SOURCE_PW', '--target-password-env', 'TARGET_PW'];
    const backup = (layout: 'mbox' | 'eml', proxy: FaultProxy): Job => ({
      name: `backup, ${layout}`,
      args: ['backup', url(source, proxy), this.archives[layout], '--layout', layout, '--password-env', 'SOURCE_PW'],
      proxies: [proxy],
    });
    this.all = {
      mbox: backup('mbox', mbox),
      eml: backup('eml', eml),
      migrate: {
        name: 'migrate',
        args: ['migrate', url(source, from), url(target, to), ...both, ...state],
        proxies: [from, to],
      },
      restore: {
        name: 'restore',
        args: ['restore', this.archives.mbox, url(second, restored), '--password-env', 'SECOND_PW', ...state],
        proxies: [restored],
      },
    };
  }

  static async open(folder: string, server: TestServer, users: Users): Promise<Jobs> {
    const proxies = await Promise.all(Array.from({ length: 5 }, () => startFaultProxy(server.port)));
    return new Jobs(folder, users, proxies);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.all).flatMap(({ proxies }) => proxies.map((proxy) => proxy.stop())));
  }

  /** One run with trouble, or with luck none. @throws when it ends as it never may */
  async troubled(job: Job, random: Random): Promise<void> {
    const faults = job.proxies.map((proxy) => {
      const fault = random() < 0.6 ? someFault(random) : null;
      proxy.arm(fault);
      return fault;
    });
    const slow = random() < 0.4 ? ['--limit', `${60 + below(random, 400)}k`] : [];
    const timeoutMs = random() < 0.35 ? 300 + below(random, 2_500) : PATIENCE_MS;
    const args = [...job.args, '--connections', String(1 + below(random, 3)), ...slow];
    const result = await this.#run(job, args, timeoutMs);
    for (const [n, proxy] of job.proxies.entries()) {
      const kind = faults[n]?.kind;
      if (kind && proxy.hasStruck()) this.tally.faults[kind] = (this.tally.faults[kind] ?? 0) + 1;
      proxy.arm(null);
    }
    if (result.signal === 'SIGKILL') this.tally.killed++;
    else if (!ALLOWED.has(result.code ?? -1)) throw unexpected(job, result);
  }

  /** On good lines, to the end. @throws when it is not complete */
  async clean(job: Job): Promise<void> {
    let result = await this.#run(job, job.args, 120_000);
    if (result.code === 21) {
      await new Promise((wake) => setTimeout(wake, LOCK_MS));
      result = await this.#run(job, job.args, 120_000);
    }
    if (result.code !== 0) throw unexpected(job, result);
  }

  async verify(archive: string): Promise<void> {
    const args = ['verify', archive];
    const result = await runCli(args, { timeoutMs: 120_000 });
    if (result.code !== 0) throw unexpected({ name: 'verify', args, proxies: [] }, result);
  }

  async #run(job: Job, args: string[], timeoutMs: number): Promise<CliResult> {
    this.tally.runs++;
    if (this.#unfinished.has(job.name)) this.tally.resumed++;
    const result = await runCli(args, { env: this.#env, timeoutMs });
    if (result.code === 0) this.#unfinished.delete(job.name);
    else this.#unfinished.add(job.name);
    if (result.code === 0) this.tally.complete++;
    if (result.code === 3) this.tally.incomplete++;
    if (result.code === 10) this.tally.lineLost++;
    return result;
  }
}

export interface Users {
  source: TestUser;
  target: TestUser;
  second: TestUser;
}

/** Early ones as often as late ones: signing in takes 500 octets, a pass 500,000. */
function someFault(random: Random): Fault {
  const at = Math.floor(30 * 10 ** (random() * 4.2));
  const direction = random() < 0.35 ? 'up' : 'down';
  const kind = pick(random, KINDS);
  const ms = kind === 'drip' ? 2 : 200 + below(random, 1_500);
  return { kind, direction, at: direction === 'up' ? at >> 2 : at, ms };
}

function unexpected(job: Job, { code, signal, stdout, stderr }: CliResult): Error {
  const told = `${stderr.slice(-1500)}\n${stdout.slice(-1500)}`.trim();
  return new Error(`${job.name} ended with ${code ?? signal}: ${told}`);
}
