/** What one row of the tables in presets/ says. The tables hold facts that the providers publish; no code. */
import type { ProviderHint } from '../../../shared/connection.ts';

export interface Preset {
  id: string;
  name: string;
  /** Addresses at these domains belong to it. */
  domains: readonly string[];
  /** Domains of others whose mail goes to a host at or below one of these are hosted by it. */
  mx: readonly string[];
  /** null: no IMAP for anybody. host MX_HOST: the mail exchanger is the IMAP server too. */
  imap: { host: string; port: number; security: 'tls' | 'starttls' } | null;
  /** Sign in with the whole address, or with what stands before the @. */
  user: 'address' | 'localpart';
  hint: { hint: ProviderHint; url: string } | null;
}

export const MX_HOST = '(mail exchanger)';

interface Rest {
  user?: Preset['user'];
  mx?: string;
  hint?: [ProviderHint, string];
}

/** @param domains separated by spaces; so is mx */
export function preset(id: string, name: string, domains: string, host: string, rest: Rest = {}): Preset {
  return of(id, name, domains, { host, port: 993, security: 'tls' }, rest);
}

export function of(id: string, name: string, domains: string, imap: Preset['imap'], rest: Rest): Preset {
  const hint = rest.hint ? { hint: rest.hint[0], url: rest.hint[1] } : null;
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');
  return { id, name, domains: words(domains), mx: words(rest.mx ?? ''), imap, user: rest.user ?? 'address', hint };
}

/** `yahoo` and `de co.uk` give `yahoo.de yahoo.co.uk`. */
export function under(name: string, endings: string): string {
  return endings
    .split(/\s+/)
    .map((ending) => `${name}.${ending}`)
    .join(' ');
}
