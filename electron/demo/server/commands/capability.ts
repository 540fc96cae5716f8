import type { ArgumentReader } from '../arguments.ts';
import { CAPABILITY_NAMES } from '../options.ts';
import { bad, no } from '../refusal.ts';
import type { Session } from '../session.ts';
import { quoted } from '../text/quote.ts';

/** Useful before sign-in; the rest is told afterwards. */
const EARLY = new Set(['LITERAL+', 'SASL-IR', 'ID', 'ENABLE']);

export function capabilityList(session: Session): string {
  const names: string[] = ['IMAP4rev1'];
  const { tls, appendLimitBytes } = session.settings;
  const mayLogIn = session.secure || !tls;
  for (const name of CAPABILITY_NAMES) {
    if (!session.offers(name)) continue;
    if (name === 'AUTH=PLAIN' ? !session.account && mayLogIn : session.account || EARLY.has(name)) names.push(name);
  }
  if (!mayLogIn) names.push('STARTTLS', 'LOGINDISABLED');
  if (session.account && appendLimitBytes !== null) names.push(`APPENDLIMIT=${appendLimitBytes}`);
  return names.join(' ');
}

export function capability(session: Session, args: ArgumentReader): string {
  args.end();
  session.out.line(`* CAPABILITY ${capabilityList(session)}`);
  return 'OK CAPABILITY done';
}

export function noop(_session: Session, args: ArgumentReader): string {
  args.end();
  return 'OK NOOP done';
}

export function logout(session: Session, args: ArgumentReader): string {
  args.end();
  session.out.line('* BYE Until next time');
  session.view = null;
  session.leaving = true;
  return 'OK LOGOUT done';
}

/** RFC 2971. */
export function id(session: Session, args: ArgumentReader): string {
  args.space();
  if (!args.take('NIL')) args.list(() => args.nstring());
  args.end();
  session.out.line(`* ID ("name" "Mailferry demo server")`);
  return 'OK ID done';
}

export function startTls(session: Session, args: ArgumentReader): string {
  args.end();
  if (!session.settings.tls) throw bad('Unknown command');
  if (session.secure) throw bad('TLS is active already');
  return 'OK Begin TLS now';
}

/** RFC 5161: what is not known is passed over. */
export function enable(session: Session, args: ArgumentReader): string {
  const enabled: string[] = [];
  do {
    args.space();
    if (args.keyword() === 'CONDSTORE' && session.offers('CONDSTORE')) enabled.push('CONDSTORE');
  } while (!args.atEnd);
  if (enabled.length > 0) session.condstore = true;
  session.out.line(`* ENABLED${enabled.map((name) => ` ${name}`).join('')}`);
  return 'OK ENABLE done';
}

/** RFC 2342: one personal namespace. */
export function namespace(session: Session, args: ArgumentReader): string {
  args.end();
  const { namespacePrefix, delimiter } = session.user;
  if (/[^\x20-\x7e]/.test(namespacePrefix)) throw no('Namespace prefix cannot be shown');
  session.out.line(`* NAMESPACE ((${quoted(namespacePrefix)} ${quoted(delimiter)})) NIL NIL`);
  return 'OK NAMESPACE done';
}
