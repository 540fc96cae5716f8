import { EngineError } from '../../errors.ts';

/**
 * The server's octets make no sense as IMAP. The connection cannot be trusted any further; another one may work.
 *
 * @param what a fixed phrase, never the server's own text: that may be mail
 */
export function protocolError(what: string): EngineError {
  const message = `The server sent something that is not valid IMAP (${what}). Run again; if it happens every time, ask the mail provider.`;
  return new EngineError('protocol-error', message, { scope: 'account', retry: 'now', details: { what } });
}

export function connectionLost(server: string, cause?: unknown): EngineError {
  const message = `The connection to ${server} was lost. Check the network; what was done is kept.`;
  return new EngineError('connection-lost', message, { scope: 'account', retry: 'now', cause });
}

/** @param what the middle of a sentence, such as `sent nothing for 120 seconds` */
export function stalled(server: string, what: string): EngineError {
  const message = `${server} ${what}. The connection was given up; another one is tried.`;
  return new EngineError('server-stalled', message, { scope: 'account', retry: 'now' });
}

/** What a receiver threw may be anything. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
