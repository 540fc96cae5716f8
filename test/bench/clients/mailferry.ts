/** The built command line, with checksums, journal and every fsync on: as users run it. */
import fs from 'node:fs';
import path from 'node:path';
import type { TestUser } from '../../helpers/servers/server.ts';
import type { Attempt, Client, Stage } from '../client.ts';
import { countAccount, countEml, countMbox, shortfall, type Found } from '../counts.ts';
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
    const { world, folder } = stage;
    const archive = path.join(folder, layout);
    const args = ['backup', urlOf(world, world.source), archive, '--layout', layout, '--password-env', 'BENCH_A'];
    return {
      ...command([...args, ...trust(world, ''), '--json'], { BENCH_A: world.source.password }),
      check: (result) => told(result, 'stored', world) ?? shortfall(count(path.join(archive, 'mail')), world.corpus),
    };
  };

  const restore = async (stage: Stage): Promise<Pick<Attempt, 'command' | 'args' | 'env'>> => {
    const { world, folder } = stage;
    const target = await stage.target('restore');
    const url = urlOf(world, target);
    const state = path.join(folder, 'restore-state');
    const args = ['restore', path.join(folder, 'mbox'), url, '--password-env', 'BENCH_A', '--state', state];
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
          tidy: () => fs.rmSync(path.join(stage.folder, 'eml'), { recursive: true, force: true }),
        }),
      },
      'backup-again': {
        needs: 'backup',
        prepare: (stage) => {
          const attempt = backup(stage, 'mbox', countMbox);
          const { world, folder } = stage;
          const still = (): string | null => shortfall(countMbox(path.join(folder, 'mbox/mail')), world.corpus);
          return { ...attempt, check: (result) => told(result, 'duplicate', world) ?? still() };
        },
      },
      verify: {
        needs: 'backup',
        prepare: ({ world, folder }) => ({
          ...command(['verify', path.join(folder, 'mbox'), '--json']),
          check: (result) => told(result, 'stored', world),
        }),
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

const urlOf = ({ server, tls }: World, { name }: TestUser): string =>
  tls ? `imaps://${name}@127.0.0.1:${server.tlsPort}` : `imap+insecure://${name}@127.0.0.1:${server.port}`;

const trust = ({ server, tls }: World, role: '' | 'source-' | 'target-'): string[] =>
  tls ? [`--${role}tls-ca`, server.certificate!.certPath] : [];

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
