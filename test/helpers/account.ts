/** Engine-side access to users of test servers, and what an observer sees of them. */
import { Engine, type AccountAccess } from '../../electron/engine/engine.ts';
import { silentLog } from '../../electron/engine/ports.ts';
import { systemClock } from '../../electron/node/clock.ts';
import { RawImap, type RawMessage } from './imap-raw.ts';
import type { TestServer, TestUser } from './servers/server.ts';

export function accessTo(server: Pick<TestServer, 'port'>, user: TestUser): AccountAccess {
  return {
    account: { user: user.name, endpoint: { host: '127.0.0.1', port: server.port, security: 'none' } },
    credential: async () => ({ password: user.password }),
  };
}

export function testEngine(stateFolder: string): Engine {
  return new Engine({ clock: systemClock, log: silentLog, stateFolder });
}

export interface ObservedMailbox {
  path: string;
  uidValidity: number;
  messages: RawMessage[];
}

/** Every mailbox that can be selected, with every message, seen by the raw client alone. */
export async function observe(server: TestServer, user: TestUser): Promise<Map<string, ObservedMailbox>> {
  const imap = await RawImap.signIn(server, user);
  const seen = new Map<string, ObservedMailbox>();
  for (const { path, attributes } of await imap.list()) {
    if (attributes.some((a) => /^\\(noselect|nonexistent)$/i.test(a))) continue;
    const { uidValidity } = await imap.select(path);
    seen.set(path, { path, uidValidity, messages: await imap.fetchAll() });
  }
  await imap.close();
  return seen;
}

/** As the engine has them: sorted, without `\Recent`. */
export function plainFlags(flags: readonly string[]): string[] {
  return flags.filter((f) => f.toLowerCase() !== '\\recent').sort();
}
