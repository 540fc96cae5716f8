import type { TLSSocket } from 'node:tls';
import type { FailureCode } from '../../../shared/failure.ts';
import type { Endpoint } from '../../../shared/account.ts';
import { EngineError } from '../errors.ts';
import { sanitizeServerText } from './server-text.ts';

/**
 * Judge the certificate of a finished handshake, before a single octet of IMAP is sent.
 *
 * The handshake itself is made without Node's refusal, because a refused socket no longer shows the certificate, and
 * the user needs its fingerprint to decide. A pinned fingerprint is the only judge: name, date and issuer do not count.
 *
 * @returns null when it is to be trusted
 */
export function judgeCertificate(socket: TLSSocket, endpoint: Endpoint): EngineError | null {
  const certificate = socket.getPeerCertificate();
  const seen = fingerprintOf(certificate);
  if (endpoint.tlsFingerprint !== undefined && endpoint.tlsFingerprint !== '') {
    return seen !== '' && seen === normalizeFingerprint(endpoint.tlsFingerprint)
      ? null
      : mismatch(endpoint, { ...facts(certificate), ...handshake(socket) });
  }
  if (socket.authorized) return null;
  const reason = socket.authorizationError as unknown;
  const cause = reason instanceof Error ? ((reason as NodeJS.ErrnoException).code ?? reason.message) : String(reason);
  return refused(cause, endpoint, { ...facts(certificate), ...handshake(socket) });
}

export function normalizeFingerprint(text: string): string {
  return text
    .replace(/^sha-?256[:=]/i, '')
    .replace(/[:\s]/g, '')
    .toLowerCase();
}

export function fingerprintOf(certificate: { fingerprint256?: string }): string {
  return normalizeFingerprint(certificate.fingerprint256 ?? '');
}

type Facts = ReturnType<typeof facts>;

function mismatch(endpoint: Endpoint, seenFacts: Facts): EngineError {
  const seen = seenFacts.fingerprint;
  return new EngineError(
    'certificate-fingerprint-mismatch',
    `${endpoint.host} shows another certificate than the one you trust. If the server has a new one, compare the ` +
      `fingerprint with its administrator and use --tls-fingerprint ${seen}; if not, somebody is in between.`,
    { details: { ...seenFacts, expectedFingerprint: normalizeFingerprint(endpoint.tlsFingerprint ?? '') } },
  );
}

type Certificate = ReturnType<TLSSocket['getPeerCertificate']>;

/** @param cause OpenSSL's name of the reason, as Node gives it */
function refused(cause: string, endpoint: Endpoint, seen: Facts): EngineError {
  const details = { ...seen, reason: sanitizeServerText(cause) };
  const host = endpoint.host;
  const pin = `--tls-fingerprint ${seen.fingerprint}`;
  const make = (code: FailureCode, message: string) => new EngineError(code, message, { details });
  switch (cause) {
    case 'CERT_HAS_EXPIRED':
      return make(
        'certificate-expired',
        `The certificate of ${host} expired on ${details.validTo}. Ask its administrator to renew it, or trust exactly this one with ${pin}.`,
      );
    case 'CERT_NOT_YET_VALID':
      return make(
        'certificate-expired',
        `The certificate of ${host} is valid only from ${details.validFrom}. Check the clock of this computer.`,
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return make(
        'certificate-self-signed',
        `The certificate of ${host} is signed by nobody but itself. If this is your own server, trust exactly this certificate with ${pin}.`,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return make(
        'certificate-wrong-host',
        `The certificate shown by ${host} is for ${details.names || 'another name'}. Use one of these as host name, or trust exactly this certificate with ${pin}.`,
      );
    default:
      return make(
        'certificate-untrusted',
        `The certificate of ${host} comes from an authority that this computer does not know. Give the authority's certificate with --tls-ca FILE, or trust exactly this one with ${pin}.`,
      );
  }
}

function facts(certificate: Certificate): Record<'fingerprint' | 'names' | 'issuer' | 'validFrom' | 'validTo', string> {
  const { subjectaltname, subject, issuer, valid_from: validFrom, valid_to: validTo } = certificate;
  const names = (subjectaltname ?? '').replace(/\b(DNS|IP Address|URI|email):/g, '') || one(subject?.CN);
  return {
    fingerprint: fingerprintOf(certificate),
    names: sanitizeServerText(names),
    issuer: sanitizeServerText(one(issuer?.O) || one(issuer?.CN)),
    validFrom: sanitizeServerText(validFrom ?? ''),
    validTo: sanitizeServerText(validTo ?? ''),
  };
}

/** What the two sides agreed on, as a report of a good connection has it. */
export function agreedOn(socket: TLSSocket): { tlsVersion: string | null; cipher: string; forwardSecrecy: boolean } {
  const { name, standardName } = socket.getCipher();
  const cipher = standardName || name;
  const tlsVersion = socket.getProtocol();
  return { tlsVersion, cipher, forwardSecrecy: tlsVersion === 'TLSv1.3' || /^(TLS_)?(EC)?DHE[_-]/.test(cipher) };
}

/** Details hold text and numbers only. */
function handshake(socket: TLSSocket): { tlsVersion: string; cipher: string; forwardSecrecy: 'yes' | 'no' } {
  const { tlsVersion, cipher, forwardSecrecy } = agreedOn(socket);
  return { tlsVersion: tlsVersion ?? '', cipher, forwardSecrecy: forwardSecrecy ? 'yes' : 'no' };
}

function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
