/** What a benchmark runs against: a private Dovecot on 127.0.0.1, the corpus as one of its users, and fresh targets. */
import fs from 'node:fs';
import path from 'node:path';
import { startDovecot } from '../helpers/servers/dovecot.ts';
import { runAs } from '../helpers/servers/process.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';
import type { Corpus } from './corpus.ts';

/** As a provider's server behaves whose disks keep up: the client under test is what is measured. */
const SERVER_CONFIG = `
mail_fsync = never
mail_save_crlf = yes
maildir_very_dirty_syncs = yes
mail_max_userip_connections = 1000
default_vsz_limit = 2G
service imap {
  process_limit = 500
}
service imap-login {
  service_count = 0
  process_min_avail = 1
}
`;

export interface World {
  server: TestServer;
  corpus: Corpus;
  /** Clients come by TLS, from the first octet. */
  tls: boolean;
  /** Has the corpus. */
  source: TestUser;
  /** A new empty user. */
  target(): Promise<TestUser>;
  /** Removes a target's mail, so that the disk does not fill up over the runs. */
  drop(user: TestUser): void;
  stop(): Promise<void>;
}

export async function openWorld(corpus: Corpus, tls: boolean): Promise<World> {
  const withTls = tls ? {} : ({ tls: false } as const);
  const server = await startDovecot({ format: 'maildir', separator: '/', ...withTls, config: SERVER_CONFIG });
  const homeOf = ({ name }: TestUser): string => path.join(server.folder, 'home', name);
  const source = await server.user();
  const { uid, gid, isRoot } = runAs();
  fs.mkdirSync(homeOf(source), { recursive: true });
  if (isRoot) fs.chownSync(homeOf(source), uid, gid);
  fs.symlinkSync(corpus.folder, path.join(homeOf(source), 'mail'));
  return {
    server,
    corpus,
    tls,
    source,
    target: () => server.user(),
    drop: (user) => fs.rmSync(homeOf(user), { recursive: true, force: true }),
    stop: () => server.stop(),
  };
}
