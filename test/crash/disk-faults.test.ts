/** A disk that is full or fails at any durable step: a sentence that helps, nothing of before is lost, and the next run completes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isEngineError } from '../../electron/engine/errors.ts';
import { verifyArchive } from '../../electron/engine/archive/maintain.ts';
import { ageCutLocks } from './harness/disk.ts';
import { countStrikes, DISK_FAULTS, withDiskFault, type DiskFault } from './harness/disk-faults.ts';
import { resume } from './harness/replay.ts';
import { archiveIn } from './harness/run-backup.ts';
import type { Scenario } from './harness/scenario.ts';
import { readTree, writeTree, type Tree } from './harness/tree.ts';
import { removeFolder, removeWorkFolders, workFolder } from './harness/work-folder.ts';
import { backupScenarios } from './scenarios/backups.ts';
import { uploadScenarios } from './scenarios/uploads.ts';

const RUNS = [
  ...['new backup, mbox', 'new backup, eml', 'incremental backup, mbox', 'mirror forgets, mbox', 'mirror forgets, eml'],
  ...['large messages, mbox', 'large messages, eml', 'restore', 'migrate what changed, flags included'],
];

/** What the user is told: what happened, and what to do. */
const TOLD = {
  ENOSPC: /: disk-full: The disk is full: .* could not be written\. Free some space and run again\.$/,
  EROFS: /: path-not-writable: .* is on a read-only disk\. Make it writable, or choose another folder\.$/,
  ENOENT: /: io-error: .* is not there\. If its disk was unplugged, plug it in and run again\.$/,
  EIO: /: io-error: The disk reported EIO at .*\. Check the disk and run again\.$/,
};

/** Copies of a mebibyte each: with every place they would take most of the time of this suite. */
const LARGE_STEP = process.env['MAILFERRY_CRASH'] === 'all' ? 1 : 3;

let struck = 0;

afterAll(removeWorkFolders);

const scenarios: Scenario[] = [...backupScenarios(), ...uploadScenarios()].filter(({ name }) => RUNS.includes(name));

describe.each(scenarios)('$name', (scenario) => {
  beforeAll(() => scenario.world?.open());
  afterAll(() => scenario.world?.close());

  test.each(DISK_FAULTS)('$name, at every step where it can be', async (fault) => {
    const { before, world, counts, expected, heldBefore } = await prepared(scenario);
    const places = counts.get(fault)!;
    expect(places).toBeGreaterThan(6);
    const deviations: string[] = [];
    const step = scenario.name.startsWith('large') ? LARGE_STEP : 1;
    let tried = 0;
    for (let nth = 0; nth < places; nth += step) {
      const root = writeTree(before);
      scenario.world?.load(world);
      const wrong = await struckOnce(scenario, root, { fault, nth, heldBefore, expected });
      if (wrong !== 'no place') tried++;
      if (wrong !== null && wrong !== 'no place') deviations.push(wrong);
      removeFolder(root);
    }
    struck += tried;
    console.log(`${scenario.name}, ${fault.name}: ${tried} places`);
    expect(deviations.slice(0, 5), `${deviations.length} of ${places} places`).toEqual([]);
    expect(tried).toBeGreaterThanOrEqual((0.8 * places) / step);
  });
});

test('at least 1,000 faults of the disk were gone on from', () => {
  console.log(`faults of the disk: ${struck}`);
  expect(struck).toBeGreaterThanOrEqual(1000);
});

interface Prepared {
  before: Tree;
  world: unknown;
  counts: Map<DiskFault, number>;
  expected: string[];
  /** Messages that the archive held before. */
  heldBefore: number;
}

async function prepared(scenario: Scenario): Promise<Prepared> {
  const root = workFolder();
  await scenario.prepare(root);
  const before = readTree(root);
  const world = scenario.world?.save();
  const heldBefore = before.names.has('archive/mailferry.json') ? await intactMessages(root) : 0;
  const counts = await countStrikes(() => scenario.run(root));
  await scenario.expectRight(root);
  const expected = await scenario.outcome(root);
  removeFolder(root);
  return { before, world, counts, expected, heldBefore };
}

interface Strike {
  fault: DiskFault;
  nth: number;
  heldBefore: number;
  expected: string[];
}

/** @returns null, or what is not as it should be; 'no place': this run was shorter */
async function struckOnce(scenario: Scenario, root: string, strike: Strike): Promise<string | null> {
  const { fault, nth, heldBefore, expected } = strike;
  let told: string | null = null;
  const at = await withDiskFault(fault, nth, async () => {
    told = await scenario.run(root).then(
      () => null,
      (error: Error) => error.message,
    );
  });
  const where = `${nth} ${at}: `;
  // Lanes to a server share their writes now so, now so: the last places are not there each time.
  if (at === null) return 'no place';
  const ends = fault.short === 'and-goes-on';
  if (told === null ? !ends : ends || !TOLD[fault.code].test(told)) return `${where}told ${told}`;
  const held = await intactMessages(root).catch((error: unknown) => `not verified: ${String(error)}`);
  if (typeof held === 'string' || (held < heldBefore && !scenario.name.startsWith('mirror'))) {
    return `${where}${held} of ${heldBefore} messages are left`;
  }
  ageCutLocks(root);
  const deviation = await resume(scenario, root, expected);
  return deviation === null ? null : where + deviation;
}

/** Messages that verify finds intact; none where there is no archive yet. @throws when it finds damage */
async function intactMessages(root: string): Promise<number> {
  try {
    const { messages, problems } = await verifyArchive(archiveIn(root));
    if (problems.length > 0) throw new Error(problems.map(({ damage }) => damage).join('; '));
    return messages;
  } catch (error) {
    if (isEngineError(error, 'archive-missing')) return 0;
    throw error;
  }
}
