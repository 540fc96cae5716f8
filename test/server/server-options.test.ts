/** What the options of the test servers do, and that no server outlives the process that started it. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { connect } from 'node:tls';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  expired,
  fromPrivateCa,
  selfSigned,
  wrongHost,
  type Certificate,
  type CertificateFromCa,
} from '../helpers/certificates.ts';
import { RawImap } from '../helpers/imap-raw.ts';
import { plain, ofSize } from '../helpers/nasty/compose.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { startCourier } from '../helpers/servers/courier.ts';
import { startCyrus } from '../helpers/servers/cyrus.ts';
import { startDovecot } from '../helpers/servers/dovecot.ts';
import { personalNamespace } from '../helpers/servers/observe.ts';
import { aliveOf, descendantsOf } from '../helpers/servers/proc.ts';
import { makeRunFolder, removeRunFolder } from '../helpers/servers/process.ts';
import type { TestServer } from '../helpers/servers/server.ts';

const big = Buffer.from(ofSize('Big', 60_000));
const small = Buffer.from(plain('Small', 'x'));

async function use(start: Promise<TestServer>): Promise<RawImap> {
  const server = await start;
  onTestFinished(() => server.stop());
  return RawImap.signIn(server, await server.user());
}

async function appendBoth(imap: RawImap): Promise<{ small: string; big: string }> {
  const [first, second] = [await imap.append('INBOX', small), await imap.append('INBOX', big)];
  await imap.close();
  return { small: first.status, big: `${second.status} ${second.text}` };
}

describeWith(['dovecot', 'openssl'], 'Dovecot', () => {
  test('refuses what is over the quota', async () => {
    const replies = await appendBoth(await use(startDovecot({ quota: '20K' })));
    expect(replies.small).toBe('OK');
    expect(replies.big).toMatch(/^NO \[OVERQUOTA\]/);
  });

  test('has the prefix and the delimiter asked for', async () => {
    const imap = await use(startDovecot({ format: 'mdbox', prefix: 'INBOX.', separator: '.' }));
    expect(await personalNamespace(imap)).toEqual({ prefix: 'INBOX.', delimiter: '.' });
    await imap.close();
  });

  test('takes further configuration', async () => {
    const imap = await use(startDovecot({ config: 'protocol imap {\n  imap_capability = IMAP4rev1 NAMESPACE\n}' }));
    expect(await imap.capabilities()).toEqual(['IMAP4rev1', 'NAMESPACE']);
    await imap.close();
  });

  test('speaks TLS with a certificate that its own PEM proves', async () => {
    const server = await startDovecot();
    onTestFinished(() => server.stop());
    const where = { host: 'localhost', port: server.tlsPort!, ca: server.certificate!.pem };
    const imap = await RawImap.signIn(where, await server.user());
    await imap.close();
  });
});

describeWith(['cyrus', 'openssl'], 'Cyrus', () => {
  test('refuses what is over the quota', async () => {
    const replies = await appendBoth(await use(startCyrus({ quotaKb: 20 })));
    expect(replies.small).toBe('OK');
    expect(replies.big).toBe('NO Over quota');
  });

  test('refuses a message over its limit', async () => {
    const replies = await appendBoth(await use(startCyrus({ maxMessageBytes: 20_000 })));
    expect(replies.small).toBe('OK');
    expect(replies.big).toBe('NO [TOOBIG] Message size exceeds fixed limit');
  });

  test('has the name space asked for', async () => {
    const imap = await use(startCyrus({ altNamespace: true, unixSeparator: true }));
    expect(await personalNamespace(imap)).toEqual({ prefix: '', delimiter: '/' });
    await imap.close();
  });
});

describeWith(['courier', 'openssl'], 'Courier', () => {
  test('refuses what is over the quota', async () => {
    const replies = await appendBoth(await use(startCourier({ quota: 20_000 })));
    expect(replies.small).toBe('OK');
    expect(replies.big).toBe('NO [ALERT] You exceeded your mail quota.');
  });
});

describeWith(['dovecot', 'openssl'], 'certificates of a test server', () => {
  /** trust: what the client knows beforehand, so that nothing but the named fault is left. */
  const table: {
    title: string;
    tls: (folder: string) => Certificate;
    trust: (tls: Certificate) => string | undefined;
    code: string;
  }[] = [
    { title: 'self-signed', tls: selfSigned, trust: () => undefined, code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    { title: 'expired', tls: expired, trust: (tls) => (tls as CertificateFromCa).caPem, code: 'CERT_HAS_EXPIRED' },
    { title: 'for another host', tls: wrongHost, trust: (tls) => tls.pem, code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    {
      title: 'of an unknown authority',
      tls: fromPrivateCa,
      trust: () => undefined,
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    },
  ];
  test.each(table)('one that is $title fails for just that reason', async ({ tls, trust, code }) => {
    const folder = makeRunFolder('tls');
    onTestFinished(() => removeRunFolder(folder));
    const server = await startDovecot({ tls: tls(folder) });
    onTestFinished(() => server.stop());
    const ca = trust(server.certificate!);
    const socket = connect({ host: 'localhost', port: server.tlsPort!, ...(ca && { ca }) });
    onTestFinished(() => void socket.destroy());
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe(code);
  });

  test('the fingerprint told is that of the certificate served', async () => {
    const server = await startDovecot();
    onTestFinished(() => server.stop());
    const { port, pem } = { port: server.tlsPort!, pem: server.certificate!.pem };
    const socket = connect({ host: 'localhost', port, ca: pem });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    const served = createHash('sha256').update(socket.getPeerCertificate().raw).digest('hex');
    expect(server.certificate!.fingerprint).toBe(served);
  });

  test('a leaf is good for who knows its authority', async () => {
    const folder = makeRunFolder('tls');
    onTestFinished(() => removeRunFolder(folder));
    const tls = fromPrivateCa(folder);
    const server = await startDovecot({ tls });
    onTestFinished(() => server.stop());
    const imap = await RawImap.signIn({ host: 'localhost', port: server.tlsPort!, ca: tls.caPem }, await server.user());
    await imap.close();
  });
});

describe('a process that starts a server', () => {
  describeWith(['dovecot', 'openssl'], 'killed without a chance to clean up', () => {
    test('takes the server and its folder with it', async () => {
      const helper = resolve(import.meta.dirname, '../helpers/servers/dovecot.ts');
      const script = `import { startDovecot } from ${JSON.stringify(helper)};
        const server = await startDovecot(); console.log(server.pid, server.folder); setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const [pid, folder] = [Number(line.split(' ')[0]), line.split(' ')[1]!];
      onTestFinished(() => removeRunFolder(folder));
      const family = [pid, ...descendantsOf(pid)];
      expect(aliveOf(family)).toEqual(family);
      child.kill('SIGKILL');
      await expect.poll(() => aliveOf(family), { timeout: 10_000 }).toEqual([]);
      await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
    });
  });
});
