/** The loops that a script with imapflow has: one message after another. */
import fs from 'node:fs';
import path from 'node:path';
import { bury } from '../bury.ts';
import type { TestUser } from '../../helpers/servers/server.ts';
import type { Attempt, Client } from '../client.ts';
import { countAccount, countEml, shortfall } from '../counts.ts';
import { isFar, SAMPLE_MESSAGES, type World } from '../world.ts';
import { ended } from './mailferry.ts';

export function imapflowClient(version: string, withAppend: boolean): Client {
  const script = path.join(import.meta.dirname, '../raw/imapflow-loop.ts');
  const command = (world: World, user: TestUser, args: string[]): Pick<Attempt, 'command' | 'args' | 'env'> => ({
    command: process.execPath,
    args: [script, String(world.port), user.name, user.password, ...args],
    env: caOf(world),
  });
  const client: Client = {
    name: 'imapflow',
    description: `${version}, no COMPRESS; a loop to .eml files, a loop of append()`,
    tasks: {
      backup: {
        prepare: ({ world, folder }) => {
          const to = path.join(folder, 'eml');
          fs.mkdirSync(to);
          return {
            ...command(world, world.source, ['fetch', to]),
            check: (result) => ended(result) ?? shortfall(countEml(to), world.corpus),
            tidy: () => bury(to),
          };
        },
      },
    },
  };
  if (withAppend) {
    client.tasks.restore = {
      once: true,
      prepare: async ({ world, target }) => {
        const user = await target('restore');
        // A round trip or two for each message: 50,000 of them would take an hour.
        const part = isFar(world) ? (await world.sample(SAMPLE_MESSAGES)).corpus : world.corpus;
        return {
          ...command(world, user, ['append', part.folder]),
          ...(part === world.corpus ? {} : { sampleOf: part.messages }),
          check: async (result) => ended(result) ?? shortfall(await countAccount(world, user), part),
        };
      },
    };
  }
  return client;
}

export const caOf = ({ tls, server }: World): Record<string, string> =>
  tls ? { BENCH_CA: server.certificate!.certPath } : {};
