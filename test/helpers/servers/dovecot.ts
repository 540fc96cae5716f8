import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { selfSigned, type Certificate } from '../certificates.ts';
import { freePorts } from '../free-port.ts';
import { launch, makeRunFolder, newUser, removeRunFolder, runAs, readLog } from './process.ts';
import type { TestServer } from './server.ts';

export interface DovecotOptions {
  format?: 'maildir' | 'mdbox' | 'sdbox';
  /** Storage for each user, such as `20K` or `10M`. */
  quota?: string;
  /** Hierarchy delimiter; Dovecot's own choice is `.` for maildir and `/` for dbox. */
  separator?: string;
  /** Prefix of the personal name space, such as `INBOX.` */
  prefix?: string;
  /** A certificate of your own, such as an expired one; false: no TLS at all. */
  tls?: Certificate | false;
  /** Further lines of dovecot.conf. */
  config?: string;
}

/** Dovecot with a configuration, users and ports of its own; the system's is neither read nor touched. */
export async function startDovecot(options: DovecotOptions = {}): Promise<TestServer> {
  const folder = makeRunFolder('dc');
  const [port, tlsPort] = (await freePorts(2)) as [number, number];
  const certificate = options.tls === false ? null : (options.tls ?? selfSigned(join(folder, 'tls')));
  const { uid, gid } = runAs();
  for (const name of ['run', 'home', 'users']) mkdirSync(join(folder, name), { recursive: true });
  chownSync(join(folder, 'home'), uid, gid);
  const configPath = join(folder, 'dovecot.conf');
  writeFileSync(configPath, configuration(folder, port, certificate ? tlsPort : 0, certificate, options));
  const logPath = join(folder, 'log');
  const args = ['-F', '-c', configPath];
  const running = await launch({ file: '/usr/sbin/dovecot', args, logPath, port, stopSignal: 'SIGKILL' });
  return {
    kind: 'dovecot',
    host: '127.0.0.1',
    port,
    tlsPort: certificate ? tlsPort : null,
    certificate,
    pid: running.pid,
    folder,
    async user(name) {
      const user = newUser(name);
      const fields = [user.name, `{PLAIN}${user.password}`, uid, gid, '', `${folder}/home/${user.name}`];
      writeFileSync(join(folder, 'users', user.name), `${fields.join(':')}\n`);
      return user;
    },
    log: () => readLog(logPath),
    async stop() {
      await running.stop();
      removeRunFolder(folder);
    },
  };
}

function configuration(
  folder: string,
  port: number,
  tlsPort: number,
  certificate: Certificate | null,
  options: DovecotOptions,
): string {
  const { isRoot } = runAs();
  const user = isRoot ? 'nobody' : userInfo().username;
  const group = isRoot ? 'nogroup' : execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
  const tls = certificate
    ? `ssl = yes\nssl_cert = <${certificate.certPath}\nssl_key = <${certificate.keyPath}`
    : 'ssl = no';
  return `
base_dir = ${folder}/run
state_dir = ${folder}/run
protocols = imap
listen = 127.0.0.1
log_path = ${folder}/log
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
last_valid_uid = 0
mail_location = ${options.format ?? 'maildir'}:~/mail
mail_max_userip_connections = 100
${tls}
disable_plaintext_auth = no
auth_mechanisms = plain login
# A wrong password answers at once: tests need not wait out a defence against guessing.
auth_failure_delay = 0
# A file for each user: Dovecot looks at a file that it knows at most once a second.
passdb {
  driver = passwd-file
  args = ${folder}/users/%u
}
userdb {
  driver = passwd-file
  args = ${folder}/users/%u
}
namespace inbox {
  inbox = yes
  ${options.separator ? `separator = ${options.separator}` : ''}
  ${options.prefix ? `prefix = "${options.prefix}"` : ''}
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
  chroot =
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
${options.quota ? quotaConfiguration(options.quota) : ''}
${options.config ?? ''}
`;
}

function quotaConfiguration(limit: string): string {
  return `
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User
  quota_vsizes = yes
  quota_rule = *:storage=${limit}
  quota_grace = 0
}
`;
}
