import { describe } from 'vitest';
import { replaySuite } from './harness/replay-suite.ts';
import { recoveryScenarios, repairScenarios } from './scenarios/recoveries.ts';

describe('stopped while it puts right what an earlier stop left, the next run puts it right', () => {
  replaySuite(recoveryScenarios(), 100);
});

describe('stopped anywhere and run again, a repair equals one that was not stopped', () => {
  replaySuite(repairScenarios(), 60);
});
