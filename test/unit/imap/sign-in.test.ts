import { inspect } from 'node:util';
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { join } from 'node:path';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned, type Certificate } from '../../helpers/certificates.ts';
import { type Command, type Conversation, PASSWORD, serve } from './scripted-server.ts';

let folder = '';
let certificate: Certificate;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailferry-sign-in-'));
  certificate = selfSigned(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const plainMessage = base64(`\0alice\0${PASSWORD}`);

/** Says yes to the expected secret only. */
const takesPlain = async (_: Command, line: Conversation) => {
  line.send('+ ');
  return (await line.next()) === plainMessage
    ? '$ OK [CAPABILITY IMAP4rev1 UIDPLUS APPENDLIMIT=1000] in'
    : '$ NO [AUTHENTICATIONFAILED] no';
};

describe('ways to sign in', () => {
  it('PLAIN, when offered', async () => {
    const session = await (
      await serve({ capabilities: 'AUTH=PLAIN AUTH=LOGIN', answers: { AUTHENTICATE: takesPlain } })
    ).open();
    expect(session.connectionReport.mechanism).toBe('PLAIN');
    expect([...session.capabilities]).toEqual(['IMAP4REV1', 'UIDPLUS', 'APPENDLIMIT=1000']);
  });

  it('SASL LOGIN, when it is all there is', async () => {
    const answers = {
      AUTHENTICATE: async (_: Command, line: Conversation) => {
        line.send(`+ ${base64('Username:')}`);
        const user = await line.next();
        line.send(`+ ${base64('Password:')}`);
        return user === base64('alice') && (await line.next()) === base64(PASSWORD) ? '$ OK in' : '$ NO no';
      },
    };
    const session = await (await serve({ capabilities: 'AUTH=LOGIN LOGINDISABLED', answers })).open();
    expect(session.connectionReport.mechanism).toBe('LOGIN');
  });

  it('the LOGIN command without SASL, with a literal for what is not ASCII', async () => {
    const server = await serve({});
    const session = await server.open({}, { password: 'pässwört "x"' });
    expect(session.connectionReport.mechanism).toBe('LOGIN command');
    const literal = Buffer.from('pässwört "x"', 'utf8');
    const line = server.received.findIndex((text) => text.includes('LOGIN "alice"'));
    expect(server.received[line]).toMatch(new RegExp(`LOGIN "alice" \\{${literal.length}\\}$`));
    expect(server.received[line + 1]).toBe(literal.toString('latin1'));
  });

  it('the LOGIN command first for a user name with a slash, which only that takes at Exchange', async () => {
    const server = await serve({ capabilities: 'AUTH=PLAIN' });
    const session = await server.open({}, undefined, { user: 'example.org/alice/shared' });
    expect(session.connectionReport.mechanism).toBe('LOGIN command');
  });

  it.each([
    ['XOAUTH2', 'AUTH=XOAUTH2 SASL-IR', `user=alice\x01auth=Bearer tok.123\x01\x01`],
    [
      'OAUTHBEARER',
      'AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR',
      `n,a=alice,\x01host=127.0.0.1\x01port=PORT\x01auth=Bearer tok.123\x01\x01`,
    ],
  ])('%s with an access token', async (mechanism, capabilities, message) => {
    const server = await serve({ capabilities });
    const session = await server.open({}, { accessToken: 'tok.123' });
    expect(session.connectionReport.mechanism).toBe(mechanism);
    const sent = server.received.find((line) => line.includes('AUTHENTICATE')) ?? '';
    expect(Buffer.from(sent.split(' ')[3] ?? '', 'base64').toString()).toBe(
      message.replace('PORT', String(server.port)),
    );
  });

  it.each([
    ['AUTH=XOAUTH2', ''],
    ['AUTH=OAUTHBEARER', '\x01'],
  ])(
    'an expired token at %s is told with what to do, after the exchange was ended by the rules',
    async (capability, end) => {
      let ended = '?';
      const answers = {
        AUTHENTICATE: async (_: Command, line: Conversation) => {
          line.send(`+ ${base64('{"status":"401","schemes":"bearer"}')}`);
          ended = Buffer.from(await line.next(), 'base64').toString();
          return '$ NO [AUTHENTICATIONFAILED] Invalid credentials';
        },
      };
      const server = await serve({ capabilities: `${capability} SASL-IR`, answers });
      const failure = await server.failure({}, { accessToken: 'tok.123' });
      expect(failure).toMatchObject({ code: 'authentication-failed', retry: 'never' });
      expect(failure.message).toMatch(/access token.*sign in again/);
      expect(ended).toBe(end);
    },
  );
});

describe('what is not possible', () => {
  it('LOGINDISABLED without any mechanism sends no password', async () => {
    const server = await serve({ capabilities: 'LOGINDISABLED' });
    const failure = await server.failure();
    expect(failure.code).toBe('authentication-unsupported');
    expect(failure.message).toContain('imaps://');
    expect(server.received.join('\n')).not.toContain(PASSWORD);
  });

  it('a server that takes tokens only is told', async () => {
    const failure = await (await serve({ capabilities: 'LOGINDISABLED AUTH=XOAUTH2' })).failure();
    expect(failure).toMatchObject({ code: 'authentication-unsupported', details: { offered: 'XOAUTH2' } });
  });

  it('a token at a server that takes none is told, and the token stays here', async () => {
    const server = await serve({ capabilities: 'AUTH=PLAIN' });
    expect(await server.failure({}, { accessToken: 'tok.123' })).toMatchObject({ code: 'authentication-unsupported' });
    expect(server.received.join('\n')).not.toContain('AUTHENTICATE');
  });

  it.each([
    ['an empty password', { password: '' }, 'secret-missing'],
    ['a password with a line break', { password: 'a\r\nb' }, 'usage'],
    ['a token with a control character', { accessToken: 'a\x01b' }, 'usage'],
  ] as const)('%s is refused before anything is connected', async (_, credential, code) => {
    const server = await serve({});
    expect(await server.failure({}, credential)).toMatchObject({ code });
    expect(server.received).toEqual([]);
  });
});

describe('a refused sign-in', () => {
  const refused = (answer: string, host?: string) => ({ script: { answers: { LOGIN: answer } }, host });

  it.each([
    ['$ NO [AUTHENTICATIONFAILED] Authentication failed.', 'authentication-failed', 'never', /Check both/],
    ['$ NO LOGIN failed', 'authentication-failed', 'never', /Check both/],
    ['$ NO [EXPIRED] That password expired', 'authentication-failed', 'never', /has expired/],
    ['$ NO [ALERT] Application-specific password required', 'authentication-failed', 'never', /Application-specific/],
    ['$ NO [UNAVAILABLE] Temporary authentication failure', 'server-refused', 'now', /Temporary/],
    [
      '$ NO [LIMIT] Maximum number of connections from user+IP exceeded',
      'server-throttled',
      'later',
      /fewer connections/,
    ],
    ['$ NO Too many login failures: throttled', 'server-throttled', 'later', /slower pace/],
    ['$ NO [CONTACTADMIN] Account locked', 'server-refused', 'never', /Account locked/],
    ['$ NO [PRIVACYREQUIRED] TLS please', 'insecure-refused', 'never', /imaps/],
  ])('%s', async (answer, code, retry, sentence) => {
    const failure = await (await serve(refused(answer).script)).failure();
    expect(failure).toMatchObject({ code, retry, scope: 'account' });
    expect(failure.message).toMatch(sentence);
  });

  it('an alert told beside the refusal is shown', async () => {
    const answer = '* OK [ALERT] Your mailbox moves on Sunday\r\n$ NO [AUTHENTICATIONFAILED] no';
    expect((await (await serve(refused(answer).script)).failure()).message).toContain('moves on Sunday');
  });

  it('a server that echoes the password does not get it shown, stored or thrown', async () => {
    const answer = `* OK [ALERT] you sent ${PASSWORD}\r\n$ NO bad password ${PASSWORD} (${base64(PASSWORD)})`;
    const failure = await (await serve(refused(answer).script)).failure();
    const everything = inspect(failure, { depth: 20, showHidden: true }) + JSON.stringify(failure.toFailure());
    expect(everything).toContain('***');
    expect(everything).not.toContain(PASSWORD);
    expect(everything).not.toContain(base64(PASSWORD).replace(/=+$/, ''));
  });

  it('BYE in answer to the password is told as such', async () => {
    const failure = await (await serve(refused('* BYE Too many invalid commands').script)).failure();
    expect(failure.code).toBe('server-bye');
  });

  it('no second mechanism is tried on a line without encryption', async () => {
    const answers = { AUTHENTICATE: '$ NO [AUTHENTICATIONFAILED] no' };
    const server = await serve({ capabilities: 'AUTH=SCRAM-SHA-256 AUTH=PLAIN', answers });
    expect(await server.failure()).toMatchObject({ code: 'authentication-failed' });
    expect(server.received.filter((line) => line.includes('AUTHENTICATE'))).toHaveLength(1);
  });

  it('under TLS, PLAIN is tried once for a user without SCRAM data', async () => {
    const answers = {
      AUTHENTICATE: (command: Command, line: Conversation) =>
        command.args.startsWith('SCRAM') ? '$ NO [AUTHENTICATIONFAILED] no' : takesPlain(command, line),
    };
    const tls = { key: readFileSync(certificate.keyPath), cert: certificate.pem };
    const server = await serve({ capabilities: 'STARTTLS AUTH=SCRAM-SHA-256 AUTH=PLAIN', answers, tls });
    const endpoint = { ...server.endpoint('starttls'), tlsFingerprint: certificate.fingerprint };
    const session = await server.open({}, undefined, { endpoint });
    expect(session.connectionReport).toMatchObject({ mechanism: 'PLAIN', trust: 'fingerprint', forwardSecrecy: true });
  });
});

describe('SCRAM', () => {
  it.each([
    ['SCRAM-SHA-256', 'sha256', 'SASL-IR'],
    ['SCRAM-SHA-256', 'sha256', ''],
    ['SCRAM-SHA-1', 'sha1', 'SASL-IR'],
  ])('%s is preferred to PLAIN, and the password never travels (%s %s)', async (name, digest, extra) => {
    const server = await serve({
      capabilities: `AUTH=PLAIN AUTH=${name} ${extra}`,
      answers: { AUTHENTICATE: scramServer(digest, PASSWORD) },
    });
    const session = await server.open();
    expect(session.connectionReport.mechanism).toBe(name);
    expect(server.received.join('\n')).not.toMatch(new RegExp(`${PASSWORD}|${base64(PASSWORD).replace(/=+$/, '')}`));
  });

  it('a wrong password fails', async () => {
    const answers = { AUTHENTICATE: scramServer('sha256', 'another') };
    expect(await (await serve({ capabilities: 'AUTH=SCRAM-SHA-256', answers })).failure()).toMatchObject({
      code: 'authentication-failed',
    });
  });

  it.each([
    ['a wrong proof', 'v=AAAA'],
    ['no proof at all', null],
  ])('a server with %s is not trusted', async (_, final) => {
    const answers = { AUTHENTICATE: scramServer('sha256', PASSWORD, final) };
    const failure = await (await serve({ capabilities: 'AUTH=SCRAM-SHA-256', answers })).failure();
    expect(failure).toMatchObject({ code: 'authentication-failed' });
    expect(failure.message).toContain('could not prove');
  });

  it.each([
    ['a nonce that is not ours', 'r=other,s=AAAA,i=4096'],
    ['millions of iterations', 'r=NONCEx,s=AAAA,i=99999999'],
    ['no salt', 'r=NONCEx,i=4096'],
    ['nothing readable', '\x00'],
  ])('%s breaks it off', async (_, challenge) => {
    const answers = {
      AUTHENTICATE: async (command: Command, line: Conversation) => {
        const first = Buffer.from(command.args.split(' ')[1] ?? '', 'base64').toString();
        const nonce = /r=([^,]+)/.exec(first)?.[1] ?? '';
        line.send(`+ ${base64(challenge.replace('NONCE', nonce))}`);
        return (await line.next()) === '*' ? '$ BAD cancelled' : '$ OK in';
      },
    };
    const server = await serve({ capabilities: 'AUTH=SCRAM-SHA-256 SASL-IR', answers });
    expect(await server.failure()).toMatchObject({ code: 'protocol-error' });
  });
});

describe('the secret', () => {
  it('is in no property of the session, shown or hidden, and not in the log', async () => {
    const log: string[] = [];
    const note = (event: string, facts?: Record<string, unknown>) => void log.push(event, JSON.stringify(facts));
    const server = await serve({ capabilities: 'AUTH=PLAIN' });
    const session = await server.open({ log: { debug: note, warn: note } });
    await session.scan();
    expect(inspect(session, { depth: 20, showHidden: true, getters: true })).not.toContain(PASSWORD);
    expect(JSON.stringify(session)).not.toContain(PASSWORD);
    const sockets = session.unbind();
    expect(inspect(sockets, { depth: 12, showHidden: true })).not.toContain(PASSWORD);
    expect(log.length).toBeGreaterThan(0);
    expect(log.join('\n')).not.toContain(PASSWORD);
    sockets.socket.destroy();
  });
});

/** The server's side of RFC 5802, written apart from ours. @param final what to send as proof; null: nothing */
function scramServer(digest: string, password: string, final?: string | null) {
  return async (command: Command, line: Conversation) => {
    let first = command.args.split(' ')[1];
    if (first === undefined) {
      line.send('+ ');
      first = await line.next();
    }
    const bare = Buffer.from(first, 'base64').toString().replace(/^n,,/, '');
    const nonce = `${/r=([^,]+)/.exec(bare)?.[1]}server`;
    const challenge = `r=${nonce},s=${base64('salt')},i=4096`;
    line.send(`+ ${base64(challenge)}`);
    const answer = Buffer.from(await line.next(), 'base64').toString();
    const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(answer) ?? [];
    const mac = (key: Buffer, text: string) => createHmac(digest, key).update(text).digest();
    const salted = pbkdf2Sync(password, 'salt', 4096, digest === 'sha1' ? 20 : 32, digest);
    const message = `${bare},${challenge},${withoutProof}`;
    const clientKey = mac(salted, 'Client Key');
    const stored = createHash(digest).update(clientKey).digest();
    const expected = clientKey.map((octet, i) => octet ^ (mac(stored, message)[i] ?? 0));
    if (withoutProof !== `c=biws,r=${nonce}` || !Buffer.from(proof, 'base64').equals(Buffer.from(expected)))
      return '$ NO [AUTHENTICATIONFAILED] no';
    if (final === null) return '$ OK in';
    line.send(`+ ${base64(final ?? `v=${mac(mac(salted, 'Server Key'), message).toString('base64')}`)}`);
    return (await line.next()) === '*' ? '$ BAD cancelled' : '$ OK in';
  };
}
