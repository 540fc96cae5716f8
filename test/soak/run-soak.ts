/** Rounds of trouble and quiet: after each quiet everything must be as if there had been no trouble. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { below, seeded, type Random } from '../bench/random.ts';
import { startDovecot } from '../helpers/servers/dovecot.ts';
import type { TestServer } from '../helpers/servers/server.ts';
import { ChangingAccount } from './changing-account.ts';
import { checkArchive, checkFlags, checkTarget, holdingsOf, lookAt } from './checks.ts';
import { Jobs, type Job, type Tally, type Users } from './jobs.ts';
import { countOf, type Holdings } from './model.ts';

export interface SoakOptions {
  seed: number;
  /** No round begins after this. */
  minutes: number;
  rounds: number;
  /** Trouble in each round. */
  troubleMs: number;
  say: (line: string) => void;
}

export interface SoakResult extends Tally {
  rounds: number;
  changes: Record<string, number>;
  /** At the end. */
  onSource: number;
  archived: number;
  atTarget: number;
  elapsedMs: number;
  /** Accounts given up because the server had damaged its own store: what it said in its log. */
  damages: string[];
}

/**
 * Dovecot 2.3 with a folder deleted and made anew while another session reads it: what it keeps for itself is rebuilt
 * then, which may lose mail or bring back what was deleted. Nothing can be said of that account afterwards.
 */
const DAMAGE = /(?:Error|Warning): (.*(?:corrupted index|rebuilding indexes|view is now inconsistent).*)/;

const CHANGE_MS = 250;

interface Soak {
  server: TestServer;
  users: Users;
  account: ChangingAccount;
  jobs: Jobs;
  random: Random;
  /** What was held at the end of the last round. */
  held: { mbox: Holdings; eml: Holdings; target: Holdings; second: Holdings };
}

/** @throws Error that names round, seed and folder, which is kept then, when something is not as it must be */
export async function runSoak(options: SoakOptions): Promise<SoakResult> {
  const begunMs = performance.now();
  const minutesLeft = (): number => options.minutes - (performance.now() - begunMs) / 60_000;
  let all = await runLife(options);
  for (let life = 1; all.damages.length === life && minutesLeft() > 0 && all.rounds < options.rounds; life++) {
    options.say(`the server has damaged its own store; begun anew with another account (${all.damages.at(-1)})`);
    const { seed, rounds } = options;
    all = joined(
      all,
      await runLife({ ...options, seed: seed + life, minutes: minutesLeft(), rounds: rounds - all.rounds }),
    );
  }
  return { ...all, elapsedMs: performance.now() - begunMs };
}

/** One server and one account, from the first message on. */
async function runLife({ seed, minutes, rounds, troubleMs, say }: SoakOptions): Promise<SoakResult> {
  const begunMs = performance.now();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mf-soak-'));
  const server = await startDovecot({ format: 'mdbox', tls: false });
  const held: Soak['held'] = { mbox: new Map(), eml: new Map(), target: new Map(), second: new Map() };
  let round = 0;
  let jobs: Jobs | null = null;
  let account: ChangingAccount | null = null;
  const result = (onSource: number, damages: string[]): SoakResult => {
    fs.rmSync(folder, { recursive: true, force: true });
    const ends = { onSource, archived: total(held.mbox), atTarget: total(held.target), damages };
    const done = { rounds: round, changes: account!.changes, elapsedMs: performance.now() - begunMs };
    return { ...jobs!.tally, ...ends, ...done };
  };
  try {
    const users = { source: await server.user(), target: await server.user(), second: await server.user() };
    const random = seeded(seed);
    jobs = await Jobs.open(folder, server, users);
    account = await ChangingAccount.open(server, users.source, random);
    const soak: Soak = { server, users, account, jobs, random, held };
    await jobs.clean(jobs.all.mbox);
    while (round < rounds && performance.now() - begunMs < minutes * 60_000 && damageIn(server) === null) {
      await trouble(soak, troubleMs);
      await quiet(soak);
      round++;
      const { tally } = jobs;
      say(
        `round ${round}: ${total(held.mbox)} archived, ${tally.runs} runs, ${tally.killed} killed, ${sum(tally.faults)} faults`,
      );
    }
    await account.close();
    const damage = damageIn(server);
    return result(total(holdingsOf(await lookAt(server, users.source))), damage === null ? [] : [damage]);
  } catch (error) {
    const damage = damageIn(server);
    if (damage !== null && account) {
      say(`round ${round + 1} does not count, the server had damaged its own store: ${(error as Error).message}`);
      return result(0, [damage]);
    }
    fs.writeFileSync(path.join(folder, 'server.log'), server.log());
    throw new Error(`round ${round + 1}, seed ${seed}, see ${folder}: ${(error as Error).message}`, { cause: error });
  } finally {
    await jobs?.close();
    await server.stop();
  }
}

const damageIn = (server: TestServer): string | null => DAMAGE.exec(server.log())?.[1] ?? null;

/** What is there at the end is that of the later one. */
function joined(a: SoakResult, b: SoakResult): SoakResult {
  const counters = ['rounds', 'runs', 'complete', 'incomplete', 'lineLost', 'killed', 'resumed'] as const;
  const sums = Object.fromEntries(counters.map((key) => [key, a[key] + b[key]]));
  const faults = added(a.faults, b.faults);
  return { ...b, ...sums, faults, changes: added(a.changes, b.changes), damages: [...a.damages, ...b.damages] };
}

function added(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const all = { ...a };
  for (const [key, count] of Object.entries(b)) all[key] = (all[key] ?? 0) + count;
  return all;
}

/** The mailbox changes while two backups and an upload run, are cut off, killed, and run again. */
async function trouble({ account, jobs, random }: Soak, troubleMs: number): Promise<void> {
  const untilMs = performance.now() + troubleMs;
  const isOver = (): boolean => performance.now() >= untilMs;
  const again = async (choose: (own: Random) => Job): Promise<void> => {
    const own = seeded(below(random, 2 ** 31));
    while (!isOver()) await jobs.troubled(choose(own), own);
  };
  const { mbox, eml, migrate, restore } = jobs.all;
  const lanes = [again(() => mbox), again(() => eml), again((own) => (own() < 0.6 ? migrate : restore))];
  let isRunning = true;
  const changing = (async () => {
    while (isRunning) {
      await account.change();
      await new Promise((wake) => setTimeout(wake, below(random, CHANGE_MS)));
    }
  })();
  // Told when the lanes have ended.
  changing.catch(() => undefined);
  try {
    await Promise.all(lanes);
  } finally {
    isRunning = false;
    await Promise.allSettled(lanes);
    await changing;
  }
}

/** @throws when anything is lost, there twice, invented, or not as it is served */
async function quiet({ server, users, account, jobs, held }: Soak): Promise<void> {
  const { model } = account;
  const source = await lookAt(server, users.source);
  const faults: string[] = [];
  for (const layout of ['mbox', 'eml'] as const) {
    await jobs.clean(jobs.all[layout]);
    await jobs.verify(jobs.archives[layout]);
    const found = await checkArchive(jobs.archives[layout], source, model, held[layout]);
    faults.push(...found.faults.map((fault) => `${layout}: ${fault}`));
    held[layout] = found.holdings;
  }
  await jobs.clean(jobs.all.migrate);
  const target = await lookAt(server, users.target);
  const most = (at: string, fingerprint: string): number => model.most(at, fingerprint);
  const moved = checkTarget(holdingsOf(source), target, most, held.target);
  faults.push(...[...moved.faults, ...checkFlags(source, target, model)].map((fault) => `migrate: ${fault}`));
  held.target = moved.holdings;
  await jobs.clean(jobs.all.restore);
  const second = await lookAt(server, users.second);
  const stored = (at: string, fingerprint: string): number =>
    Math.max(countOf(held.mbox, at, fingerprint), most(at, fingerprint));
  const restored = checkTarget(held.mbox, second, stored, held.second);
  faults.push(...[...restored.faults, ...checkFlags(source, second, model)].map((fault) => `restore: ${fault}`));
  held.second = restored.holdings;
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.slice(0, 30).join('\n')}`);
}

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((all, n) => all + n, 0);

const total = (holdings: Holdings): number =>
  [...holdings.values()].reduce((all, mailbox) => all + [...mailbox.values()].reduce((n, count) => n + count, 0), 0);
