/** The two providers of the demo: an old one with German folders and dots, a new one with English folders and slashes. */
import { randomBytes } from 'node:crypto';
import type { AccountAccess } from '../engine/engine.ts';
import { loadSampleMailbox } from './sample/load-sample-mailbox.ts';
import type { DemoAccount } from './server/account.ts';
import type { DemoServer } from './server/options.ts';
import { startDemoServer } from './server/start-demo-server.ts';

export interface DemoProvider {
  server: DemoServer;
  account: DemoAccount;
  user: string;
  password: string;
  access: AccountAccess;
  url: string;
}

export interface DemoProviders {
  old: DemoProvider;
  new: DemoProvider;
  stop(): Promise<void>;
}

export async function startProviders(): Promise<DemoProviders> {
  const old = await startProvider('jette@old.example.org', { delimiter: '.' });
  loadSampleMailbox(old.account);
  const fresh = await startProvider('jette@new.example.net', {});
  for (const [name, specialUse] of [
    ['Sent', '\\Sent'],
    ['Drafts', '\\Drafts'],
    ['Trash', '\\Trash'],
    ['Junk', '\\Junk'],
  ] as const) {
    fresh.account.ensure([name], { specialUse: [specialUse] });
  }
  return {
    old,
    new: fresh,
    stop: async () => {
      await Promise.all([old.server.stop(), fresh.server.stop()]);
    },
  };
}

async function startProvider(user: string, options: { delimiter?: string }): Promise<DemoProvider> {
  const password = randomBytes(12).toString('base64url');
  const server = await startDemoServer({ users: [{ name: user, password }], ...options });
  return {
    server,
    account: server.account(user),
    user,
    password,
    access: {
      account: { user, endpoint: { host: '127.0.0.1', port: server.port, security: 'none' } },
      credential: async () => ({ password }),
    },
    url: `imap+insecure://${encodeURIComponent(user)}@127.0.0.1:${server.port}`,
  };
}
