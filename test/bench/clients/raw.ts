/** The limit: as little work as a client can do on a socket. raw/rawimap.c where there is a compiler, else its twin in Node. */
import fs from 'node:fs';
import path from 'node:path';
import { bury } from '../bury.ts';
import type { TestUser } from '../../helpers/servers/server.ts';
import type { Attempt, Client, Stage } from '../client.ts';
import { countAccount, countFiles, filesBelow, shortfall } from '../counts.ts';
import type { Measured } from '../measure.ts';
import { SERVERS } from '../sets.ts';
import type { World } from '../world.ts';
import { caOf } from './imapflow.ts';
import { ended } from './mailferry.ts';

/** @param binary raw/rawimap.c, built; null: the client in Node */
export function rawClient(name: 'raw' | 'raw-node', binary: string | null): Client {
  const script = path.join(import.meta.dirname, '../raw/raw-imap.ts');
  const command = (world: World, user: TestUser, args: string[]): Pick<Attempt, 'command' | 'args' | 'env'> => {
    const all = [String(world.port), user.name, user.password, ...args];
    const inNode = { command: process.execPath, args: [script, ...all], env: caOf(world) };
    return binary === null || world.tls ? inNode : { command: binary, args: all };
  };
  const status = (world: World, user: TestUser): Attempt => ({
    ...command(world, user, ['status']),
    check: (result) => ended(result) ?? wrongCount(result, world.corpus.mailboxes, 'mailboxes'),
  });

  return {
    name,
    description: `${binary === null ? 'plain Node' : 'C'}; no checksums, no fsync, one file for each mailbox, the best APPEND that the server offers; by TLS: plain Node`,
    tasks: {
      backup: {
        prepare: ({ world, folder }) => {
          const to = path.join(folder, 'raw');
          fs.mkdirSync(to);
          return {
            ...command(world, world.source, ['fetch', to]),
            check: (result) => ended(result) ?? wrongFetch(result, to, world),
            tidy: () => bury(to),
          };
        },
      },
      'backup-again': { prepare: ({ world }) => status(world, world.source) },
      restore: {
        prepare: async (stage) => ({
          ...command(stage.world, await stage.target('restore'), [upload(stage.world), stage.world.corpus.folder]),
          check: async (result) => ended(result) ?? (await wrongTarget(stage)),
        }),
      },
      'restore-again': {
        needs: 'restore',
        prepare: async (stage) => status(stage.world, await stage.target('restore')),
      },
    },
  };
}

/** How rawimap.c uploads: MULTIAPPEND, or single ones behind each other, or single ones that wait for the server. */
function upload({ offers }: World): 'append' | 'each' | 'wait' {
  const { hides } = SERVERS[offers];
  const hidden: readonly string[] = hides;
  if (hidden.includes('LITERAL+')) return 'wait';
  return hidden.includes('MULTIAPPEND') ? 'each' : 'append';
}

async function wrongTarget(stage: Stage): Promise<string | null> {
  return shortfall(await countAccount(stage.world, await stage.target('restore')), stage.world.corpus);
}

/** It writes literals and nothing else, so that the octets of its files are those of the messages. */
function wrongFetch(result: Measured, folder: string, { corpus }: World): string | null {
  const { bytes } = countFiles(filesBelow(folder));
  return wrongCount(result, corpus.messages, 'messages') ?? shortfall({ messages: corpus.messages, bytes }, corpus);
}

function wrongCount({ stdout }: Measured, expected: number, what: string): string | null {
  const count = Number(/^messages (\d+)/m.exec(stdout)?.[1] ?? NaN);
  return count === expected ? null : `${count} of ${expected} ${what}`;
}
