import { afterAll, describe, expect } from 'vitest';
import { replaySuite } from './harness/replay-suite.ts';
import { orderedScenarios } from './scenarios/backups.ts';

/** By scenario: so many things waited at once, at most. */
const waited = new Map<string, number>();

describe('whatever ends first of what is under way at once, a stopped backup equals one that was not stopped', () => {
  const scenarios = orderedScenarios((name, most) => waited.set(name, Math.max(most, waited.get(name) ?? 0)));
  replaySuite(scenarios, 800);

  afterAll(() => {
    const most = [...waited.values()];
    console.log(`under way at once: ${Math.min(...most)} to ${Math.max(...most)}`);
    expect(most).toHaveLength(scenarios.length);
    expect(most.filter((count) => count > 1).length).toBeGreaterThanOrEqual(15);
  });
});
