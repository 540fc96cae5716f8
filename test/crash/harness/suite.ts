/** What every file of crash tests does with its scenarios, and the table printed at its end. */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { record, resumeAll, type Deviation, type Stop } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { removeWorkFolders } from './work-folder.ts';

/** A fault of the engine that is known and not mended yet. Once it is mended its own test fails, and this goes. */
export interface KnownFault {
  /** As a sentence that will be true. */
  promise: string;
  matches(deviation: Deviation): boolean;
}

/** Power cuts gone on from in each scenario, spread over the run. MAILFERRY_CRASH_ALL=1: all of them. */
const POWER_CUTS = process.env.MAILFERRY_CRASH_ALL ? Infinity : 60;

interface Row {
  name: string;
  places: number;
  kills: number;
  powerCuts: number;
  ms: number;
}

/** @param atLeast places that the scenarios of this file have together */
export function stopEverywhere(title: string, scenarios: Scenario[], atLeast: number, known: KnownFault[] = []): void {
  const rows: Row[] = [];
  const found = new Map(known.map((fault) => [fault, [] as Deviation[]]));
  afterEach(() => setDurableHook(null));
  afterAll(removeWorkFolders);

  describe(title, () => {
    test.each(scenarios)('$name', async (scenario) => {
      await scenario.world?.open();
      try {
        const { row, deviations } = await stopScenario(scenario);
        rows.push(row);
        const unknown = deviations.filter((deviation) => {
          const fault = known.find((each) => each.matches(deviation));
          if (fault) found.get(fault)!.push(deviation);
          return !fault;
        });
        expect(unknown.slice(0, 5), `${unknown.length} of ${row.kills + row.powerCuts} stops`).toEqual([]);
      } finally {
        await scenario.world?.close();
      }
    });

    for (const fault of known) {
      test.fails(fault.promise, () => {
        expect(found.get(fault)).toEqual([]);
      });
    }

    test(`there are at least ${atLeast} places to stop at`, () => {
      console.log(tableOf(rows));
      expect(rows.length).toBe(scenarios.length);
      expect(sumOf(rows, 'places')).toBeGreaterThanOrEqual(atLeast);
    });
  });
}

async function stopScenario(scenario: Scenario): Promise<{ row: Row; deviations: Deviation[] }> {
  const startedMs = performance.now();
  const recording = await record(scenario);
  const kills = recording.stops.filter(({ kind }) => kind === 'kill');
  const powerCuts = spread(
    recording.stops.filter(({ kind }) => kind === 'power'),
    POWER_CUTS,
  );
  const deviations = await resumeAll(recording, [...kills, ...powerCuts]);
  const counts = { places: recording.places, kills: kills.length, powerCuts: powerCuts.length };
  return { row: { name: scenario.name, ...counts, ms: performance.now() - startedMs }, deviations };
}

/** At most `most` of them, evenly, the first and the last among them. */
export function spread<T extends Stop | number>(all: T[], most: number): T[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / Math.max(1, most - 1))]!);
}

const COLUMNS = ['places', 'kills', 'powerCuts', 'ms'] as const;

function tableOf(rows: Row[]): string {
  const total = Object.fromEntries(COLUMNS.map((column) => [column, sumOf(rows, column)])) as unknown as Row;
  const lines = [...rows, { ...total, name: 'together' }].map((row) =>
    [row.name.padEnd(48), ...COLUMNS.map((column) => String(Math.round(row[column])).padStart(10))].join(''),
  );
  const head = ['stopped'.padEnd(48), 'at places', 'by kill', 'power cut', 'ms'];
  return [head.map((text, i) => (i === 0 ? text : text.padStart(10))).join(''), ...lines].join('\n');
}

function sumOf(rows: Row[], column: (typeof COLUMNS)[number]): number {
  return rows.reduce((sum, row) => sum + row[column], 0);
}
