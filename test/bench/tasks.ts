/** The tasks, in the order in which they run, and what each is compared with. */

export const TASK_NAMES = [
  'start',
  'backup',
  'backup-eml',
  'backup-again',
  'verify',
  'restore',
  'restore-again',
  'migrate',
  'migrate-again',
  'flags',
] as const;
export type TaskName = (typeof TASK_NAMES)[number];

export interface Task {
  says: string;
  /** Tasks of the raw client that are the limit; with several, the slowest of them. Empty: there is no such limit. */
  limit: readonly TaskName[];
  /** The task of peers that serves the same purpose. */
  peers: TaskName;
}

export const TASKS: Record<TaskName, Task> = {
  start: { says: 'print the version: what any run costs before it begins', limit: [], peers: 'start' },
  backup: { says: 'the account into an empty folder; Mailferry: mbox layout', limit: ['backup'], peers: 'backup' },
  'backup-eml': { says: 'the same, a file for each message', limit: ['backup'], peers: 'backup' },
  'backup-again': {
    says: 'nothing has changed; raw: one LIST with STATUS',
    limit: ['backup-again'],
    peers: 'backup-again',
  },
  verify: { says: 'read the archive and compare every fingerprint', limit: [], peers: 'verify' },
  restore: { says: 'into an empty account; raw: MULTIAPPEND', limit: ['restore'], peers: 'restore' },
  'restore-again': { says: 'everything is there already', limit: ['restore-again'], peers: 'restore-again' },
  migrate: { says: 'account to empty account; raw: the slower side', limit: ['backup', 'restore'], peers: 'migrate' },
  'migrate-again': { says: 'everything is there already', limit: ['backup-again'], peers: 'migrate-again' },
  flags: { says: 'backup again, after the flags of every hundredth message changed', limit: [], peers: 'flags' },
};

/** After the last task of a stage nothing that it put on the server is needed any more. */
export const STAGES: readonly (readonly TaskName[])[] = [
  ['start', 'backup', 'backup-eml', 'backup-again', 'verify', 'flags'],
  ['restore', 'restore-again'],
  ['migrate', 'migrate-again'],
];
