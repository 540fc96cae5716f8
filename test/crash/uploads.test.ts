import { describe } from 'vitest';
import { replaySuite } from './harness/replay-suite.ts';
import { uploadScenarios } from './scenarios/uploads.ts';

describe('stopped anywhere and run again, an upload equals one that was not stopped', () => {
  replaySuite(uploadScenarios(), 500);
});
