/** What a benchmark runs against: a private Dovecot on 127.0.0.1, the corpus as one of its users, a line, fresh targets. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { bury } from './bury.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { startDovecot } from '../helpers/servers/dovecot.ts';
import { runAs } from '../helpers/servers/process.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';
import { makeSample, type Corpus } from './corpus.ts';
import { startLine, type LineProcess } from './line/line-process.ts';
import { LINES, SERVERS, type BenchSet, type ServerName } from './sets.ts';

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
protocol imap {
  mail_plugins = zlib imap_zlib
}
`;

/** What Dovecot 2.3 offers once signed in; for servers that are to offer less. */
const CAPABILITIES =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS THREAD=ORDEREDSUBJECT ' +
  'MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ' +
  'ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE ' +
  'SAVEDATE LITERAL+ NOTIFY SPECIAL-USE COMPRESS=DEFLATE';

export interface World {
  server: TestServer;
  corpus: Corpus;
  /** Where clients connect: the server's own port, or that of the line. */
  port: number;
  /** Clients come by TLS, from the first octet. */
  tls: boolean;
  offers: ServerName;
  /** null: nothing is between client and server. */
  line: LineProcess | null;
  /** Has the corpus. */
  source: TestUser;
  /** A part of the corpus, for those that would take too long with all of it, and a user who has it. */
  sample(messages: number): Promise<{ corpus: Corpus; user: TestUser }>;
  /** A new empty user. */
  target(): Promise<TestUser>;
  /** Removes a target's mail, so that the disk does not fill up over the runs. */
  drop(user: TestUser): void;
  /** Of every hundredth message at the source. @returns how many have other flags now */
  changeFlags(): Promise<number>;
  stop(): Promise<void>;
}

/** What a client moves that takes a round trip or more for each message. */
export const SAMPLE_MESSAGES = 500;

export const isFar = ({ line }: World): boolean => line !== null;

/** @param scratch for samples, on the disk of the corpus; the caller removes it */
export async function openWorld(corpus: Corpus, set: BenchSet, scratch: string): Promise<World> {
  const { server: offers, targets } = set;
  const { tls, ...speed } = LINES[set.line];
  const withTls = tls ? {} : ({ tls: false } as const);
  const config = SERVER_CONFIG + hiding(SERVERS[offers].hides);
  const server = await startDovecot({ format: corpus.store, separator: '/', ...withTls, config });
  const line = speed.rttMs > 0 ? await startLine(server.port, speed) : null;
  const homeOf = ({ name }: TestUser): string => path.join(server.folder, 'home', name);
  const userWith = async (folder: string): Promise<TestUser> => {
    const user = await server.user();
    const { uid, gid, isRoot } = runAs();
    const mail = path.join(homeOf(user), 'mail');
    fs.mkdirSync(homeOf(user), { recursive: true });
    if (corpus.store === 'mdbox') execFileSync('cp', ['-a', folder, mail]);
    else fs.symlinkSync(folder, mail);
    if (isRoot) fs.chownSync(homeOf(user), uid, gid);
    return user;
  };
  const source = await userWith(corpus.folder);
  let sampled: { corpus: Corpus; user: TestUser } | null = null;
  let hasKeyword = false;
  return {
    server,
    corpus,
    port: line?.port ?? (tls ? server.tlsPort! : server.port),
    tls,
    offers,
    line,
    source,
    async sample(messages) {
      if (sampled) return sampled;
      const part = makeSample(corpus, path.join(scratch, 'sample'), messages);
      sampled = { corpus: part, user: await userWith(part.folder) };
      return sampled;
    },
    async target() {
      const user = await server.user();
      // Of passwd-file: after the home there is the shell, then what is for Dovecot alone.
      const file = path.join(server.folder, 'users', user.name);
      if (targets) fs.writeFileSync(file, `${fs.readFileSync(file, 'utf8').trim()}::userdb_mail=${targets}:~/mail\n`);
      return user;
    },
    drop: (user) => bury(homeOf(user)),
    async changeFlags() {
      hasKeyword = !hasKeyword;
      return changeHundredth(server, source, hasKeyword ? '+FLAGS ($Label5)' : '-FLAGS ($Label5)');
    },
    async stop() {
      await line?.stop();
      await server.stop();
    },
  };
}

function hiding(hidden: readonly string[]): string {
  if (hidden.length === 0) return '';
  const offered = CAPABILITIES.split(' ').filter((name) => !hidden.includes(name));
  return `protocol imap {\n  imap_capability = ${offered.join(' ')}\n}\n`;
}

async function changeHundredth(server: TestServer, user: TestUser, change: string): Promise<number> {
  const imap = await RawImap.signIn(server, user);
  const { exists } = await imap.select('INBOX');
  const uids = Array.from({ length: Math.floor(exists / 100) }, (_, n) => (n + 1) * 100);
  const { status, text } = await imap.store(uids.join(','), change);
  await imap.close();
  if (status !== 'OK') throw new Error(`Flags could not be changed: ${text}`);
  return uids.length;
}
