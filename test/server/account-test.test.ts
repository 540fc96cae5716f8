import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Endpoint } from '../../shared/account.ts';
import { probeImap } from '../../electron/engine/accounts/node-ports.ts';
import { Engine, type SignInTest } from '../../electron/engine/engine.ts';
import { EngineError } from '../../electron/engine/errors.ts';
import type { Log } from '../../electron/engine/ports.ts';
import { systemClock } from '../../electron/node/clock.ts';
import { expired, wrongHost } from '../helpers/certificates.ts';
import { describeWith } from '../helpers/servers/available.ts';
import { dovecot } from '../helpers/servers/pool.ts';
import type { TestServer, TestUser } from '../helpers/servers/server.ts';

let folder = '';
const noted: string[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailferry-account-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const note = (event: string, facts?: Record<string, unknown>) => noted.push(`${event} ${JSON.stringify(facts)}`);
const log: Log = { debug: note, warn: note };

function test(server: TestServer, user: TestUser, endpoint: Partial<Endpoint> = {}): Promise<SignInTest> {
  const port = endpoint.security === 'tls' ? (server.tlsPort ?? 0) : server.port;
  const account = { user: user.name, endpoint: { host: '127.0.0.1', port, security: 'none' as const, ...endpoint } };
  const engine = new Engine({ clock: systemClock, log, stateFolder: folder });
  return engine.test({ account, credential: async () => ({ password: user.password }) });
}

async function failure(...args: Parameters<typeof test>): Promise<EngineError> {
  const outcome = await test(...args).catch((error: unknown) => error);
  if (outcome instanceof EngineError) return outcome;
  throw new Error('expected an EngineError', { cause: outcome });
}

const signedIn = (server: TestServer, user: TestUser) => server.log().includes(`user=<${user.name}>`);

const LINE = {
  tlsVersion: expect.stringMatching(/^TLSv1\.[23]$/) as string,
  cipher: expect.stringMatching(/^TLS_/) as string,
};

describeWith(['dovecot', 'openssl'], 'a sign-in test at Dovecot', () => {
  it('on this machine without TLS says how it signed in, where, and how many folders there are', async () => {
    const server = await dovecot();
    const user = await server.user();
    const { report, serverName, folders } = await test(server, user);
    expect(report).toMatchObject({
      security: 'none',
      tlsVersion: null,
      cipher: null,
      forwardSecrecy: null,
      trust: null,
    });
    expect(report.mechanism).toMatch(/^(SCRAM-SHA-|PLAIN)/);
    expect(serverName).toContain('Dovecot');
    expect(folders).toBeGreaterThanOrEqual(1);
  });

  const ways = ['tls', 'starttls'] as const;

  it.each(ways)(
    '%s: a self-signed certificate is shown before anything is sent, and trusted by choice',
    async (security) => {
      const server = await dovecot();
      const user = await server.user();
      const refused = await failure(server, user, { security });
      expect(refused).toMatchObject({
        code: 'certificate-self-signed',
        scope: 'account',
        retry: 'never',
        details: {
          ...LINE,
          forwardSecrecy: 'yes',
          fingerprint: server.certificate?.fingerprint,
          names: expect.stringContaining('localhost') as string,
          issuer: 'localhost',
          validFrom: expect.stringMatching(/\d{4} GMT$/) as string,
          validTo: expect.stringMatching(/\d{4} GMT$/) as string,
        },
      });
      expect(signedIn(server, user)).toBe(false);
      const { report } = await test(server, user, { security, tlsFingerprint: server.certificate?.fingerprint ?? '' });
      expect(report).toMatchObject({ ...LINE, security, forwardSecrecy: true, trust: 'fingerprint' });
    },
  );

  it('an expired certificate is shown with its last day', async () => {
    const certificate = expired(join(folder, 'expired'));
    const server = await dovecot({ tls: certificate });
    const user = await server.user();
    const refused = await failure(server, user, { security: 'tls', tlsCa: certificate.caPem });
    expect(refused).toMatchObject({
      code: 'certificate-expired',
      details: { ...LINE, fingerprint: certificate.fingerprint, validTo: expect.stringContaining('2020') as string },
    });
    expect(signedIn(server, user)).toBe(false);
  });

  it('a certificate for another host is shown with the names it has', async () => {
    const certificate = wrongHost(join(folder, 'wrong'));
    const server = await dovecot({ tls: certificate });
    const user = await server.user();
    const refused = await failure(server, user, { security: 'tls', tlsCa: certificate.pem });
    expect(refused).toMatchObject({
      code: 'certificate-wrong-host',
      details: { ...LINE, names: 'mail.example.org', fingerprint: certificate.fingerprint },
    });
    expect(signedIn(server, user)).toBe(false);
  });

  it('another certificate than the one that was trusted is shown beside it', async () => {
    const server = await dovecot();
    const user = await server.user();
    const refused = await failure(server, user, { security: 'tls', tlsFingerprint: 'ab'.repeat(32) });
    expect(refused).toMatchObject({
      code: 'certificate-fingerprint-mismatch',
      details: { ...LINE, fingerprint: server.certificate?.fingerprint, expectedFingerprint: 'ab'.repeat(32) },
    });
    expect(signedIn(server, user)).toBe(false);
  });

  it('a wrong password is told, and is in no error and no note', async () => {
    const server = await dovecot();
    const user = { ...(await server.user()), password: 'kanarienvogel-4711' };
    const refused = await failure(server, user);
    expect(refused.code).toBe('authentication-failed');
    const shown = `${refused.stack} ${JSON.stringify(refused.toFailure())} ${String(refused.cause)} ${noted.join('\n')}`;
    expect(noted.length).toBeGreaterThan(0);
    expect(shown).not.toMatch(/kanarienvogel|a2FuYXJpZW52b2dlb/);
  });

  it('its server is found by its greeting before anybody signs in', async () => {
    const server = await dovecot();
    const signal = new AbortController().signal;
    const answers = [
      await probeImap('127.0.0.1', server.tlsPort ?? 0, 'tls', signal),
      await probeImap('127.0.0.1', server.port, 'starttls', signal),
    ];
    expect(answers).toEqual([
      { security: 'tls', trusted: false },
      { security: 'starttls', trusted: false },
    ]);
  });
});
