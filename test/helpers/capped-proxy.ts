/** A line of so many octets a second on 127.0.0.1, in each direction, over all connections together, as at home. */
import net from 'node:net';

export interface CappedProxy {
  port: number;
  stop(): Promise<void>;
}

/** What a line holds at once: with more, a job would see its octets leave in bursts. */
const PIECE_BYTES = 8 * 1024;

export async function startCappedProxy(targetPort: number, bytesPerSecond: number): Promise<CappedProxy> {
  const sockets = new Set<net.Socket>();
  const line = { up: new Line(bytesPerSecond), down: new Line(bytesPerSecond) };
  const listener = net.createServer({ noDelay: true }, (client) => {
    const server = net.connect({ host: '127.0.0.1', port: targetPort, noDelay: true });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    void carry(client, server, line.up);
    void carry(server, client, line.down);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}

/** One direction: whoever sends waits until what was sent before has had its time. */
class Line {
  readonly #bytesPerSecond: number;
  #freeAtMs = 0;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  async take(bytes: number): Promise<void> {
    this.#freeAtMs = Math.max(this.#freeAtMs, performance.now()) + (bytes * 1000) / this.#bytesPerSecond;
    const ms = this.#freeAtMs - performance.now();
    if (ms > 1) await new Promise((wake) => setTimeout(wake, ms));
  }
}

async function carry(from: net.Socket, to: net.Socket, line: Line): Promise<void> {
  try {
    for await (const octets of from as AsyncIterable<Buffer>) {
      for (let at = 0; at < octets.length; at += PIECE_BYTES) {
        const piece = octets.subarray(at, at + PIECE_BYTES);
        await line.take(piece.length);
        if (!to.write(piece)) await new Promise<void>((go) => to.once('drain', go).once('close', go));
      }
    }
  } catch {
    // The other side ended it.
  }
  to.end();
}
