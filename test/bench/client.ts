/** What a client of the benchmark is: for each task it can do, what to start and how to see that it was done. */
import type { TestUser } from '../helpers/servers/server.ts';
import type { LineCounts } from './line/line-notes.ts';
import type { Measured } from './measure.ts';
import type { TaskName } from './tasks.ts';
import type { World } from './world.ts';

export const CLIENT_NAMES = [
  'raw',
  'mailferry',
  'mbsync',
  'imapflow',
  'mbsync-default',
  'imapsync',
  'raw-node',
] as const;
export type ClientName = (typeof CLIENT_NAMES)[number];

export interface Client {
  name: ClientName;
  /** Version and settings, for the reader of the table. */
  description: string;
  tasks: Partial<Record<TaskName, ClientTask>>;
}

export interface ClientTask {
  /** A task of the same client whose result this one starts from. */
  needs?: TaskName;
  /** So slow that one round has to do. */
  once?: boolean;
  /** Not measured: configuration, empty folders, a fresh user. */
  prepare: (stage: Stage) => Promise<Attempt> | Attempt;
}

/** One client in one round. */
export interface Stage {
  world: World;
  /** Scratch of this client in this round, made and removed by the round. */
  folder: string;
  /** Where the result of a backup is: of this round, or of all rounds when backups are not what is measured. */
  base: string;
  /** A user for that purpose, new and empty when first asked for. */
  target: (purpose: string) => Promise<TestUser>;
}

export interface Attempt {
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Messages that it moves of the corpus's, when it would take too long with all; its times are told for all. */
  sampleOf?: number;
  /**
   * Not measured. Looks at disk or server, not only at what the client says of itself.
   *
   * @param line what it saw of this run; null: there was none
   * @returns why the run does not count; null: everything is there
   */
  check(result: Measured, line: LineCounts | null): Promise<string | null> | string | null;
  /** Not measured: removes what no later task starts from. */
  tidy?(): void;
}
