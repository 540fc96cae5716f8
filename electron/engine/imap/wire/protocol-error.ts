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
