/** For tests of listings. */
import { serve, type Script } from './scripted-server.ts';

export const FULL = 'NAMESPACE LIST-EXTENDED LIST-STATUS SPECIAL-USE STATUS=SIZE CONDSTORE';
export const lines = (...text: string[]) => [...text, '$ OK done'].join('\r\n');

/** @returns what the session lists, and the commands that it sent for that */
export async function scan(script: Script) {
  const server = await serve(script);
  const session = await server.open();
  const before = server.received.length;
  const mailboxes = await session.scan();
  const commands = server.received.slice(before).map((line) => line.replace(/^\S+ /, ''));
  return { session, mailboxes, commands };
}
