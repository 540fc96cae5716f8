/**
 * Stops for breadth: one run is recorded, then every state it went through is laid out anew and gone on from in this
 * process. States that a program could not tell apart are gone on from once.
 */
import { expect } from 'vitest';
import { setDurableHook, type DurableStep } from '../../../electron/engine/fs/durable.ts';
import { Disk, disownLocks } from './disk.ts';
import { POWER_STATES } from './power.ts';
import type { Scenario } from './scenario.ts';
import { everyByte, forgetOctets, treeKey, writeTree, type Tree } from './tree.ts';
import { removeFolder, workFolder } from './work-folder.ts';

export interface Stop {
  /** Where the run was stopped, and how. */
  at: string;
  kind: 'kill' | 'power';
  tree: Tree;
  world: unknown;
}

export interface Recording {
  scenario: Scenario;
  /** Places where the run could be stopped: before and after each durable step and each thing said to a server. */
  places: number;
  /** Of the states there, those that differ. */
  stops: Stop[];
  expected: string[];
}

export interface Deviation {
  at: string;
  what: string;
}

/** Run once without a stop and keep what the disk and the servers looked like at each place. */
export async function record(scenario: Scenario): Promise<Recording> {
  const root = workFolder();
  try {
    await scenario.prepare(root);
    const recorder = new Recorder(scenario, root);
    await recorder.run();
    await scenario.expectRight(root);
    const expected = await scenario.outcome(root);
    expect(recorder.places, 'the run has to do something').toBeGreaterThan(4);
    return { scenario, places: recorder.places, stops: recorder.stops, expected };
  } finally {
    removeFolder(root);
  }
}

class Recorder {
  places = 0;
  readonly stops: Stop[] = [];
  readonly #seen = new Set<string>();
  readonly #scenario: Scenario;
  readonly #disk: Disk;

  constructor(scenario: Scenario, root: string) {
    this.#scenario = scenario;
    this.#disk = new Disk(root);
  }

  async run(): Promise<void> {
    const { world } = this.#scenario;
    setDurableHook((step) => this.#step(step as DurableStep));
    world?.onEvent((what) => this.#keep(what));
    try {
      await this.#scenario.run(this.#disk.root);
    } finally {
      setDurableHook(null);
      world?.onEvent(null);
    }
  }

  #step(step: DurableStep): void {
    this.#disk.note(step);
    const at = this.#disk.relative(step.path);
    if (at !== null) this.#keep(`${step.phase} ${step.op} ${at}`);
  }

  #keep(what: string): void {
    this.places++;
    const at = `${this.places} ${what}`;
    const world = this.#scenario.world?.save();
    this.#add({ at, kind: 'kill', tree: this.#disk.now, world });
    for (const { name, of } of POWER_STATES) {
      this.#add({ at: `${at}, ${name}`, kind: 'power', tree: of(this.#disk, this.places), world });
    }
  }

  #add(stop: Stop): void {
    const key = `${treeKey(stop.tree)} ${stop.world === undefined ? '' : this.#scenario.world!.key(stop.world)}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.stops.push(stop);
  }
}

/** Go on from each stop. @returns what was not as after the uninterrupted run; empty when all is well */
export async function resumeAll({ scenario, expected }: Recording, stops: Stop[]): Promise<Deviation[]> {
  const deviations: Deviation[] = [];
  for (const stop of stops) {
    const root = layOut(stop);
    scenario.world?.load(stop.world);
    const what = await resume(scenario, root, expected);
    if (what !== null) deviations.push({ at: stop.at, what });
    removeFolder(root);
  }
  forgetOctets();
  return deviations;
}

/** The disk as it was at a stop, in a new folder. */
export function layOut(stop: Stop, root?: string): string {
  const folder = writeTree(stop.tree, root);
  disownLocks(folder, stop.kind === 'kill' ? 'same-boot' : 'other-boot');
  return folder;
}

/** @returns null when the result is the expected one and one more run changes nothing */
export async function resume(scenario: Scenario, root: string, expected: string[]): Promise<string | null> {
  try {
    await scenario.run(root);
    const outcome = await scenario.outcome(root);
    const difference = firstDifference(expected, outcome);
    if (difference !== null) return difference;
    const before = await stateOf(scenario, root);
    await (scenario.again ?? scenario.run)(root);
    const changed = firstDifference(before, await stateOf(scenario, root));
    return changed === null ? null : `one more run changed something: ${changed}`;
  } catch (error) {
    return `going on failed: ${(error as Error).stack ?? String(error)}`;
  }
}

async function stateOf(scenario: Scenario, root: string): Promise<string[]> {
  const { world, triesAgain } = scenario;
  const onDisk = triesAgain ? await scenario.outcome(root) : everyByte(root);
  return [...onDisk, world ? world.key(world.save()) : ''];
}

function firstDifference(wanted: string[], given: string[]): string | null {
  const there = new Set(given);
  const asked = new Set(wanted);
  const lacking = wanted.filter((line) => !there.has(line)).slice(0, 3);
  const extra = given.filter((line) => !asked.has(line)).slice(0, 3);
  if (lacking.length + extra.length > 0)
    return `lacking: ${JSON.stringify(lacking)}; too much: ${JSON.stringify(extra)}`;
  return wanted.length === given.length ? null : `${given.length} lines instead of ${wanted.length}`;
}
