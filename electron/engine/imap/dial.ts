import net from 'node:net';
import tls from 'node:tls';
import type { ImapTransport, ImapTransportOptions, ImapTransportSocket } from 'imapflow';
import type { Endpoint } from '../../../shared/account.ts';
import { EngineError } from '../errors.ts';
import { agreedOn, fingerprintOf, judgeCertificate } from './certificate.ts';
import type { ConnectionReport } from './session-types.ts';
import { reusedBuffer } from './wire/reused-buffer.ts';

type TlsFacts = Omit<ConnectionReport, 'mechanism' | 'compressed'>;

/** Documented at tls.connect(); its types lack it. */
type TlsOptions = tls.ConnectionOptions & { onread: net.OnReadOpts };

export interface Dialer {
  transport: ImapTransport;
  /** What the line turned out to be, once it is up. */
  facts(): TlsFacts;
}

/**
 * The sockets that imapflow works on. Certificates are judged here and nowhere else: imapflow is told that a line is
 * up only after that.
 *
 * @param onUp called when TCP (and TLS, if from the first byte) stands
 * @throws EngineError 'insecure-refused' account, never: no TLS wanted to a server elsewhere, and not asked for by name
 */
export function createDialer(endpoint: Endpoint, allowInsecure: boolean, onUp: () => void): Dialer {
  if (endpoint.security === 'none' && !allowInsecure && !isLoopback(endpoint.host)) {
    const message =
      `Without encryption the password would travel to ${endpoint.host} readable for everybody in between. ` +
      'Use imaps:// or imap://; --allow-insecure if you really mean it.';
    throw new EngineError('insecure-refused', message);
  }
  let facts: TlsFacts = plainFacts(endpoint.security);
  const secure = (options: ImapTransportOptions, socket: net.Socket | undefined, done: () => void) => {
    // STARTTLS begins on a socket that is there; then Node disregards onread.
    const all: TlsOptions = { ...tlsOptions(endpoint, options, socket), onread: reusedBuffer(() => made) };
    const made: tls.TLSSocket = tls.connect(all);
    made.once('secureConnect', () => {
      const objection = judgeCertificate(made, endpoint);
      if (objection) {
        made.destroy(objection);
        return;
      }
      facts = tlsFacts(made, endpoint);
      done();
    });
    return made;
  };
  const transport: ImapTransport = {
    connect: (options, onConnect) => {
      const up = () => {
        onUp();
        onConnect();
      };
      if (options.secure) return secure(options, undefined, up);
      const made: net.Socket = net.connect(
        { host: options.host, port: options.port, onread: reusedBuffer(() => made) },
        up,
      );
      return made;
    },
    upgrade: (plain: ImapTransportSocket, options, onSecure) => secure(options, plain as net.Socket, onSecure),
  };
  return { transport, facts: () => facts };
}

function tlsOptions(
  endpoint: Endpoint,
  { host, port, servername }: ImapTransportOptions,
  socket: net.Socket | undefined,
): tls.ConnectionOptions {
  return {
    host,
    port,
    ...(servername === undefined ? {} : { servername }),
    ...(socket === undefined ? {} : { socket }),
    ...(endpoint.tlsCa === undefined ? {} : { secureContext: contextWith(endpoint.tlsCa) }),
    rejectUnauthorized: false, // judgeCertificate() refuses, with the certificate at hand
  };
}

/** One for all lanes: Node would parse the system's 150 certificates for each, which are megabytes and milliseconds. */
let latestContext: { tlsCa: string; context: tls.SecureContext } | null = null;

function contextWith(tlsCa: string): tls.SecureContext {
  if (latestContext?.tlsCa !== tlsCa) {
    latestContext = { tlsCa, context: tls.createSecureContext({ ca: [...systemRoots(), tlsCa] }) };
  }
  return latestContext.context;
}

/** What Node trusts by itself, NODE_EXTRA_CA_CERTS included where it can tell (Node 22.15). */
function systemRoots(): readonly string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => string[] };
  return getCACertificates ? getCACertificates('default') : tls.rootCertificates;
}

function tlsFacts(socket: tls.TLSSocket, endpoint: Endpoint): TlsFacts {
  const certificate = socket.getPeerCertificate();
  return {
    security: endpoint.security,
    ...agreedOn(socket),
    certificateFingerprint: fingerprintOf(certificate),
    certificateValidTo: certificate.valid_to ?? null,
    trust: endpoint.tlsFingerprint ? 'fingerprint' : 'authority',
  };
}

function plainFacts(security: Endpoint['security']): TlsFacts {
  return {
    security,
    tlsVersion: null,
    cipher: null,
    forwardSecrecy: null,
    certificateFingerprint: null,
    certificateValidTo: null,
    trust: null,
  };
}

export function isLoopback(host: string): boolean {
  const name = host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    (net.isIPv4(name) && name.startsWith('127.'))
  );
}
