/**
 * A provider's own file of settings, in the format that Thunderbird made: only its IMAP servers with encryption.
 * The file is hostile: nothing is expanded or fetched for it, and what does not look right is left out.
 */
import type { FoundSettings } from '../../../shared/connection.ts';
import { isHostName, type MailAddress } from './address.ts';

const MAX_SERVERS = 8;

/** Its two places (https only: whoever could change the file could send the password elsewhere). */
export function autoconfigUrls(domain: string): string[] {
  const path = 'mail/config-v1.1.xml';
  return [`https://autoconfig.${domain}/${path}`, `https://${domain}/.well-known/autoconfig/${path}`];
}

export function readAutoconfig(xml: string, address: MailAddress): FoundSettings[] {
  const plain = xml.replace(/<!--[^]*?(?:-->|$)/g, '');
  if (!/<clientConfig[\s>]/.test(plain)) return [];
  const found: FoundSettings[] = [];
  for (const { attributes, body } of elements(plain, 'incomingServer', MAX_SERVERS)) {
    if (!/\stype\s*=\s*["']imap["']/i.test(attributes)) continue;
    const settings = serverOf(body, address);
    if (settings) found.push(settings);
  }
  return found;
}

function serverOf(body: string, address: MailAddress): FoundSettings | null {
  const host = fill(field(body, 'hostname'), address).toLowerCase();
  const port = Number(field(body, 'port'));
  const socketType = field(body, 'socketType').toUpperCase();
  const security = socketType === 'SSL' ? 'tls' : socketType === 'STARTTLS' ? 'starttls' : null;
  const user = fill(field(body, 'username'), address) || address.text;
  if (security === null || !isHostName(host) || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (user.length > 320 || /[\u0000-\u001f\u007f]/.test(user)) return null;
  return { endpoint: { host, port, security }, user, origin: 'autoconfig' };
}

function fill(text: string, { text: whole, localpart, domain }: MailAddress): string {
  const values: Record<string, string> = { EMAILADDRESS: whole, EMAILLOCALPART: localpart, EMAILDOMAIN: domain };
  return text.replace(/%(EMAILADDRESS|EMAILLOCALPART|EMAILDOMAIN)%/g, (_, name: string) => values[name] ?? '');
}

/** Text of the first such element; '' when there is none. */
function field(body: string, name: string): string {
  return unescape(elements(body, name)[0]?.body ?? '').trim();
}

/** The first elements of this name, none of which holds another of it. Linear in the length of the text. */
function elements(xml: string, name: string, most = 1): { attributes: string; body: string }[] {
  const found: { attributes: string; body: string }[] = [];
  let at = xml.indexOf(`<${name}`);
  while (at >= 0 && found.length < most) {
    const start = at + name.length + 1;
    if (/^[\s>]/.test(xml.slice(start, start + 1))) {
      const open = xml.indexOf('>', start);
      const end = xml.indexOf(`</${name}`, open);
      if (open < 0 || end < 0) break;
      found.push({ attributes: xml.slice(start, open), body: xml.slice(open + 1, end) });
    }
    at = xml.indexOf(`<${name}`, start);
  }
  return found;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '');
}
