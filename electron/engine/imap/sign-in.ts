import type { Account, Credential } from '../../../shared/account.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { classifyResponse } from './classify-response.ts';
import type { Client, Tap } from './client.ts';
import { responseOf } from './command.ts';
import { authenticateWith, login, oauthBearer, plain, type SaslMechanism, xoauth2 } from './sasl.ts';
import { scram } from './sasl-scram.ts';
import { quoteServer, sanitizeServerText } from './server-text.ts';
import { signInHint } from './sign-in-hints.ts';

interface Way {
  name: string;
  run(client: Client): Promise<void>;
}

/**
 * Sign in with the best way that both sides have. The secret stays in the closures made here.
 *
 * @returns the name of the way that was taken
 * @throws EngineError 'authentication-failed', 'authentication-unsupported' (account, never); 'server-throttled',
 *   'server-refused' (account, later) when it was not the secret's fault
 */
export async function signIn(client: Client, account: Account, credential: Credential, tap: Tap): Promise<string> {
  const ways = waysFor(client, account, credential);
  if (ways.length === 0) throw unsupported(client, account, credential);
  let failure: unknown = null;
  for (const way of ways) {
    try {
      client.expectCapabilityUpdate = true; // capabilities change with the sign-in (RFC 9051 §6.2.2)
      await way.run(client);
      return way.name;
    } catch (error) {
      failure = signInError(error, account, credential, tap);
      if (!mayFallBack(client, way, error)) break;
    }
  }
  throw failure;
}

/**
 * A server may offer a mechanism for which this user has no data (SCRAM beside crypt(3) passwords), or answer BAD to
 * what it announced. The next one is tried only where the line is encrypted, so that nobody in between can force a
 * weaker one; and never after the server failed to prove itself.
 */
function mayFallBack(client: Client, way: Way, error: unknown): boolean {
  const answer = responseOf(error);
  if (!answer || !client.secureConnection || client.isClosed) return false;
  return answer.status === 'BAD' || way.name.startsWith('SCRAM');
}

function waysFor(client: Client, { user, endpoint }: Account, credential: Credential): Way[] {
  const can = (name: string) => client.capabilities.has(`AUTH=${name}`);
  const sasl = (mechanism: SaslMechanism): Way => ({
    name: mechanism.name,
    run: (on) => authenticateWith(on, mechanism),
  });
  const ways: Way[] = [];
  if ('accessToken' in credential) {
    const token = credential.accessToken;
    if (can('OAUTHBEARER')) ways.push(sasl(oauthBearer(user, token, endpoint.host, endpoint.port)));
    else if (can('XOAUTH2') || can('XOAUTH')) ways.push(sasl(xoauth2(user, token)));
    return ways;
  }
  const { password } = credential;
  const command: Way = { name: 'LOGIN command', run: (on) => loginCommand(on, user, password) };
  const commandAllowed = !client.capabilities.has('LOGINDISABLED');
  // Exchange: `domain/user/mailbox` opens a shared mailbox, and only LOGIN takes it (imapflow does the same).
  if (/[\\/]/.test(user) && commandAllowed) ways.push(command);
  if (can('SCRAM-SHA-256')) ways.push(sasl(scram('sha256', user, password)));
  if (can('SCRAM-SHA-1')) ways.push(sasl(scram('sha1', user, password)));
  if (can('PLAIN')) ways.push(sasl(plain(user, password)));
  if (can('LOGIN')) ways.push(sasl(login(user, password)));
  if (commandAllowed && !ways.includes(command)) ways.push(command);
  return ways;
}

async function loginCommand(client: Client, user: string, password: string): Promise<void> {
  const { next } = await client.exec('LOGIN', [astring(user), { ...astring(password), sensitive: true }]);
  next();
}

/** A quoted string holds 7-bit text only (RFC 3501 §9); anything else goes as a literal. */
function astring(text: string): { type: string; value: string | Buffer } {
  if (/^[\x20-\x7e]*$/.test(text)) return { type: 'STRING', value: text };
  return { type: 'LITERAL', value: Buffer.from(text, 'utf8') };
}

/** @throws EngineError 'secret-missing' or 'usage', account, never: before anything is sent anywhere */
export function assertCredential({ user }: Account, credential: Credential): void {
  const secret = 'password' in credential ? credential.password : credential.accessToken;
  if (secret === '') throw new EngineError('secret-missing', 'The password is empty. Give one, and try again.');
  // SASL frames its fields with NUL and %x01, commands with CR and LF: a control character would make new fields.
  if (/[\u0000-\u001f\u007f]/.test(user)) throw new EngineError('usage', 'The user name contains a control character.');
  const forbidden = 'password' in credential ? /[\0\r\n]/ : /[\u0000-\u001f\u007f]/;
  if (forbidden.test(secret)) {
    throw new EngineError('usage', 'The password contains a line break or control character; check how it was given.');
  }
}

function signInError(error: unknown, account: Account, credential: Credential, tap: Tap): unknown {
  if (isEngineError(error)) return error;
  const answer = responseOf(error);
  if (!answer) return error;
  const { user, endpoint } = account;
  const text = tap.clean(answer.text);
  const general = classifyResponse(answer.status, answer.code, text, 'other');
  if (NOT_THE_SECRET.has((answer.code ?? '').toUpperCase()) || general.code === 'server-throttled') return general;
  const host = sanitizeServerText(endpoint.host);
  const name = sanitizeServerText(user);
  const expired = (answer.code ?? '').toUpperCase() === 'EXPIRED';
  const say =
    'accessToken' in credential
      ? `${host} did not accept the access token of ${name}. It may have expired: sign in again.`
      : expired
        ? `The password of ${name} at ${host} has expired. Set a new one with your provider.`
        : `${host} did not accept user name and password of ${name}. Check both.`;
  const hint = 'accessToken' in credential ? '' : signInHint(endpoint.host);
  const details: Record<string, string> = {};
  if (text !== '') details.serverText = text;
  if (hint !== '') details.hint = hint;
  const alert = tap.alerts.find((known) => !text.includes(known)) ?? '';
  return new EngineError(
    'authentication-failed',
    say + (hint === '' ? '' : ` ${hint}`) + quoteServer(alert === '' ? text : `${text} ${alert}`),
    { details },
  );
}

/** The server could not even look (RFC 5530 §3). */
const NOT_THE_SECRET = new Set([
  'UNAVAILABLE',
  'SERVERBUG',
  'INUSE',
  'LIMIT',
  'CONTACTADMIN',
  'PRIVACYREQUIRED',
  'CLIENTBUG',
]);

function unsupported(client: Client, { endpoint }: Account, credential: Credential): EngineError {
  const offered = [...client.capabilities.keys()]
    .filter((name) => name.startsWith('AUTH='))
    .map((name) => name.slice(5));
  const list = sanitizeServerText(offered.join(', '));
  const details = { offered: list };
  if ('accessToken' in credential) {
    const message = `${endpoint.host} takes no access tokens (OAuth2). Sign in with a password instead.`;
    return new EngineError('authentication-unsupported', message, { details });
  }
  const message =
    client.secureConnection || list !== ''
      ? `${endpoint.host} takes no passwords${list === '' ? '' : `, only ${list}`}. Sign in with an access token (OAuth2).`
      : `${endpoint.host} takes no password without encryption. Use imaps:// or imap:// (STARTTLS).`;
  return new EngineError('authentication-unsupported', message, { details });
}
