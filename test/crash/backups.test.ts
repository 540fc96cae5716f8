import { describe } from 'vitest';
import { replaySuite } from './harness/replay-suite.ts';
import { backupScenarios } from './scenarios/backups.ts';

describe('stopped anywhere and run again, a backup equals one that was not stopped', () => {
  replaySuite(backupScenarios(), 1000);
});
