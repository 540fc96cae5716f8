import { stopEverywhere, type KnownFault } from './harness/suite.ts';
import { uploadScenarios } from './scenarios/uploads.ts';

const UNSUBSCRIBED: KnownFault = {
  promise: 'a folder that was just made when the run was stopped is subscribed by the next run',
  matches: ({ at, what }) => / after making /.test(at) && /\[\] true true"\]; too much: .*\[\] true false"\]$/.test(what),
};

const REFUSED_LINES: KnownFault = {
  promise: 'a message over the limit of the server adds nothing to the ledger when the run is repeated',
  matches: ({ what }) => /^one more run changed something: lacking: \["state\/\w+\.jsonl [^,]*"\]; too much/.test(what),
};

stopEverywhere('stopped anywhere and run again, an upload equals one that was not stopped', uploadScenarios(), 500, [
  UNSUBSCRIBED,
  REFUSED_LINES,
]);
