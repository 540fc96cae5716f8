import { onTestFinished } from 'vitest';
import type { DemoServer, DemoServerOptions } from '../../../electron/demo/server/options.ts';
import { startDemoServer } from '../../../electron/demo/server/start-demo-server.ts';
import { RawClient } from './raw-client.ts';

/** A server for the running test, stopped when it ends. User anna, password geheim. */
export async function withServer(options: Partial<DemoServerOptions> = {}): Promise<DemoServer> {
  const server = await startDemoServer({ users: [{ name: 'anna', password: 'geheim' }], ...options });
  onTestFinished(() => server.stop());
  return server;
}

/** A signed-in raw client for the running test. */
export async function withClient(server: DemoServer): Promise<RawClient> {
  const client = await RawClient.signedIn(server.port);
  onTestFinished(() => client.end());
  return client;
}

export const SOME_DATE = '24-Nov-2026 03:40:45 +0100';

export function message(subject: string, body = 'Moin!\r\n'): Buffer {
  return Buffer.from(`From: Anna <anna@example.org>\r\nSubject: ${subject}\r\n\r\n${body}`, 'latin1');
}
