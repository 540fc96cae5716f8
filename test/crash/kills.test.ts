/** Stops for truth: a process of its own that is killed, and this one that goes on. */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { setDurableHook } from '../../electron/engine/fs/durable.ts';
import { ageCutLocks } from './harness/disk.ts';
import { resume } from './harness/replay.ts';
import { runChild, type ChildEnd } from './harness/run-child.ts';
import type { Scenario } from './harness/scenario.ts';
import { readTree, writeTree, type Tree } from './harness/tree.ts';
import { removeFolder, removeWorkFolders, workFolder } from './harness/work-folder.ts';
import { backupScenarios } from './scenarios/backups.ts';
import { uploadScenarios, type UploadScenario } from './scenarios/uploads.ts';

const ALL = process.env['MAILFERRY_CRASH'] === 'all';
const KILLS_PER_BACKUP = ALL ? 12 : 2;
/** At durable steps of its ledger, and at moments of the server. */
const KILLS_PER_UPLOAD = ALL ? 12 : 1;
const KILLS_AT_SERVER = ALL ? 12 : 2;
/** At once, each in a folder of its own. */
const CHILDREN = 3;

let killed = 0;

afterEach(() => setDurableHook(null));
afterAll(removeWorkFolders);

describe('killed at a durable step and run again', () => {
  test.each(backupScenarios().map((scenario, i) => ({ scenario, name: scenario.name, i })))(
    '$name',
    async ({ scenario, i }) => {
      const run = await uninterrupted(scenario);
      const killed = await Promise.all(spread(run.steps, KILLS_PER_BACKUP, i).map((nth) => killAtStep(run, nth + 1)));
      for (const one of killed) await expectResumed(run, one);
    },
  );

  test.each(uploadScenarios().map((scenario, i) => ({ scenario, name: scenario.name, i })))(
    '$name',
    async ({ scenario, i }) => {
      await withServer(scenario, async () => {
        const run = await uninterrupted(scenario);
        for (const nth of spread(run.steps, KILLS_PER_UPLOAD, i)) {
          await expectResumed(run, await killAtStep(run, nth + 1, scenario.world.port));
        }
      });
    },
  );
});

describe('killed when the server is told something, or has just done it, and run again', () => {
  test.each(uploadScenarios().map((scenario, i) => ({ scenario, name: scenario.name, i })))(
    '$name',
    async ({ scenario, i }) => {
      await withServer(scenario, async () => {
        const run = await uninterrupted(scenario);
        for (const nth of spread(run.events.length, KILLS_AT_SERVER, i)) {
          await expectResumed(run, await killAtEvent(run, scenario, nth));
        }
      });
    },
  );
});

test('at least 60 processes were killed', () => {
  console.log(`processes killed: ${killed}`);
  expect(killed).toBeGreaterThanOrEqual(60);
});

async function withServer({ world }: UploadScenario, body: () => Promise<void>): Promise<void> {
  await world.open();
  try {
    await body();
  } finally {
    await world.close();
  }
}

interface Uninterrupted {
  scenario: Scenario;
  /** What was there before the run. */
  disk: Tree;
  world: unknown;
  steps: number;
  events: string[];
  expected: string[];
}

/** A run that is not stopped: how many durable steps and server events it has, and what it comes to. */
async function uninterrupted(scenario: Scenario): Promise<Uninterrupted> {
  const root = workFolder();
  await scenario.prepare(root);
  const before = { disk: readTree(root), world: scenario.world?.save() };
  const events: string[] = [];
  let steps = 0;
  setDurableHook(() => steps++);
  scenario.world?.onEvent((what) => events.push(what));
  await scenario.run(root);
  setDurableHook(null);
  scenario.world?.onEvent(null);
  await scenario.expectRight(root);
  const expected = await scenario.outcome(root);
  removeFolder(root);
  return { scenario, ...before, steps, events, expected };
}

interface Killed {
  at: string;
  root: string;
  end: ChildEnd;
}

let running = 0;
const waiting: (() => void)[] = [];

/** A bounded number of children at once. */
async function killAtStep({ scenario, disk, world }: Uninterrupted, nth: number, port?: number): Promise<Killed> {
  const root = writeTree(disk);
  if (port !== undefined) scenario.world?.load(world);
  if (running >= CHILDREN) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    const end = await runChild({ name: scenario.name, root, nth, ...(port ? { port } : {}) });
    return { at: `step ${nth}`, root, end };
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function killAtEvent(run: Uninterrupted, { name, world }: UploadScenario, nth: number): Promise<Killed> {
  const root = writeTree(run.disk);
  world.load(run.world);
  let kill = (): void => undefined;
  let events = 0;
  // Inside the server's handler: the answer is not written yet, and nobody is there to read it.
  world.onEvent(() => {
    if (events++ === nth) kill();
  });
  const end = await runChild({ name, root, nth: Infinity, port: world.port }, (how) => (kill = how));
  world.onEvent(null);
  return { at: run.events[nth]!, root, end };
}

async function expectResumed({ scenario, expected }: Uninterrupted, { at, root, end }: Killed): Promise<void> {
  expect([at, end]).toEqual([at, { signal: 'SIGKILL', said: '' }]);
  killed++;
  ageCutLocks(root);
  const deviation = await resume(scenario, root, expected);
  expect([at, deviation]).toEqual([at, null]);
  removeFolder(root);
}

/** `wanted` numbers below `count`, spread over it; another `turn` gives others. */
function spread(count: number, wanted: number, turn: number): number[] {
  const most = Math.min(count, wanted);
  const start = (turn * 0.37) % 1;
  return Array.from({ length: most }, (_, n) => Math.floor((count * (n + start)) / most));
}
