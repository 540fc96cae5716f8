/** What a script with imapflow does: a loop that fetches into .eml files, a loop that appends one after another. */
import fs from 'node:fs';
import path from 'node:path';
import type { TestUser } from '../../helpers/servers/server.ts';
import type { Attempt, Client } from '../client.ts';
import { countAccount, countEml, shortfall } from '../counts.ts';
import type { World } from '../world.ts';
import { ended } from './mailferry.ts';

export function imapflowClient(version: string, withAppend: boolean): Client {
  const script = path.join(import.meta.dirname, '../raw/imapflow-loop.ts');
  const command = (world: World, user: TestUser, args: string[]): Pick<Attempt, 'command' | 'args'> => ({
    command: process.execPath,
    args: [script, String(world.server.port), user.name, user.password, ...args],
  });
  const client: Client = {
    name: 'imapflow',
    description: `${version}, a loop to .eml files, a loop of append()`,
    tasks: {
      backup: {
        prepare: ({ world, folder }) => {
          const to = path.join(folder, 'eml');
          fs.mkdirSync(to);
          return {
            ...command(world, world.source, ['fetch', to]),
            check: (result) => ended(result) ?? shortfall(countEml(to), world.corpus),
            tidy: () => fs.rmSync(to, { recursive: true, force: true }),
          };
        },
      },
    },
  };
  if (withAppend) {
    client.tasks.restore = {
      prepare: async ({ world, target }) => {
        const user = await target('restore');
        return {
          ...command(world, user, ['append', world.corpus.folder]),
          check: async (result) => ended(result) ?? shortfall(await countAccount(world, user), world.corpus),
        };
      },
    };
  }
  return client;
}
