import type { Endpoint } from '../../../shared/account.ts';
import { EngineError } from '../errors.ts';
import { quoteServer } from './server-text.ts';

export type Phase = 'connect' | 'greeting' | 'sign-in' | 'command';

/** Whatever broke a connection, as an EngineError. imapflow's own errors carry server data and are not kept as cause. */
export function connectError(error: unknown, endpoint: Endpoint, phase: Phase): EngineError {
  if (error instanceof EngineError) return error;
  const cause = firstCause(error);
  const code = cause.code ?? '';
  const where = whereOf(endpoint);
  if (/^(ENOTFOUND|EAI_|ENODATA)/.test(code))
    return new EngineError(
      'host-unknown',
      `There is no server named ${endpoint.host}, as far as this computer can find out. Check the name and the network.`,
      { retry: code === 'EAI_AGAIN' ? 'now' : 'never', cause },
    );
  if (code === 'ECONNREFUSED')
    return new EngineError(
      'connection-refused',
      `Nothing answers at ${where}. Check host and port; IMAP is usually at 993 (imaps://) or 143 (imap://).`,
      { cause },
    );
  if (/^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|CONNECT_TIMEOUT|UPGRADE_TIMEOUT)$/.test(code))
    return timeoutError(endpoint, 'connect');
  if (code === 'GREETING_TIMEOUT') return timeoutError(endpoint, 'greeting');
  if (code === 'ETIMEOUT') return timeoutError(endpoint, phase);
  if (code === 'STARTTLS_INJECTION') return startTlsInjected(endpoint);
  if (/STARTTLS/.test(cause.message) && code === '') return startTlsMissing(endpoint);
  if (isTlsFailure(cause, endpoint, phase)) return tlsFailed(cause, endpoint);
  if (/TooLarge|TooMany|Parser|NESTING|UnexpectedTag|InvalidResponse|MissingTag|ResponseProcessing|TRAILING/.test(code))
    return new EngineError('protocol-error', `${where} sends something that is not IMAP. Check host and port.`, {
      retry: 'never',
    });
  return lost(endpoint, phase, code);
}

export function timeoutError(endpoint: Endpoint, phase: Phase): EngineError {
  const where = whereOf(endpoint);
  switch (phase) {
    case 'connect':
      return new EngineError(
        'connection-timeout',
        `${where} does not answer. Check host, port, network and firewall.`,
        { retry: 'now' },
      );
    case 'greeting':
      return new EngineError(
        'connection-timeout',
        endpoint.security === 'tls'
          ? `${where} accepts the connection but says nothing. Check that this port is for IMAP.`
          : `${where} accepts the connection but says nothing. The port may want TLS from the start: try imaps://.`,
        { retry: 'now' },
      );
    case 'sign-in':
      return new EngineError('connection-timeout', `${where} did not finish the sign-in in time. Try again later.`, {
        retry: 'now',
      });
    case 'command':
      return new EngineError('server-stalled', `${where} stopped answering. The job connects again.`, { retry: 'now' });
  }
}

/** Also for a server that greets as signed in already (PREAUTH), which rules STARTTLS out (RFC 9051 §6.2.1). */
function startTlsMissing(endpoint: Endpoint): EngineError {
  const message =
    `${whereOf(endpoint)} does not offer STARTTLS, so the password was not sent. ` +
    'Use imaps:// if the server has it; if it did offer STARTTLS before, somebody in between may have removed it.';
  return new EngineError('starttls-missing', message);
}

function startTlsInjected(endpoint: Endpoint): EngineError {
  const message =
    `Something was put into the connection to ${endpoint.host} just before its encryption began, so the password was ` +
    'not sent. Use imaps:// or another network.';
  return new EngineError('tls-failed', message);
}

/** @param greeting the first line, hostile */
export function notImap(endpoint: Endpoint, greeting: string): EngineError {
  const message = `${whereOf(endpoint)} is not an IMAP server. Check host and port.${quoteServer(greeting)}`;
  return new EngineError('protocol-error', message);
}

export function tooMuch(endpoint: Endpoint): EngineError {
  const message = `${whereOf(endpoint)} sends without end and answers nothing. Check host and port; if they are right, ask the mail provider.`;
  return new EngineError('protocol-error', message);
}

function isTlsFailure(cause: NodeJS.ErrnoException, endpoint: Endpoint, phase: Phase): boolean {
  const code = cause.code ?? '';
  if (/^(EPROTO|ERR_SSL|ERR_TLS|ERR_OSSL|ERR_CRYPTO)/.test(code)) return true;
  // Cut off while the handshake was under way.
  if (code === 'ECONNRESET' && /before secure TLS connection/i.test(cause.message)) return true;
  return (
    (cause as { tlsFailed?: boolean }).tlsFailed === true ||
    (code === 'ECONNRESET' && phase === 'connect' && endpoint.security === 'tls')
  );
}

function tlsFailed(cause: NodeJS.ErrnoException, endpoint: Endpoint): EngineError {
  const where = whereOf(endpoint);
  const reason = (cause.code ?? '')
    .replace(/^ERR_(SSL|TLS)_/, '')
    .replaceAll('_', ' ')
    .toLowerCase();
  const say =
    /UNSUPPORTED_PROTOCOL|VERSION_TOO_LOW|NO_PROTOCOLS|ALERT_PROTOCOL_VERSION|HANDSHAKE_FAILURE|NO_SHARED_CIPHER/.test(
      cause.code ?? '',
    )
      ? `${where} and Mailferry have no version of TLS in common. The server is probably too old: TLS 1.2 is needed.`
      : endpoint.security === 'tls'
        ? `${where} does not speak TLS. Check the port, or try imap:// (STARTTLS).`
        : `The encryption of the connection to ${where} failed. Try again, or use imaps://.`;
  return new EngineError('tls-failed', say, { details: { reason }, cause });
}

function lost(endpoint: Endpoint, phase: Phase, code: string): EngineError {
  const where = whereOf(endpoint);
  const details = code === '' ? {} : { details: { reason: code } };
  const message =
    phase === 'greeting' || phase === 'connect'
      ? `${where} closed the connection without a word. Check host and port, or try again later.`
      : `The connection to ${where} was cut. Check the network and try again.`;
  return new EngineError('connection-lost', message, { retry: 'now', ...details });
}

function whereOf({ host, port }: Endpoint): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A connect to several addresses fails with an AggregateError: what the first one said. */
function firstCause(error: unknown): NodeJS.ErrnoException {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0];
  return error instanceof Error ? error : new Error(String(error));
}
