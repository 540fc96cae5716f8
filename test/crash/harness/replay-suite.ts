import { afterAll, afterEach, expect, test } from 'vitest';
import { setDurableHook } from '../../../electron/engine/fs/durable.ts';
import { record, resumeAll, type Recording, type Stop } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { removeWorkFolders } from './work-folder.ts';

/** States after a power cut that are gone on from in each scenario, spread over the run. MAILFERRY_CRASH=all: every one. */
const POWER_STOPS = process.env['MAILFERRY_CRASH'] === 'all' ? Infinity : 24;

/**
 * One test for each scenario: every state after a kill, and states after a power cut. Another test counts them.
 *
 * @param least stops that this suite must come to
 */
export function replaySuite(scenarios: Scenario[], least: number): void {
  let total = 0;
  afterEach(() => setDurableHook(null));
  afterAll(removeWorkFolders);

  test.each(scenarios)('$name', async (scenario) => {
    await recorded(scenario, async (recording) => {
      const { stops: all } = recording;
      const stops = [...ofKind(all, 'kill'), ...spread(ofKind(all, 'power'), POWER_STOPS)];
      const deviations = await resumeAll(recording, stops);
      total += stops.length;
      tell(recording, stops);
      expect(deviations.slice(0, 5), `${deviations.length} of ${stops.length} stops`).toEqual([]);
    });
  });

  test(`at least ${least} stops were gone on from`, () => {
    console.log(`stops of this suite: ${total} over ${scenarios.length} scenarios`);
    expect(total).toBeGreaterThanOrEqual(least);
  });
}

async function recorded(scenario: Scenario, body: (recording: Recording) => Promise<void>): Promise<void> {
  await scenario.world?.open();
  try {
    await body(await record(scenario));
  } finally {
    await scenario.world?.close();
  }
}

const ofKind = (stops: Stop[], kind: Stop['kind']): Stop[] => stops.filter((stop) => stop.kind === kind);

function spread<T>(items: T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, i) => items[Math.floor(i * step)]!);
}

function tell({ scenario, places, stops: states }: Recording, tried: Stop[]): void {
  const kills = ofKind(tried, 'kill').length;
  const power = `${tried.length - kills} of ${ofKind(states, 'power').length} states after a power cut`;
  console.log(`${scenario.name}: ${places} places, ${kills} states after a kill, ${power}`);
}
