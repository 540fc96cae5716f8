import type { JobSummary } from '../../../shared/job.ts';

/**
 * A run that is stopped somewhere and run again. All it keeps on disk is below `root`; what it keeps elsewhere (a
 * server) is its `world`.
 */
export interface Scenario {
  name: string;
  /** What was there before, put into an empty folder. Not stopped. */
  prepare(root: string): Promise<void>;
  /** The run under test, and what goes on with it after a stop. @throws when it does not come to its end */
  run(root: string): Promise<void>;
  /** Everything a user could ask of the result, in sentences: equal for results that are equal to a user. */
  outcome(root: string): Promise<string[]>;
  /** Checks the uninterrupted result against the truth, not against another run. @throws when it is wrong */
  expectRight(root: string): Promise<void>;
  /** A run that writes notes though nothing is left to do: only the outcome must stay the same. */
  triesAgain?: boolean;
  /** What one more run is, where it is another one. */
  again?(root: string): Promise<void>;
  /** What else lives on while the process is gone. */
  world?: World;
}

/** The servers a scenario talks to. */
export interface World {
  open(): Promise<void>;
  close(): Promise<void>;
  /** The state as it is now, later changes not included. */
  save(): unknown;
  load(saved: unknown): void;
  /** Equal for equal saved states. */
  key(saved: unknown): string;
  /** Told whenever something is sent to a server, or has just been done by one. */
  onEvent(listener: ((what: string) => void) | null): void;
}

/** A job that was run, told by what it came to. */
export function expectEnded({ state, failure, exceptions }: JobSummary, allowed: string[] = []): void {
  const unexpected = exceptions.filter(({ code }) => !allowed.includes(code));
  const wanted = exceptions.some(({ outcome }) => outcome === 'failed') ? 'incomplete' : 'complete';
  if (state === wanted && unexpected.length === 0) return;
  const told = unexpected.slice(0, 3).map((e) => `${e.mailbox} ${e.uid} ${e.outcome} ${e.code}: ${e.reason}`);
  throw new Error(`The job ended ${state}: ${failure ? `${failure.code}: ${failure.message}` : told.join('; ')}`);
}
