/** A TCP proxy on 127.0.0.1 that stands in for a distant line, and counts what passes. */
import net from 'node:net';
import { delayedPipe, type LineSpeed } from './delayed-pipe.ts';
import { LineNotes, type LineCounts } from './line-notes.ts';

export interface DelayProxy {
  port: number;
  /** Since the last reset. */
  counts(): LineCounts;
  reset(): void;
  stop(): Promise<void>;
}

/** Before the server sees a connection: SYN, its answer, and the acknowledgement, on the way for half a round trip each. */
const HANDSHAKE_TRIPS = 1.5;

export async function startDelayProxy(targetPort: number, speed: LineSpeed): Promise<DelayProxy> {
  const notes = new LineNotes();
  const sockets = new Set<net.Socket>();
  const track = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.setNoDelay();
  };
  const listener = net.createServer({ allowHalfOpen: true }, (client) => {
    track(client);
    const noted = notes.connection(speed.rttMs);
    const server = new net.Socket({ allowHalfOpen: true });
    track(server);
    const open = setTimeout(() => server.connect(targetPort, '127.0.0.1'), speed.rttMs * HANDSHAKE_TRIPS);
    client.on('data', (octets) => noted.sent(octets));
    client.once('end', () => noted.closed());
    client.once('close', () => {
      noted.closed();
      clearTimeout(open);
      if (server.pending) server.destroy();
    });
    delayedPipe(client, server, speed, () => undefined);
    delayedPipe(server, client, speed, (octets) => noted.arrived(octets));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    counts: () => notes.counts(),
    reset: () => notes.reset(),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}
