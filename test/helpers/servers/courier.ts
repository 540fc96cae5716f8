import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { launch, makeRunFolder, newUser, removeRunFolder, runAs, readLog } from './process.ts';
import type { TestServer, TestUser } from './server.ts';
import { run, unpackedRoot } from './unpacked.ts';

export interface CourierOptions {
  /** Octets for each user. */
  quota?: number;
  /** Delete messages in Trash whose INTERNALDATE is older than this at each login; Courier's default is 7. */
  emptyTrashDays?: number;
}

/**
 * Courier IMAP from unpacked Debian packages. Its paths are compiled in, so it runs in a mount namespace with its
 * files laid over /usr and /etc, and in a pid namespace so that one SIGKILL ends all of it. Needs root. No TLS.
 */
export async function startCourier(options: CourierOptions = {}): Promise<TestServer> {
  const root = unpackedRoot('courier');
  if (!root) throw new Error('courier is not unpacked: run `npm run setup`.');
  const folder = makeRunFolder('co');
  const { uid, gid } = runAs();
  const port = await freePort();
  for (const name of ['home', 'over']) mkdirSync(join(folder, name));
  const script = join(folder, 'inside.sh');
  writeFileSync(script, insideScript(folder, root, port, options));
  const args = ['-m', '-p', '-f', '--kill-child', 'bash', script];
  const logPath = join(folder, 'log');
  const running = await launch({ file: 'unshare', args, logPath, port, stopSignal: 'SIGKILL' });
  return {
    kind: 'courier',
    host: '127.0.0.1',
    port,
    tlsPort: null,
    certificate: null,
    pid: running.pid,
    folder,
    async user(name) {
      const user = newUser(name);
      makeMaildir(join(folder, 'home', user.name), uid, gid, options.quota);
      addUser(running.pid, folder, user, uid, gid);
      return user;
    },
    log: () => readLog(logPath),
    async stop() {
      await running.stop();
      removeRunFolder(folder);
    },
  };
}

function makeMaildir(home: string, uid: number, gid: number, quotaBytes: number | undefined): void {
  const folders = ['', 'Maildir', 'Maildir/cur', 'Maildir/new', 'Maildir/tmp'].map((name) => join(home, name));
  for (const path of folders) {
    mkdirSync(path);
    chownSync(path, uid, gid);
  }
  if (quotaBytes === undefined) return;
  // The first line of this file is the quota (maildirmake -q): S is octets.
  const sizePath = join(home, 'Maildir/maildirsize');
  writeFileSync(sizePath, `${quotaBytes}S\n`);
  chownSync(sizePath, uid, gid);
}

function addUser(namespaceOf: number, folder: string, user: TestUser, uid: number, gid: number): void {
  const hash = execFileSync('openssl', ['passwd', '-1', '-stdin'], { input: user.password, encoding: 'utf8' }).trim();
  const home = `${folder}/home/${user.name}`;
  const fields = [`uid=${uid}`, `gid=${gid}`, `home=${home}`, `mail=${home}/Maildir`, `systempw=${hash}`];
  const inside = ['-t', String(namespaceOf), '-m', '-r', 'sh', '-c', 'cat >>/etc/courier/userdb && exec makeuserdb'];
  run('nsenter', inside, `${user.name}\t${fields.join('|')}\n`);
}

function insideScript(folder: string, root: string, port: number, options: CourierOptions): string {
  const { uid, gid } = runAs();
  const days = options.emptyTrashDays;
  return `
set -e
# The upper layers of an overlay must not lie on an overlay, as /tmp does in a container: take a tmpfs.
mount -t tmpfs none ${folder}/over
mkdir ${folder}/over/etc ${folder}/over/work
mount -t overlay -o lowerdir=${root}/usr:/usr overlay /usr
mount -t overlay -o lowerdir=${root}/etc:/etc,upperdir=${folder}/over/etc,workdir=${folder}/over/work overlay /etc
mount -t tmpfs none /run
mkdir -p /run/courier/authdaemon
chmod 755 /run/courier /run/courier/authdaemon
getent passwd courier >/dev/null || echo 'courier:x:${uid}:${gid}::/:/bin/false' >>/etc/passwd
getent group courier >/dev/null || echo 'courier:x:${gid}:' >>/etc/group
cat >/etc/courier/authdaemonrc <<END
authmodulelist="authuserdb"
authmodulelistorig="authuserdb"
daemons=3
authdaemonvar=/run/courier/authdaemon
DEBUG_LOGIN=0
DEFAULTOPTIONS=""
LOGGEROPTS=""
END
rm -rf /etc/courier/userdb
: >/etc/courier/userdb
chmod 600 /etc/courier/userdb
makeuserdb
/usr/lib/courier/courier-authlib/authdaemond >>${folder}/authdaemond.log 2>&1 &
while [ ! -S /run/courier/authdaemon/socket ]; do sleep 0.02; done
set -a
. /etc/courier/imapd
TCPDOPTS=
ADDRESS=127.0.0.1
PORT=${port}
IMAPDSTARTTLS=NO
IMAP_STARTTLS=NO
IMAP_ENHANCEDIDLE=0
IMAP_EMPTYTRASH=${days === undefined ? '' : `Trash:${days}`}
AUTHSERVICE${port}=imap
PATH=/usr/sbin:/usr/bin:/sbin:/bin
prefix=/usr
exec_prefix=/usr
bindir=/usr/bin
sbindir=/usr/sbin
exec couriertcpd -address=127.0.0.1 -maxprocs=60 -maxperip=50 -nodnslookup -noidentlookup -user= \\
  -stderr=${folder}/imapd.log ${port} /usr/lib/courier/courier/imaplogin /usr/bin/imapd Maildir
`;
}
