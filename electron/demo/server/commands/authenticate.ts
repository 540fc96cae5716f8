import type { ArgumentReader } from '../arguments.ts';
import { bad, no } from '../refusal.ts';
import type { Session } from '../session.ts';
import { capabilityList } from './capability.ts';

const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

export function login(session: Session, args: ArgumentReader): string {
  args.space();
  const name = args.astring();
  args.space();
  const password = args.astring();
  args.end();
  return signIn(session, utf8(name), utf8(password));
}

/** SASL PLAIN (RFC 4616), with the initial response on the same line (RFC 4959) or after a `+`. */
export async function authenticate(session: Session, args: ArgumentReader): Promise<string> {
  args.space();
  if (args.keyword() !== 'PLAIN') throw no('[CANNOT] Only PLAIN is offered');
  const early = args.atEnd ? null : initialResponse(session, args);
  const answer = early ?? (await session.continuation(''));
  if (answer === null || answer === '*') throw bad('AUTHENTICATE was cancelled');
  const [, name, password] = Buffer.from(answer, 'base64').toString('utf8').split('\0');
  if (name === undefined || password === undefined) throw bad('Malformed PLAIN response');
  return signIn(session, name, password);
}

function initialResponse(session: Session, args: ArgumentReader): string {
  if (!session.offers('SASL-IR')) throw bad('SASL-IR is not offered');
  args.space();
  const response = args.astring();
  args.end();
  return response;
}

function signIn(session: Session, name: string, password: string): string {
  if (session.settings.tls && !session.secure) throw no('[PRIVACYREQUIRED] Start TLS first');
  const user = session.settings.accounts.get(name);
  if (!user || user.password !== password) throw no('[AUTHENTICATIONFAILED] Wrong user name or password');
  session.account = user.account;
  return `OK [CAPABILITY ${capabilityList(session)}] Signed in`;
}
