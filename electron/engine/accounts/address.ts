import net from 'node:net';
import { domainToASCII } from 'node:url';

export interface MailAddress {
  /** As typed, without blanks around it. */
  text: string;
  localpart: string;
  /** Lower case, in ASCII (`xn--…`); an IP address without the brackets of RFC 5321 §4.1.3. */
  domain: string;
  /** The domain is no name that anything could be published under: an IP address or this machine. */
  direct: boolean;
}

/** @returns null for what is no address */
export function parseAddress(typed: string): MailAddress | null {
  const text = typed.trim();
  const at = text.lastIndexOf('@');
  const localpart = text.slice(0, at);
  if (at < 1 || text.length > 320 || /[\u0000-\u0020\u007f]/.test(text)) return null;
  const written = text.slice(at + 1);
  const literal = written.replace(/^\[(?:IPv6:)?(.*)\]$/i, '$1');
  if (net.isIP(literal) !== 0) return { text, localpart, domain: literal.toLowerCase(), direct: true };
  const domain = domainToASCII(written.replace(/\.$/, '')).toLowerCase();
  if (!isHostName(domain)) return null;
  return { text, localpart, domain, direct: domain === 'localhost' || domain.endsWith('.localhost') };
}

/** RFC 1123 §2.1, and no more: the name may have come from a server. */
export function isHostName(name: string): boolean {
  return (
    name.length <= 253 &&
    name.split('.').every((label) => /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?$/i.test(label) && label.length <= 63)
  );
}

/** Names that are set aside for examples and never have a mail server (RFC 2606, RFC 6761). */
export function isReserved(domain: string): boolean {
  return /(^|\.)(example|invalid|example\.(com|net|org))$/.test(domain);
}
