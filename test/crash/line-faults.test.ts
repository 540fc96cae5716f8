/**
 * The line is cut at any octet, reset, half-closed, stalled, dripped, delayed and corrupted, in clear and inside TLS:
 * the end is that of a good line.
 */
import path from 'node:path';
import fs from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import type { DemoTls } from '../../electron/demo/server/options.ts';
import { selfSigned } from '../helpers/certificates.ts';
import type { Direction, Fault, FaultKind } from '../helpers/fault-proxy.ts';
import { seeded } from '../bench/random.ts';
import { openFaultyRuns, type FaultyRun } from './harness/faulty-run.ts';
import { removeWorkFolders, workFolder } from './harness/work-folder.ts';

afterAll(removeWorkFolders);

const SEED = 20_261_124;
/** One scenario's cuts; each job's own runs go one after another, so that octets are counted alike. */
const CUTS = 90;
/** Each so-manieth is also run once more, to see that nothing changes. */
const THOROUGH_EACH = 10;
/** Sign-in, listing and transfer may each stall once: the longest deadline, that of a listing, and what is tried after it. */
const LONGEST_MS = 900_000;

const SCENARIOS = [
  'backup',
  'backup of what changed',
  'restore',
  'restore in waiting APPENDs',
  'migrate',
  'migrate what changed, flags included',
];

let cuts = 0;

describe('a line cut at any octet loses nothing and doubles nothing', () => {
  test.each(SCENARIOS.map((name, i) => ({ name, seed: SEED + i })))('$name', async ({ name, seed }) => {
    const runs = await openFaultyRuns(name);
    const random = seeded(seed);
    const found: string[] = [];
    let healed = 0;
    for (let n = 0; n < CUTS; n++) {
      const direction: Direction = random() < 0.5 ? 'up' : 'down';
      const kind: FaultKind = random() < 0.5 ? 'cut' : 'reset';
      const fault: Fault = { kind, direction, at: Math.floor(random() * runs.octets[direction]) };
      const run = await runs.run(fault, n % THOROUGH_EACH === 0);
      if (run.hasStruck) cuts++;
      if (run.isHealed) healed++;
      note(found, fault, run);
    }
    await runs.close();
    console.log(`${name}: ${CUTS} cuts, ${healed} jobs went on by themselves`);
    expect(found).toEqual([]);
    expect(healed).toBeGreaterThan(CUTS / 3);
  });

  test('the line was cut at least 500 times', () => {
    expect(cuts).toBeGreaterThanOrEqual(500);
  });
});

const KINDS: FaultKind[] = ['half-close', 'stall', 'drip', 'delay', 'cut', 'reset'];
/** In the greeting or sign-in, while listing, in the transfer, at the end. */
const PLACES = [0.01, 0.2, 0.55, 0.9];

describe('a line that misbehaves in any other way', () => {
  test.each(['backup', 'restore', 'migrate'])('%s', async (name) => {
    expect(await misbehave(name, KINDS, undefined)).toEqual([]);
  });

  test.each(['backup', 'restore', 'migrate'])('%s inside TLS, a flipped bit included', async (name) => {
    const folder = workFolder();
    const { keyPath, pem } = selfSigned(path.join(folder, 'tls'));
    const tls: DemoTls = { key: fs.readFileSync(keyPath, 'utf8'), cert: pem, mode: 'implicit' };
    expect(await misbehave(name, [...KINDS, 'corrupt'], tls)).toEqual([]);
  });
});

async function misbehave(name: string, kinds: FaultKind[], tls: DemoTls | undefined): Promise<string[]> {
  const faults = kinds.flatMap((kind) =>
    (['up', 'down'] as const).flatMap((direction) => PLACES.map((place) => ({ kind, direction, place }))),
  );
  const found: string[] = [];
  let struck = 0;
  let longestMs = 0;
  const lanes = await Promise.all([0, 1, 2].map(() => openFaultyRuns(name, tls)));
  // Most of a stall is waiting: three at once.
  await Promise.all(
    lanes.map(async (runs, lane) => {
      for (const { kind, direction, place } of faults.filter((_, i) => i % lanes.length === lane)) {
        const fault: Fault = { kind, direction, at: Math.floor(runs.octets[direction] * place) };
        const run = await runs.run(fault, false);
        if (run.hasStruck) struck++;
        longestMs = Math.max(longestMs, run.elapsedMs);
        note(found, fault, run);
        if (run.elapsedMs > LONGEST_MS) found.push(`${kind} ${direction} at ${fault.at}: took ${run.elapsedMs} ms`);
      }
      await runs.close();
    }),
  );
  console.log(
    `${name}${tls ? ' inside TLS' : ''}: ${struck} faults, the longest job ${Math.round(longestMs / 1000)} s`,
  );
  if (struck < faults.length * 0.9) found.push(`only ${struck} of ${faults.length} faults struck`);
  return found;
}

function note(found: string[], { kind, direction, at }: Fault, { deviation }: FaultyRun): void {
  if (deviation !== null) found.push(`${kind} ${direction} at octet ${at}: ${deviation}`);
}
