/** A scenario whose line has a fault, as often as wanted: prepared once, laid out anew for each. */
import { FastClock } from '../../helpers/fast-clock.ts';
import { startFaultProxy, type Direction, type Fault, type FaultProxy } from '../../helpers/fault-proxy.ts';
import type { DemoTls } from '../../../electron/demo/server/options.ts';
import { imapBackupScenarios } from '../scenarios/imap-backups.ts';
import { uploadScenarios, type UploadScenario } from '../scenarios/uploads.ts';
import { resume } from './replay.ts';
import { readTree, writeTree, type Tree } from './tree.ts';
import { removeFolder, workFolder } from './work-folder.ts';

/** Deadlines of minutes pass in a second. */
const CLOCK_FACTOR = 100;
/** A job may take so long on the wall, whatever its line does. */
const HANG_MS = 60_000;

export interface FaultyRuns {
  /** Octets that an uninterrupted run sends and receives. */
  octets: Record<Direction, number>;
  /** @returns how it went, and what was not as after an uninterrupted run */
  run(fault: Fault, isThorough: boolean, onStrike?: (clock: FastClock) => void): Promise<FaultyRun>;
  close(): Promise<void>;
}

export interface FaultyRun {
  hasStruck: boolean;
  /** The job came to its end without being run again. */
  isHealed: boolean;
  /** By the clock of the engine. */
  elapsedMs: number;
  deviation: string | null;
}

/** How a job may tell of a broken line at its beginning, where nothing is tried twice. */
const TOLD = /connection-lost|connection-timeout|server-bye|server-stalled|tls-failed|protocol-error/;

export async function openFaultyRuns(name: string, tls?: DemoTls): Promise<FaultyRuns> {
  const clock = new FastClock(CLOCK_FACTOR);
  const server = tls ? { tls } : {};
  const all = [...imapBackupScenarios(clock, server), ...uploadScenarios(clock, server)];
  const scenario = all.find((one) => one.name === name)!;
  const { world } = scenario;
  await world.open();
  const proxy = await startFaultProxy(world.port);
  world.attach(proxy.port);
  const root = workFolder();
  await scenario.prepare(root);
  const before = { disk: readTree(root), world: world.save() };
  proxy.arm(null);
  await scenario.run(root);
  const octets = proxy.passed();
  await scenario.expectRight(root);
  const expected = await scenario.outcome(root);
  removeFolder(root);
  return {
    octets,
    run: (fault, isThorough, onStrike) =>
      faultyRun({ scenario, proxy, clock, before, expected }, fault, isThorough, onStrike),
    close: async () => {
      await proxy.stop();
      await world.close();
    },
  };
}

interface Prepared {
  scenario: UploadScenario;
  proxy: FaultProxy;
  clock: FastClock;
  before: { disk: Tree; world: unknown };
  expected: string[];
}

async function faultyRun(
  prepared: Prepared,
  fault: Fault,
  isThorough: boolean,
  onStrike?: (clock: FastClock) => void,
): Promise<FaultyRun> {
  const { scenario, proxy, clock, before, expected } = prepared;
  const root = writeTree(before.disk);
  scenario.world.load(before.world);
  proxy.arm(fault);
  const begun = clock.now();
  const watch = onStrike && whenStruck(proxy, () => onStrike(clock));
  const failure = await orHang(scenario.run(root));
  clearInterval(watch);
  const result = { hasStruck: proxy.hasStruck(), isHealed: failure === null, elapsedMs: clock.now() - begun };
  proxy.arm(null);
  const deviation = await goOn(scenario, root, expected, failure, isThorough);
  removeFolder(root);
  return { ...result, deviation };
}

function whenStruck(proxy: FaultProxy, act: () => void): NodeJS.Timeout {
  const timer = setInterval(() => {
    if (!proxy.hasStruck()) return;
    clearInterval(timer);
    act();
  }, 1);
  return timer;
}

async function goOn(
  scenario: UploadScenario,
  root: string,
  expected: string[],
  failure: string | null,
  isThorough: boolean,
): Promise<string | null> {
  if (failure !== null && !TOLD.test(failure)) return failure;
  if (isThorough) return resume(scenario, root, expected);
  try {
    if (failure !== null) await scenario.run(root);
    const given = await scenario.outcome(root);
    return JSON.stringify(given) === JSON.stringify(expected) ? null : `not the same: ${difference(expected, given)}`;
  } catch (error) {
    return `going on failed: ${String(error)}`;
  }
}

function difference(expected: string[], given: string[]): string {
  const lacking = expected.filter((line) => !given.includes(line)).slice(0, 3);
  const extra = given.filter((line) => !expected.includes(line)).slice(0, 3);
  return `lacking ${JSON.stringify(lacking)}, too much ${JSON.stringify(extra)}, ${given.length} of ${expected.length} lines`;
}

async function orHang(run: Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('the job hangs'), HANG_MS);
  });
  const outcome = await Promise.race([
    run.then(
      () => null,
      (error: Error) => error.message,
    ),
    hang,
  ]);
  clearTimeout(timer);
  return outcome;
}
