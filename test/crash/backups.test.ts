import { stopEverywhere, type KnownFault } from './harness/suite.ts';
import { backupScenarios } from './scenarios/backups.ts';

/** Torn in the middle of the group of `renumbered` lines: the rest of the mailbox counts as new. */
const RENUMBERED_IN_PART: KnownFault = {
  promise: 'a renumbered mailbox costs no second download, even when the power fails while that is noted',
  matches: ({ at, what }) => /journal.*octets (torn|by lot)/.test(at) && /verify: 16 messages.*too much/.test(what),
};

stopEverywhere('stopped anywhere and run again, a backup equals one that was not stopped', backupScenarios(), 1500, [
  RENUMBERED_IN_PART,
]);
