/** What is measured. Each task runs its clients one after another, so that drift of the machine hits all alike. */
import fs from 'node:fs';
import path from 'node:path';
import type { TestUser } from '../helpers/servers/server.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { mailferry, mbsync, raw, url, type Outcome } from './clients.ts';
import type { World } from './world.ts';

export const TASKS = [
  'backup',
  'backup-eml',
  'backup-again',
  'verify',
  'restore',
  'restore-again',
  'migrate',
  'migrate-again',
] as const;
export type TaskName = (typeof TASKS)[number];
export type ClientName = 'raw' | 'mailferry' | 'mbsync';

export interface Row {
  task: TaskName;
  client: ClientName;
  outcome: Outcome;
  /** Why the run does not count; null: it moved everything. */
  failed: string | null;
}

export interface Bench {
  world: World;
  rawBinary: string | null;
  withMbsync: boolean;
}

/** One round over all tasks. */
export async function runRound(
  { world, rawBinary, withMbsync }: Bench,
  tasks: ReadonlySet<TaskName>,
  told: (row: Row) => void,
): Promise<void> {
  const { corpus, source } = world;
  const at = (name: string): string => path.join(world.folder, name);
  fs.rmSync(world.folder, { recursive: true, force: true });
  fs.mkdirSync(at('raw'), { recursive: true });
  const env = { BENCH_PW: source.password };
  const password = ['--password-env', 'BENCH_PW'];
  const tell = (task: TaskName, client: ClientName, outcome: Outcome, expected: number | null): void => {
    if (!tasks.has(task)) return;
    const complaint = outcome.code !== 0 ? `exit code ${outcome.code}: ${outcome.stderr.slice(-300)}` : null;
    const short =
      expected !== null && outcome.messages !== expected ? `${outcome.messages} of ${expected} messages` : null;
    told({ task, client, outcome, failed: complaint ?? short });
  };
  const all = corpus.messages;

  if (rawBinary) tell('backup', 'raw', await raw(rawBinary, world, source, ['fetch', at('raw')]), all);
  tell('backup', 'mailferry', await mailferry(['backup', url(world, source), at('mbox'), ...password], env), all);
  const pull = (): Promise<Outcome> => mbsync(world, { user: source }, { maildir: at('maildir') }, at('mbsync'));
  if (withMbsync) tell('backup', 'mbsync', await pull(), all);
  fs.rmSync(at('raw'), { recursive: true });

  if (tasks.has('backup-eml')) {
    tell(
      'backup-eml',
      'mailferry',
      await mailferry(['backup', url(world, source), at('eml'), '--layout', 'eml', ...password], env),
      all,
    );
    fs.rmSync(at('eml'), { recursive: true });
  }
  if (tasks.has('backup-again')) {
    if (rawBinary) tell('backup-again', 'raw', await raw(rawBinary, world, source, ['status']), corpus.mailboxes);
    tell(
      'backup-again',
      'mailferry',
      await mailferry(['backup', url(world, source), at('mbox'), ...password], env),
      all,
    );
    if (withMbsync) tell('backup-again', 'mbsync', await pull(), all);
  }
  if (tasks.has('verify')) tell('verify', 'mailferry', await mailferry(['verify', at('mbox')], {}), all);
  await restoreTasks({ world, rawBinary, withMbsync }, tasks, tell);
  await migrateTasks({ world, rawBinary, withMbsync }, tasks, tell);
}

type Tell = (task: TaskName, client: ClientName, outcome: Outcome, expected: number | null) => void;

async function restoreTasks(
  { world, rawBinary, withMbsync }: Bench,
  tasks: ReadonlySet<TaskName>,
  tell: Tell,
): Promise<void> {
  if (!tasks.has('restore') && !tasks.has('restore-again')) return;
  const { corpus } = world;
  if (rawBinary)
    await withTarget(
      world,
      async (target) =>
        void tell(
          'restore',
          'raw',
          await counted(world, target, await raw(rawBinary, world, target, ['append', corpus.folder])),
          corpus.messages,
        ),
    );
  await withTarget(world, async (target) => {
    const args = [
      'restore',
      path.join(world.folder, 'mbox'),
      url(world, target),
      '--password-env',
      'BENCH_PW',
      '--state',
      path.join(world.folder, 'state'),
      '--proof',
      'sizes',
    ];
    const env = { BENCH_PW: target.password };
    tell('restore', 'mailferry', await counted(world, target, await mailferry(args, env)), corpus.messages);
    if (tasks.has('restore-again')) tell('restore-again', 'mailferry', await mailferry(args, env), corpus.messages);
  });
  if (withMbsync) {
    await withTarget(world, async (target) => {
      const outcome = await mbsync(
        world,
        { maildir: path.join(world.folder, 'maildir') },
        { user: target },
        path.join(world.folder, 'push'),
      );
      tell('restore', 'mbsync', await counted(world, target, outcome), corpus.messages);
    });
  }
}

async function migrateTasks({ world, withMbsync }: Bench, tasks: ReadonlySet<TaskName>, tell: Tell): Promise<void> {
  if (!tasks.has('migrate') && !tasks.has('migrate-again')) return;
  const { corpus, source } = world;
  await withTarget(world, async (target) => {
    const passwords = ['--source-password-env', 'BENCH_S', '--target-password-env', 'BENCH_T'];
    const args = [
      'migrate',
      url(world, source),
      url(world, target),
      ...passwords,
      '--state',
      path.join(world.folder, 'state2'),
      '--proof',
      'sizes',
    ];
    const env = { BENCH_S: source.password, BENCH_T: target.password };
    tell('migrate', 'mailferry', await counted(world, target, await mailferry(args, env)), corpus.messages);
    if (tasks.has('migrate-again')) tell('migrate-again', 'mailferry', await mailferry(args, env), corpus.messages);
  });
  if (withMbsync) {
    await withTarget(world, async (target) => {
      tell(
        'migrate',
        'mbsync',
        await counted(
          world,
          target,
          await mbsync(world, { user: source }, { user: target }, path.join(world.folder, 'copy')),
        ),
        corpus.messages,
      );
    });
  }
}

async function withTarget(world: World, body: (target: TestUser) => Promise<void>): Promise<void> {
  const target = await world.target();
  await body(target);
  world.drop(target);
}

/** What the server says, not what the client says. */
async function counted(world: World, target: TestUser, outcome: Outcome): Promise<Outcome> {
  const imap = await RawImap.signIn(world.server, target);
  let messages = 0;
  for (const { path: mailbox } of await imap.list()) messages += (await imap.select(mailbox)).exists;
  await imap.close();
  return { ...outcome, messages };
}
