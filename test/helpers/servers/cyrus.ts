import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { selfSigned, type Certificate } from '../certificates.ts';
import { freePorts } from '../free-port.ts';
import { launch, makeRunFolder, newUser, removeRunFolder, runAs, readLog } from './process.ts';
import type { TestServer, TestUser } from './server.ts';
import { libraryFolders, rootFor, run } from './unpacked.ts';

export interface CyrusOptions {
  /** APPEND of more is refused; 0 (the default): no limit. */
  maxMessageBytes?: number;
  /** KiB for each user; default: none. */
  quotaKb?: number;
  /** Personal mailboxes beside INBOX rather than below it; Cyrus's own default since 3.0 is true. */
  altNamespace?: boolean;
  /** `/` as delimiter instead of `.`; Cyrus's own default since 3.0 is true. */
  unixSeparator?: boolean;
  /** Replace 8-bit octets in headers by X, as Cyrus does unless told otherwise. */
  munge8bit?: boolean;
  /** Refuse messages with 8-bit octets in the header. */
  reject8bit?: boolean;
  tls?: Certificate;
}

/** Cyrus IMAP from unpacked Debian packages; the system's own, if any, is neither read nor touched. */
export async function startCyrus(options: CyrusOptions = {}): Promise<TestServer> {
  const folder = makeRunFolder('cy');
  const root = rootFor('cyrus', folder);
  const libraries = libraryFolders(root);
  const env = {
    LD_LIBRARY_PATH: libraries.join(':'),
    SASL_PATH: libraries.map((path) => join(path, 'sasl2')).join(':'),
  };
  const [port, tlsPort] = (await freePorts(2)) as [number, number];
  for (const name of ['conf', 'spool', 'sock']) mkdirSync(join(folder, name));
  const certificate = options.tls ?? selfSigned(join(folder, 'tls'));
  writeFileSync(join(folder, 'imapd.conf'), imapdConfiguration(folder, certificate, options));
  writeFileSync(join(folder, 'cyrus.conf'), cyrusConfiguration(folder, root, port, tlsPort));
  addUser(folder, root, env, newUser());
  giveAway(folder);
  const logPath = join(folder, 'log');
  const args = ['-C', `${folder}/imapd.conf`, '-M', `${folder}/cyrus.conf`, '-p', `${folder}/conf/pid`, '-l', '32'];
  const running = await launch({ file: join(root, 'usr/lib/cyrus/bin/master'), args, logPath, port, env });
  return {
    kind: 'cyrus',
    host: '127.0.0.1',
    port,
    tlsPort,
    certificate,
    pid: running.pid,
    folder,
    async user(name) {
      const user = newUser(name);
      addUser(folder, root, env, user);
      return user;
    },
    log: () => readLog(logPath),
    async stop() {
      await running.stop();
      removeRunFolder(folder);
    },
  };
}

/** INBOX is made by the first login (autocreate). */
function addUser(folder: string, root: string, env: Record<string, string>, user: TestUser): void {
  const args = ['-p', '-c', '-f', `${folder}/sasldb2`, '-u', 'localhost', user.name];
  run(join(root, 'usr/sbin/saslpasswd2'), args, `${user.password}\n`, env);
}

function giveAway(folder: string): void {
  const { uid, gid } = runAs();
  const give = (path: string): void => chownSync(path, uid, gid);
  give(folder);
  for (const name of ['conf', 'spool', 'sock', 'sasldb2']) give(join(folder, name));
  const tls = join(folder, 'tls');
  for (const name of readdirSync(tls)) give(join(tls, name));
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

function imapdConfiguration(folder: string, certificate: Certificate, options: CyrusOptions): string {
  const { isRoot } = runAs();
  const group = isRoot ? 'nogroup' : execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  return `
configdirectory: ${folder}/conf
partition-default: ${folder}/spool
defaultpartition: default
cyrus_user: ${isRoot ? 'nobody' : userInfo().username}
cyrus_group: ${group}
servername: localhost
altnamespace: ${yesNo(options.altNamespace ?? false)}
unixhierarchysep: ${yesNo(options.unixSeparator ?? false)}
allowplaintext: yes
failedloginpause: 0
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: ${folder}/sasldb2
sasl_mech_list: PLAIN LOGIN
defaultdomain: localhost
virtdomains: off
autocreate_quota: ${options.quotaKb ?? 0}
autocreate_post: yes
syslog_prefix: mailferry-test
idlesocket: ${folder}/sock/idle
lmtpsocket: ${folder}/sock/lmtp
notifysocket: ${folder}/sock/notify
tls_server_cert: ${certificate.certPath}
tls_server_key: ${certificate.keyPath}
reject8bit: ${yesNo(options.reject8bit ?? false)}
munge8bit: ${yesNo(options.munge8bit ?? true)}
maxmessagesize: ${options.maxMessageBytes ?? 0}
duplicatesuppression: no
conversations: no
`;
}

function cyrusConfiguration(folder: string, root: string, port: number, tlsPort: number): string {
  const bin = `${root}/usr/lib/cyrus/bin`;
  const config = `-C ${folder}/imapd.conf`;
  return `
START {
  recover cmd="${bin}/ctl_cyrusdb ${config} -r"
}
SERVICES {
  imap  cmd="${bin}/imapd ${config} -U 30" listen="127.0.0.1:${port}" prefork=0 maxchild=50
  imaps cmd="${bin}/imapd ${config} -s -U 30" listen="127.0.0.1:${tlsPort}" prefork=0 maxchild=20
}
EVENTS {
}
`;
}
