import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Account, Endpoint } from '../../../shared/account.ts';
import { EngineError } from '../errors.ts';
import { quoteName } from './server-text.ts';

const SCHEMES: Record<string, { security: Endpoint['security']; port: number }> = {
  imaps: { security: 'tls', port: 993 },
  imap: { security: 'starttls', port: 143 },
  'imap+insecure': { security: 'none', port: 143 },
};

const SHAPE = 'imaps://user@host or imap://user@host:port';

/**
 * `imaps://user@host[:port]` (TLS), `imap://…` (STARTTLS, required) or `imap+insecure://…` (none). Not `new URL()`: that
 * one accepts much that is surely a mistake, and its errors quote the password.
 *
 * @throws EngineError 'usage' account, never. The sentence never repeats what stands before the last `@`, which may be a
 *   password.
 */
export function parseAccountUrl(text: string): Account {
  const parts = /^([a-z+]+):\/\/(.*)$/is.exec(text.trim());
  const scheme = parts ? SCHEMES[parts[1]?.toLowerCase() ?? ''] : undefined;
  if (!parts || !scheme) throw usage(`An account is written as ${SHAPE}.`);
  const rest = parts[2] ?? '';
  // The last one: `alice@example.org@imap.example.org` is a mistake often made, and clear enough.
  const at = rest.lastIndexOf('@');
  if (at < 0) throw usage(`The address names no user. Write ${SHAPE}.`);
  const user = parseUser(rest.slice(0, at));
  const { host, port } = parseHost(rest.slice(at + 1), scheme.port);
  return { user, endpoint: { host, port, security: scheme.security } };
}

function parseUser(text: string): string {
  if (text.includes(':'))
    throw usage(
      'Do not put the password into the address: others on this computer could read it. Leave it out and use --password-env NAME, --password-file FILE or the prompt; a colon in the user name is written as %3A.',
    );
  const user = decode(text);
  if (user === '') throw usage(`The address names no user. Write ${SHAPE}.`);
  if (/[\u0000-\u001f\u007f]/.test(user)) throw usage('The user name contains a control character.');
  return user;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw usage('The user name contains a % that begins no valid escape. Write a percent sign as %25 and @ as %40.');
  }
}

function parseHost(text: string, defaultPort: number): { host: string; port: number } {
  const found = /^(\[[^\]]*\]|[^:/?#]*)(?::([^/?#]*))?([/?#].*)?$/s.exec(text);
  if (!found)
    throw usage(`${quoteName(text)} is no host. An IPv6 address is written in brackets, as in imaps://user@[::1]:993.`);
  const [, hostText = '', portText, tail] = found;
  // Not repeated: `user:pa/ss@host` with its `@` forgotten would stand here.
  if (tail !== undefined && tail !== '/') throw usage('Nothing may follow the host. Choose mailboxes with --only.');
  return { host: checkHost(hostText), port: portText === undefined ? defaultPort : checkPort(portText) };
}

function checkHost(text: string): string {
  if (text === '') throw usage(`The address names no host. Write ${SHAPE}.`);
  if (text.startsWith('[')) {
    const address = text.slice(1, -1);
    if (isIPv6(address)) return address;
    throw usage(`${quoteName(text)} is no IPv6 address.`);
  }
  if (isIPv4(text)) return text;
  const ascii = domainToASCII(text);
  const labels = ascii.replace(/\.$/, '').split('.');
  const good = ascii.length <= 253 && labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label));
  if (!good) throw usage(`${quoteName(text)} is no host name.`);
  return ascii.replace(/\.$/, '');
}

function checkPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw usage(`${quoteName(text)} is no port. Ports are numbers from 1 to 65535.`);
  return port;
}

function usage(message: string): EngineError {
  return new EngineError('usage', message);
}
