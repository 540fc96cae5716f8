/** A TCP proxy on 127.0.0.1 that writes down every command a client sends, without literals and without secrets. */
import net from 'node:net';

export interface CountingProxy {
  port: number;
  /** Verbs in the order sent over all connections, such as `UID FETCH`. */
  commands(): string[];
  /** Octets that the server sent. */
  receivedBytes(): number;
  stop(): Promise<void>;
}

export async function startCountingProxy(targetPort: number): Promise<CountingProxy> {
  const commands: string[] = [];
  const sockets = new Set<net.Socket>();
  let received = 0;
  const listener = net.createServer((client) => {
    const server = net.connect({ host: '127.0.0.1', port: targetPort });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    const note = commandNoter(commands);
    client.on('data', note);
    server.on('data', (data) => (received += data.length));
    client.pipe(server).pipe(client);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    commands: () => [...commands],
    receivedBytes: () => received,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}

/** Skips literals by their announced size, so that mail is never taken for a command. */
function commandNoter(commands: string[]): (data: Buffer) => void {
  let line = '';
  let skip = 0;
  return (data) => {
    for (const char of data.toString('latin1')) {
      if (skip > 0) {
        skip--;
        continue;
      }
      line += char;
      if (char !== '\n') continue;
      const verb = /^[A-Za-z0-9.]+ ((?:UID )?[A-Z]+)(?: |\r|\n)/i.exec(line)?.[1];
      if (verb) commands.push(verb.toUpperCase());
      skip = Number(/\{(\d+)\+?\}\r\n$/.exec(line)?.[1] ?? 0);
      line = '';
    }
  };
}
