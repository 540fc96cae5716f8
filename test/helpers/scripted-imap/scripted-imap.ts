/**
 * An IMAP server that a script can make say anything. Behind it stands a well-behaved one in memory: whatever the
 * script leaves alone is answered by that, and its answers can be changed at any octet.
 */
import net from 'node:net';
import tls from 'node:tls';
import type { DemoAccount } from '../../../electron/demo/server/account.ts';
import type { DemoServerOptions } from '../../../electron/demo/server/options.ts';
import { startDemoServer } from '../../../electron/demo/server/start-demo-server.ts';
import { Conversation } from './conversation.ts';
import { wellBehaved, type Script } from './script.ts';

export interface ScriptedOptions {
  user: { name: string; password: string };
  script?: Script;
  /** What is offered in place of what the good server offers. */
  capabilities?: (names: string[]) => string[];
  tls?: { key: string; cert: string; mode: 'implicit' | 'starttls' };
  /** For the good server. */
  server?: Omit<DemoServerOptions, 'users' | 'tls'>;
}

/** What conversations share. */
export interface ScriptedSettings {
  script: Script;
  capabilities: (names: string[]) => string[];
  /** Set for STARTTLS. */
  tls: { key: string; cert: string } | null;
  /** @returns the how-manieth of this verb */
  note(verb: string, isSecure: boolean): number;
}

export interface ScriptedImap {
  port: number;
  account: DemoAccount;
  /** From now on; counting begins anew. */
  setScript(script: Script): void;
  setCapabilities(change: (names: string[]) => string[]): void;
  /** Verbs heard since the script was set. */
  heard(verb: string): number;
  /** Verbs heard without encryption, over the whole life of the server. */
  heardInClear(): string[];
  stop(): Promise<void>;
}

export async function startScriptedImap(options: ScriptedOptions): Promise<ScriptedImap> {
  const good = await startDemoServer({ uidValidityStart: 5000, ...options.server, users: [options.user] });
  const counts = new Map<string, number>();
  const inClear: string[] = [];
  const starttls = options.tls?.mode === 'starttls' ? options.tls : null;
  const settings: ScriptedSettings = {
    script: options.script ?? wellBehaved,
    capabilities: options.capabilities ?? ((names) => names),
    tls: starttls,
    note: (verb, isSecure) => {
      if (!isSecure && inClear.length < 10_000) inClear.push(verb);
      const count = (counts.get(verb) ?? 0) + 1;
      counts.set(verb, count);
      return count;
    },
  };
  const open = new Set<Conversation>();
  let lastId = 0;
  const accept = (socket: net.Socket): void => {
    socket.on('error', () => undefined);
    socket.setNoDelay(true);
    const conversation = new Conversation(++lastId, socket, settings, good.port);
    open.add(conversation);
    void conversation.gone.then(() => open.delete(conversation));
    void conversation.run();
  };
  const listener =
    options.tls?.mode === 'implicit'
      ? tls.createServer({ key: options.tls.key, cert: options.tls.cert }, accept)
      : net.createServer({ allowHalfOpen: true }, accept);
  listener.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    account: good.account(),
    setScript: (script) => {
      settings.script = script;
      counts.clear();
    },
    setCapabilities: (change) => (settings.capabilities = change),
    heard: (verb) => counts.get(verb) ?? 0,
    heardInClear: () => [...inClear],
    stop: async () => {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const conversation of open) conversation.close();
      await closed;
      await good.stop();
    },
  };
}
