import type { ImapResponse } from 'imapflow';
import { EngineError } from '../errors.ts';
import type { Client } from './client.ts';

/** One SASL mechanism (RFC 4422), from the client's side. Holds the secret in its closures. */
export interface SaslMechanism {
  name: string;
  /** Client-first message, null when the server speaks first. */
  initial: Buffer | null;
  /** Whether the first message may go with the command (SASL-IR, RFC 4959). */
  initialWithCommand: boolean;
  /** @throws EngineError to break off: the server sees `*` */
  answer(challenge: Buffer): Promise<Buffer>;
  /** After the server's OK: the last word, where the mechanism has one. */
  finish?(): void;
}

/**
 * Run one exchange. Not retried: each failed one counts against the account at many servers.
 *
 * @throws what exec() throws for NO and BAD; EngineError when the mechanism itself objects
 */
export async function authenticateWith(client: Client, mechanism: SaslMechanism): Promise<void> {
  const { initial } = mechanism;
  const withCommand = initial !== null && mechanism.initialWithCommand && client.capabilities.has('SASL-IR');
  let pending = initial !== null && !withCommand;
  let objection: Error | null = null as Error | null;
  const attributes: unknown[] = [{ type: 'ATOM', value: mechanism.name }];
  if (withCommand) attributes.push({ type: 'ATOM', value: initial.toString('base64') || '=', sensitive: true });
  const onPlusTag = async (line: ImapResponse) => {
    try {
      if (objection !== null) throw objection;
      const reply = pending && initial ? initial : await mechanism.answer(challengeOf(line));
      pending = false;
      client.write(reply.toString('base64'));
    } catch (error) {
      objection ??= error instanceof Error ? error : new Error(String(error));
      client.write('*');
    }
  };
  try {
    const { next } = await client.exec('AUTHENTICATE', attributes, { onPlusTag });
    next();
  } catch (error) {
    throw objection ?? error;
  }
  if (objection !== null) throw objection;
  mechanism.finish?.();
}

function challengeOf(line: ImapResponse): Buffer {
  const first = line.attributes?.[0];
  const value = first && !Array.isArray(first) ? first.value : '';
  return Buffer.from(typeof value === 'string' ? value : '', 'base64');
}

/** RFC 4616. */
export function plain(user: string, password: string): SaslMechanism {
  const message = Buffer.from(`\0${user}\0${password}`, 'utf8');
  return { name: 'PLAIN', initial: message, initialWithCommand: false, answer: () => refuseMore('PLAIN') };
}

/** draft-murchison-sasl-login: the server asks for one after the other. */
export function login(user: string, password: string): SaslMechanism {
  const answers = [user, password];
  return {
    name: 'LOGIN',
    initial: null,
    initialWithCommand: false,
    answer: async () => {
      const next = answers.shift();
      return next === undefined ? refuseMore('LOGIN') : Buffer.from(next, 'utf8');
    },
  };
}

/** Google's and Microsoft's: developers.google.com/workspace/gmail/imap/xoauth2-protocol. An error comes as a challenge. */
export function xoauth2(user: string, token: string): SaslMechanism {
  const message = Buffer.from(`user=${user}\x01auth=Bearer ${token}\x01\x01`, 'utf8');
  return { name: 'XOAUTH2', initial: message, initialWithCommand: true, answer: async () => Buffer.alloc(0) };
}

/** RFC 7628 §3.1; after an error the client answers with one %x01. */
export function oauthBearer(user: string, token: string, host: string, port: number): SaslMechanism {
  const authzid = user.replaceAll('=', '=3D').replaceAll(',', '=2C');
  const message = Buffer.from(
    `n,a=${authzid},\x01host=${host}\x01port=${port}\x01auth=Bearer ${token}\x01\x01`,
    'utf8',
  );
  return { name: 'OAUTHBEARER', initial: message, initialWithCommand: true, answer: async () => Buffer.from([1]) };
}

function refuseMore(name: string): never {
  throw new EngineError('protocol-error', `The server asks for more than ${name} has to say. Try again later.`);
}
