/** The built command line, with checksums, journal and every fsync on: as users run it. */
import fs from 'node:fs';
import path from 'node:path';
import { bury } from '../bury.ts';
import type { TestUser } from '../../helpers/servers/server.ts';
import type { Attempt, Client, Stage } from '../client.ts';
import { countAccount, countEml, countMbox, filesBelow, shortfall, type Found } from '../counts.ts';
import type { LineCounts } from '../line/line-notes.ts';
import type { Measured } from '../measure.ts';
import type { World } from '../world.ts';

/** @param flags for Node, such as --cpu-prof */
export function mailferryClient(cli: string, flags: string[] = []): Client {
  const command = (args: string[], env: Record<string, string> = {}): Pick<Attempt, 'command' | 'args' | 'env'> => ({
    command: process.execPath,
    args: [...flags, cli, ...args],
    env,
  });

  const backup = (stage: Stage, layout: 'mbox' | 'eml', count: (folder: string) => Found): Attempt => {
    const { world, base } = stage;
    const archive = path.join(base, layout);
    const args = ['backup', urlOf(world, world.source), archive, '--layout', layout, '--password-env', 'BENCH_A'];
    return {
      ...command([...args, ...trust(world, ''), '--json'], { BENCH_A: world.source.password }),
      check: (result) => told(result, 'stored', world) ?? shortfall(count(path.join(archive, 'mail')), world.corpus),
    };
  };

  const restore = async (stage: Stage): Promise<Pick<Attempt, 'command' | 'args' | 'env'>> => {
    const { world, folder, base } = stage;
    const target = await stage.target('restore');
    const url = urlOf(world, target);
    const state = path.join(folder, 'restore-state');
    const args = ['restore', path.join(base, 'mbox'), url, '--password-env', 'BENCH_A', '--state', state];
    return command([...args, ...trust(world, ''), '--proof', 'sizes', '--json'], { BENCH_A: target.password });
  };

  const migrate = async (stage: Stage): Promise<Pick<Attempt, 'command' | 'args' | 'env'>> => {
    const { world, folder } = stage;
    const target = await stage.target('migrate');
    const passwords = ['--source-password-env', 'BENCH_A', '--target-password-env', 'BENCH_B'];
    const env = { BENCH_A: world.source.password, BENCH_B: target.password };
    const state = path.join(folder, 'migrate-state');
    const args = ['migrate', urlOf(world, world.source), urlOf(world, target), ...passwords, '--state', state];
    const trusted = [...trust(world, 'source-'), ...trust(world, 'target-')];
    return command([...args, ...trusted, '--proof', 'sizes', '--json'], env);
  };

  const arrived = (stage: Stage, purpose: string, counter: 'stored' | 'duplicate'): Attempt['check'] => {
    const { world } = stage;
    return async (result) =>
      told(result, counter, world) ?? shortfall(await countAccount(world, await stage.target(purpose)), world.corpus);
  };

  return {
    name: 'mailferry',
    description: `node ${process.versions.node}, ${path.basename(cli)} as built; checksums, journal and fsync on; --proof sizes`,
    tasks: {
      start: { prepare: () => ({ ...command(['--version']), check: ended }) },
      backup: { prepare: (stage) => backup(stage, 'mbox', countMbox) },
      'backup-eml': {
        prepare: (stage) => ({
          ...backup(stage, 'eml', countEml),
          tidy: () => bury(path.join(stage.base, 'eml')),
        }),
      },
      'backup-again': {
        needs: 'backup',
        prepare: (stage) => {
          const attempt = backup(stage, 'mbox', countMbox);
          const { world, base } = stage;
          const still = (): string | null => shortfall(countMbox(path.join(base, 'mbox/mail')), world.corpus);
          return { ...attempt, check: (result, line) => told(result, 'duplicate', world) ?? opened(line) ?? still() };
        },
      },
      verify: {
        needs: 'backup',
        prepare: ({ world, base }) => ({
          ...command(['verify', path.join(base, 'mbox'), '--json']),
          check: (result) => told(result, 'stored', world),
        }),
      },
      flags: {
        needs: 'backup',
        prepare: async (stage) => {
          const { world, base } = stage;
          const journal = path.join(base, 'mbox/state/journal');
          const before = flagsRecorded(journal);
          const changed = await world.changeFlags();
          const wrong = (): string | null => wrongFlags(flagsRecorded(journal) - before, changed);
          const attempt = backup(stage, 'mbox', countMbox);
          return { ...attempt, check: (result) => told(result, 'duplicate', world) ?? wrong() };
        },
      },
      restore: {
        needs: 'backup',
        prepare: async (stage) => ({ ...(await restore(stage)), check: arrived(stage, 'restore', 'stored') }),
      },
      'restore-again': {
        needs: 'restore',
        prepare: async (stage) => ({ ...(await restore(stage)), check: arrived(stage, 'restore', 'duplicate') }),
      },
      migrate: {
        prepare: async (stage) => ({ ...(await migrate(stage)), check: arrived(stage, 'migrate', 'stored') }),
      },
      'migrate-again': {
        needs: 'migrate',
        prepare: async (stage) => ({ ...(await migrate(stage)), check: arrived(stage, 'migrate', 'duplicate') }),
      },
    },
  };
}

const urlOf = ({ port, tls }: World, { name }: TestUser): string =>
  `${tls ? 'imaps' : 'imap+insecure'}://${name}@127.0.0.1:${port}`;

const trust = ({ server, tls }: World, role: '' | 'source-' | 'target-'): string[] =>
  tls ? [`--${role}tls-ca`, server.certificate!.certPath] : [];

/** A folder in which nothing changed need not be opened. */
function opened(line: LineCounts | null): string | null {
  const { SELECT = 0, EXAMINE = 0 } = line?.commands ?? {};
  return SELECT + EXAMINE === 0 ? null : `${SELECT + EXAMINE} folders were opened though nothing had changed`;
}

/** Messages whose flags the archive's journal says anew; docs/archive-format.md has the form. */
function flagsRecorded(journal: string): number {
  let count = 0;
  for (const file of filesBelow(journal)) {
    for (const [, uids] of fs.readFileSync(file, 'utf8').matchAll(/^\{"type":"flags",.*?"uids":"([\d,:]+)"/gm)) {
      for (const part of uids!.split(',')) {
        const [first, last = first] = part.split(':').map(Number);
        count += last! - first! + 1;
      }
    }
  }
  return count;
}

const wrongFlags = (recorded: number, changed: number): string | null =>
  recorded === changed ? null : `${recorded} flags were recorded where ${changed} had changed`;

export function ended({ code, stderr }: Measured): string | null {
  if (code === 0) return null;
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return `exit code ${code}${last === '' ? '' : `: ${last.slice(0, 300)}`}`;
}

/** @returns what is wrong with the summary; null when it has every message under that counter and none elsewhere */
function told(result: Measured, counter: 'stored' | 'duplicate', { corpus }: World): string | null {
  const bad = ended(result);
  if (bad !== null) return bad;
  const summary = lastLine(result.stdout);
  if (summary === null) return 'the last line was no summary';
  const { state, planned, [counter]: counted } = summary;
  if (state === 'complete' && planned === corpus.messages && counted === planned) return null;
  return `the summary says ${String(state)}, ${String(counted)} ${counter} of ${String(planned)} planned`;
}

function lastLine(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    return value['type'] === 'summary' ? value : null;
  } catch {
    return null;
  }
}
