/** Stops for truth: a process of its own that is killed, and this one that goes on. */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { setDurableHook } from '../../electron/engine/fs/durable.ts';
import { resume } from './harness/replay.ts';
import { runChild, type ChildEnd } from './harness/run-child.ts';
import type { Scenario } from './harness/scenario.ts';
import { removeFolder, removeWorkFolders, workFolder } from './harness/work-folder.ts';
import { backupScenarios } from './scenarios/backups.ts';
import { uploadScenarios, type UploadScenario } from './scenarios/uploads.ts';

const KILLS_PER_BACKUP = 3;
const KILLS_PER_UPLOAD = 2;
/** At once, each in a folder of its own. */
const CHILDREN = 3;

let killed = 0;

afterEach(() => setDurableHook(null));
afterAll(removeWorkFolders);

describe('killed at a durable step and run again', () => {
  test.each(backupScenarios())('$name', async (scenario) => {
    const { steps, expected } = await uninterrupted(scenario);
    const at = (n: number) => Math.max(1, Math.round((steps * (n + 0.5)) / KILLS_PER_BACKUP));
    const kills = Array.from({ length: KILLS_PER_BACKUP }, (_, n) => at(n));
    const ends = await Promise.all(kills.map((nth) => killOne(scenario, nth)));
    for (const { root, end, nth } of ends) {
      expectKilled(end);
      expect([nth, await resume(scenario, root, expected)]).toEqual([nth, null]);
      removeFolder(root);
    }
  });

  test.each(uploadScenarios())('$name', async (scenario) => {
    await withServer(scenario, async () => {
      const { steps, expected } = await uninterrupted(scenario);
      for (let n = 0; n < KILLS_PER_UPLOAD; n++) {
        const nth = Math.max(1, Math.round((steps * (n + 0.5)) / KILLS_PER_UPLOAD));
        const { root, end } = await killOne(scenario, nth, scenario.world.port);
        expectKilled(end);
        expect([nth, await resume(scenario, root, expected)]).toEqual([nth, null]);
        removeFolder(root);
      }
    });
  });
});

describe('killed at a moment of the server and run again', () => {
  /** The first and the last time each. */
  const MOMENTS = ['before APPEND', 'after storing', 'before CREATE', 'after making', 'after flagging'];

  test.each(uploadScenarios())('$name', async (scenario) => {
    await withServer(scenario, async () => {
      const { events, expected } = await uninterrupted(scenario);
      const moments = MOMENTS.flatMap((moment) => firstAndLast(events, moment));
      expect(moments.length).toBeGreaterThan(1);
      for (const nth of moments) {
        const { root, end } = await killAtEvent(scenario, nth);
        expectKilled(end);
        expect([events[nth], await resume(scenario, root, expected)]).toEqual([events[nth], null]);
        removeFolder(root);
      }
    });
  });
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

/** How many durable steps and server events a run has that is not stopped, and what it comes to. */
async function uninterrupted(scenario: Scenario): Promise<{ steps: number; events: string[]; expected: string[] }> {
  const root = workFolder();
  await scenario.prepare(root);
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
  return { steps, events, expected };
}

interface Killed {
  nth: number;
  root: string;
  end: ChildEnd;
}

let running = 0;
const waiting: (() => void)[] = [];

/** A bounded number of children at once. */
async function killOne(scenario: Scenario, nth: number, port?: number): Promise<Killed> {
  const root = workFolder();
  await scenario.prepare(root);
  if (running >= CHILDREN) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return { nth, root, end: await runChild({ name: scenario.name, root, nth, ...(port ? { port } : {}) }) };
  } finally {
    running--;
    waiting.shift()?.();
  }
}

async function killAtEvent(scenario: UploadScenario, nth: number): Promise<Killed> {
  const { world } = scenario;
  const root = workFolder();
  await scenario.prepare(root);
  let kill = (): void => undefined;
  let events = 0;
  world.onEvent(() => {
    if (events++ === nth) kill();
  });
  const child = { name: scenario.name, root, nth: Infinity, port: world.port };
  const end = await runChild(child, (how) => (kill = how));
  world.onEvent(null);
  return { nth, root, end };
}

function expectKilled({ signal, said }: ChildEnd): void {
  expect([signal, said]).toEqual(['SIGKILL', '']);
  killed++;
}

function firstAndLast(events: string[], start: string): number[] {
  const found = [...events.keys()].filter((i) => events[i]!.startsWith(start));
  return [...new Set([found[0], found.at(-1)])].filter((i) => i !== undefined);
}
