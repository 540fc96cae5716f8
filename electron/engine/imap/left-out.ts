/**
 * Stands in the built program for packages that imapflow loads for what Mailferry never asks of it: a log (`logger` is
 * false), proxies, downloads, envelopes. They are half of what it loads: 9 MB of memory and a fifth of a short run.
 * vite.config.ts names them; run from the sources the real ones are loaded.
 */
import { EngineError } from '../errors.ts';

function leftOut(): never {
  throw new EngineError('internal', 'A part of imapflow was used that the built program leaves out.');
}

/** An envelope that a server sends unasked is decoded and thrown away: that must not end the connection. */
const decodeWords = (text: string): string => text;

export default Object.assign(leftOut, { decodeWords });
export { leftOut as Headers, leftOut as SocksClient };
