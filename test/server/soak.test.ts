/** A short soak, so that the long one (`npm run soak`) cannot rot. */
import { expect, test } from 'vitest';
import { describeWith } from '../helpers/servers/available.ts';
import { runSoak } from '../soak/run-soak.ts';

describeWith(['dovecot'], 'a soak', () => {
  test('of three rounds loses nothing and leaves nothing twice', async () => {
    const told: string[] = [];
    const result = await runSoak({
      seed: 20_261_124,
      minutes: 10,
      rounds: 3,
      troubleMs: 4_000,
      say: (l) => told.push(l),
    });
    expect(told.filter((line) => line.startsWith('round'))).toHaveLength(3);
    expect(result.rounds).toBe(3);
    // Trouble there was.
    expect(result.killed + result.lineLost).toBeGreaterThan(0);
    expect(Object.values(result.faults).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(0);
    expect(Object.keys(result.changes).length).toBeGreaterThan(3);
    expect(result.archived).toBeGreaterThanOrEqual(result.onSource);
  });
});
