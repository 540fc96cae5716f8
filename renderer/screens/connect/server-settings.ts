/** What a person types or discovery finds, on its way to an account. Pure. */
import type { Account, Endpoint } from '../../../shared/account.ts';
import type { Discovery, FoundSettings, SettingsOrigin } from '../../../shared/connection.ts';
import type { Failure, FailureCode } from '../../../shared/failure.ts';

export interface ServerSettings {
  host: string;
  /** As typed. */
  port: string;
  security: Endpoint['security'];
  user: string;
  origin: SettingsOrigin;
}

export const CERTIFICATE_CODES = [
  'certificate-self-signed',
  'certificate-untrusted',
  'certificate-wrong-host',
  'certificate-expired',
  'certificate-fingerprint-mismatch',
] as const satisfies readonly FailureCode[];

export type CertificateCode = (typeof CERTIFICATE_CODES)[number];

export function fromFound({ endpoint, user, origin }: FoundSettings): ServerSettings {
  return { host: endpoint.host, port: String(endpoint.port), security: endpoint.security, user, origin };
}

export function fromAccount({ endpoint, user }: Account): ServerSettings {
  return { host: endpoint.host, port: String(endpoint.port), security: endpoint.security, user, origin: 'typed' };
}

/** The best of what was found; empty fields to type into when nothing was; null before anything is known. */
export function bestSettings(discovery: Discovery | null, address: string): ServerSettings | null {
  if (!discovery) return null;
  const best = discovery.candidates[0];
  return best ? fromFound(best) : { host: '', port: '993', security: 'tls', user: address.trim(), origin: 'typed' };
}

export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** @returns null while something is missing */
export function toAccount(settings: ServerSettings | null, tlsFingerprint: string | undefined): Account | null {
  if (!settings || settings.host.trim() === '' || settings.user.trim() === '' || !isPort(settings.port)) return null;
  const endpoint: Endpoint = {
    host: settings.host.trim(),
    port: Number(settings.port),
    security: settings.security,
    ...(tlsFingerprint === undefined ? {} : { tlsFingerprint }),
  };
  return { user: settings.user.trim(), endpoint };
}

/** The usual port goes with the encryption, unless another one was typed. */
export function withSecurity(settings: ServerSettings, security: Endpoint['security']): ServerSettings {
  const usual = { tls: '993', starttls: '143', none: '143' } as const;
  const isUsual = settings.port === '' || settings.port === usual[settings.security];
  return { ...settings, security, port: isUsual ? usual[security] : settings.port, origin: 'typed' };
}

export function certificateDoubt(failure: Failure | null): { code: CertificateCode; failure: Failure } | null {
  const code = CERTIFICATE_CODES.find((known) => known === failure?.code);
  return code && failure ? { code, failure } : null;
}

/** Passwords go to loopback unencrypted only. */
export function isThisComputer(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host.trim());
}

/** `TLS 1.3` of `TLSv1.3`. */
export function tlsName(version: string): string {
  return version.replace(/^TLSv(\d)$/, 'TLS $1.0').replace(/^TLSv/, 'TLS ');
}
