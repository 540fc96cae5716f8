/** Each test file starts a server of each kind at most once, when first asked for, and stops it when the file ends. */
import { afterAll } from 'vitest';
import { startCourier, type CourierOptions } from './courier.ts';
import { startCyrus, type CyrusOptions } from './cyrus.ts';
import { startDovecot, type DovecotOptions } from './dovecot.ts';
import type { TestServer } from './server.ts';

const started = new Map<string, Promise<TestServer>>();

export const dovecot = (options: DovecotOptions = {}): Promise<TestServer> =>
  once('dovecot', options, () => startDovecot(options));
export const cyrus = (options: CyrusOptions = {}): Promise<TestServer> =>
  once('cyrus', options, () => startCyrus(options));
export const courier = (options: CourierOptions = {}): Promise<TestServer> =>
  once('courier', options, () => startCourier(options));

function once(kind: string, options: object, start: () => Promise<TestServer>): Promise<TestServer> {
  const key = `${kind} ${JSON.stringify(options)}`;
  const server = started.get(key) ?? start();
  started.set(key, server);
  return server;
}

// This module is evaluated anew for each test file, so this is the end of that file.
afterAll(async () => {
  const servers = await Promise.allSettled([...started.values()]);
  started.clear();
  for (const server of servers) if (server.status === 'fulfilled') await server.value.stop();
});
