/** isync's mbsync, whose pipeline is as deep as may be. Tuned: no fsync, no COMPRESS, with which it is slower here. */
import fs from 'node:fs';
import path from 'node:path';
import type { TestUser } from '../../helpers/servers/server.ts';
import type { Attempt, Client, Stage } from '../client.ts';
import { SHAPES } from '../corpus-shapes.ts';
import { countAccount, countMaildir, shortfall } from '../counts.ts';
import type { World } from '../world.ts';
import { ended } from './mailferry.ts';

interface Sides {
  far: TestUser | string;
  near: TestUser | string;
  /** Which of the two has the mail already. */
  name: string;
}

export function mbsyncClient(name: 'mbsync' | 'mbsync-default', version: string): Client {
  const isTuned = name === 'mbsync';
  const run = ({ world, folder, base }: Stage, sides: Sides): Pick<Attempt, 'command' | 'args'> => {
    const state = path.join(sides.name === 'pull' ? base : folder, sides.name);
    fs.mkdirSync(state, { recursive: true });
    const file = path.join(state, 'mbsyncrc');
    fs.writeFileSync(file, configuration(world, sides, state, isTuned), { mode: 0o600 });
    return { command: 'mbsync', args: ['-q', '-c', file, '-a'] };
  };
  const maildirOf = ({ base }: Stage): string => path.join(base, 'maildir');
  const pull = (stage: Stage): Attempt => {
    const { corpus, source } = stage.world;
    const { part } = SHAPES[corpus.name];
    return {
      ...run(stage, { far: source, near: maildirOf(stage), name: 'pull' }),
      ...(part ? { sampleOf: part.messages } : {}),
      check: (result) => ended(result) ?? shortfall(countMaildir(maildirOf(stage)), { ...corpus, ...part }),
    };
  };
  const into = async (stage: Stage, far: TestUser | string, name: string): Promise<Attempt> => {
    const near = await stage.target(name);
    const { world } = stage;
    return {
      ...run(stage, { far, near, name }),
      // It puts a header of its own, X-TUID, into each message that it uploads: octets cannot be compared.
      check: async (result) =>
        ended(result) ?? shortfall({ ...(await countAccount(world, near)), bytes: null }, world.corpus),
    };
  };
  const push = (stage: Stage): Promise<Attempt> => into(stage, maildirOf(stage), 'restore');
  const copy = (stage: Stage): Promise<Attempt> => into(stage, stage.world.source, 'migrate');

  if (!isTuned) {
    return {
      name,
      description: `${version}, as it comes: fsync and COMPRESS`,
      tasks: { backup: { once: true, prepare: pull } },
    };
  }
  return {
    name,
    description: `${version}, FSync no, no COMPRESS`,
    tasks: {
      backup: { prepare: pull },
      'backup-again': { needs: 'backup', prepare: pull },
      restore: { needs: 'backup', prepare: push },
      'restore-again': { needs: 'restore', prepare: push },
      migrate: { prepare: copy },
      'migrate-again': { needs: 'migrate', prepare: copy },
    },
  };
}

function configuration(world: World, { far, near }: Sides, state: string, isTuned: boolean): string {
  const store = (name: string, side: TestUser | string): string => {
    if (typeof side === 'string') return `MaildirStore ${name}\nInbox ${side}\nSubFolders Maildir++\n\n`;
    const access = `Host 127.0.0.1\nPort ${world.port}\nUser ${side.name}\nPass ${side.password}\n`;
    const tuning = isTuned ? 'DisableExtension COMPRESS=DEFLATE\n' : '';
    return `IMAPStore ${name}\n${access}SSLType None\nAuthMechs LOGIN\n${tuning}\n`;
  };
  const { pattern } = SHAPES[world.corpus.name].part ?? { pattern: '*' };
  const sync = `Patterns "${pattern}"\nCreate Near\nSync Pull\nCopyArrivalDate yes\nSyncState ${state}/\n`;
  const fsync = isTuned ? 'FSync no\n\n' : '';
  return `${fsync}${store('far', far)}${store('near', near)}Channel all\nFar :far:\nNear :near:\n${sync}`;
}
