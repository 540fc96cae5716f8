/** imapsync, from account to account; it takes several round trips for each message, so it moves a sample. */
import path from 'node:path';
import type { TestUser } from '../../helpers/servers/server.ts';
import type { Attempt, Client, Stage } from '../client.ts';
import { countAccount, shortfall } from '../counts.ts';
import { isFar, SAMPLE_MESSAGES, type World } from '../world.ts';
import { ended } from './mailferry.ts';

/** On a short line; a fixed cost of a second or two would weigh too much in fewer. */
const NEAR_MESSAGES = 2_000;

export function imapsyncClient(version: string): Client {
  const run = async (stage: Stage, purpose: string): Promise<Attempt> => {
    const { world, folder } = stage;
    const { corpus, user } = await world.sample(isFar(world) ? SAMPLE_MESSAGES : NEAR_MESSAGES);
    const target = await stage.target(purpose);
    // Restored is what is at hand: the source is near.
    const sourcePort = purpose === 'restore' ? world.server.port : world.port;
    const sides = [...side('1', user, sourcePort), ...side('2', target, world.port)];
    const quiet = ['--nolog', '--noreleasecheck'];
    const files = ['--pidfile', path.join(folder, 'pid'), '--tmpdir', folder];
    return {
      command: 'imapsync',
      args: [...sides, ...quiet, ...files],
      sampleOf: corpus.messages,
      check: async (result) => ended(result) ?? wrong(await countAccount(world, target), corpus),
    };
  };
  return {
    name: 'imapsync',
    description: `imapsync ${version}, as it comes`,
    tasks: {
      restore: { once: true, prepare: (stage) => run(stage, 'restore') },
      migrate: { once: true, prepare: (stage) => run(stage, 'migrate') },
    },
  };
}

/** By number: what it does to line ends is not judged here. */
const wrong = ({ messages }: { messages: number }, corpus: World['corpus']): string | null =>
  shortfall({ messages, bytes: null }, corpus);

const side = (n: string, { name, password }: TestUser, port: number): string[] => [
  ...[`--host${n}`, '127.0.0.1', `--port${n}`, String(port), `--user${n}`, name, `--password${n}`, password],
  ...[`--nossl${n}`, `--notls${n}`],
];
