import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { setDurableHook } from '../../electron/engine/fs/durable.ts';
import { record, resumeAll } from './harness/replay.ts';
import { removeWorkFolders } from './harness/work-folder.ts';
import { backupScenarios } from './scenarios/backups.ts';

afterEach(() => setDurableHook(null));
afterAll(removeWorkFolders);

describe('stopped anywhere and run again, a backup equals one that was not stopped', () => {
  test.each(backupScenarios())('$name', async (scenario) => {
    const recording = await record(scenario);
    const { stops, places } = recording;
    const started = performance.now();
    const deviations = await resumeAll(recording, stops);
    const kills = stops.filter((s) => s.kind === 'kill').length;
    console.log(
      `${scenario.name}: ${places} places, ${kills} states after a kill, ${stops.length - kills} after a power cut, ${Math.round(performance.now() - started)} ms`,
    );
    expect(deviations.slice(0, 5), `${deviations.length} of ${stops.length} stops`).toEqual([]);
  });
});
