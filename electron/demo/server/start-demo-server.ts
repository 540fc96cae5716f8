import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { DemoAccount } from './account.ts';
import { CommandLog } from './command-log.ts';
import type { DemoServer, DemoServerOptions, ServerSettings } from './options.ts';
import { Session } from './session.ts';

const MAX_LITERAL_BYTES = 256 * 1024 * 1024;

/**
 * Start an IMAP4rev1 server (RFC 3501) on 127.0.0.1 whose mailboxes live in memory.
 *
 * A well-behaved one: octets come back as they were given, INTERNALDATE with its zone. What it offers can be cut down,
 * and a hook can make it refuse or drop the line, to see how a client copes.
 *
 * @throws Error when the port is taken or the options contradict each other
 */
export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const settings = resolveSettings(options);
  const sockets = new Set<Socket>();
  const sessions = new Set<Promise<void>>();
  let lastId = 0;
  const accept = (socket: Socket): void => {
    socket.setNoDelay(true);
    const running = new Session(++lastId, socket, settings, options.tls?.mode === 'implicit').run();
    const watched = running.catch(() => void socket.destroy()).finally(() => sessions.delete(watched));
    sessions.add(watched);
  };
  const server = listen(options, accept);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  const port = await bind(server, options.port ?? 0);
  const first = options.users[0]?.name ?? '';
  return {
    host: '127.0.0.1',
    port,
    log: settings.log,
    get connections() {
      return sockets.size;
    },
    account: (name = first) => accountOf(settings, name),
    setHook: (hook) => (settings.hook = hook),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await Promise.all([...sessions, closed]);
    },
  };
}

function resolveSettings(options: DemoServerOptions): ServerSettings {
  const delimiter = options.delimiter ?? '/';
  const namespacePrefix = options.namespacePrefix ?? '';
  if (options.users.length === 0) throw new Error('A demo server needs at least one user.');
  if (!/^[\x21-\x7e]$/.test(delimiter)) throw new Error('The delimiter must be one visible ASCII character.');
  if (namespacePrefix !== '' && !namespacePrefix.endsWith(delimiter)) {
    throw new Error('The namespace prefix must end in the delimiter.');
  }
  let uidValidity = options.uidValidityStart ?? Math.floor(Date.now() / 1000);
  const nextUidValidity = (): number => uidValidity++;
  const accounts = options.users.map(({ name, password }) => {
    const account = new DemoAccount(name, { delimiter, namespacePrefix, nextUidValidity });
    return [name, { password, account }] as const;
  });
  return {
    offers: (name) => options.capabilities?.[name] ?? true,
    accounts: new Map(accounts),
    delimiter,
    namespacePrefix,
    appendLimitBytes: options.appendLimitBytes ?? null,
    quotaBytes: options.quotaBytes ?? null,
    latencyMs: options.latencyMs ?? 0,
    bytesPerSecond: options.bytesPerSecond ?? null,
    maxLiteralBytes: options.maxLiteralBytes ?? MAX_LITERAL_BYTES,
    tls: options.tls ?? null,
    hook: options.onCommand ?? null,
    log: new CommandLog(),
  };
}

function accountOf(settings: ServerSettings, name: string): DemoAccount {
  const user = settings.accounts.get(name);
  if (!user) throw new Error(`The demo server has no user ${name}.`);
  return user.account;
}

function listen(options: DemoServerOptions, accept: (socket: Socket) => void): Server {
  const { tls } = options;
  // Nagle's wait would be the slowest part of a server that answers at once.
  if (tls?.mode !== 'implicit') return createServer({ noDelay: true }, accept);
  return createTlsServer({ key: tls.key, cert: tls.cert }, accept);
}

async function bind(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  server.removeAllListeners('error');
  server.on('error', () => undefined);
  return (server.address() as AddressInfo).port;
}
