/**
 * A TCP line with faults, on 127.0.0.1. It knows nothing of what travels, TLS or not, and reorders nothing. A fault
 * strikes once, at an octet counted over all connections since it was armed: the same fault on the same run is the
 * same fault again.
 */
import net from 'node:net';

/** up: what the client sends. */
export type Direction = 'up' | 'down';

/**
 * cut: both sides see the end. reset: both see RST. half-close: the receiver of this direction sees the end, the other
 * direction goes on. stall: nothing travels any more, the line stays. drip: one octet at a time for a while. delay: a
 * pause. corrupt: one bit is another.
 */
export type FaultKind = 'cut' | 'reset' | 'half-close' | 'stall' | 'drip' | 'delay' | 'corrupt';

export interface Fault {
  kind: FaultKind;
  direction: Direction;
  /** The first octet of this direction, from 0, that does not travel as it should. */
  at: number;
  /** drip: between octets; delay: the pause. On the wall. */
  ms?: number;
  /** drip: so many octets. */
  octets?: number;
}

export interface FaultProxy {
  port: number;
  /** Counting begins anew. null: a good line. */
  arm(fault: Fault | null): void;
  /** Octets that came in each direction since the last arm(). */
  passed(): Record<Direction, number>;
  /** Whether the fault has struck. */
  hasStruck(): boolean;
  stop(): Promise<void>;
}

interface Line {
  client: net.Socket;
  server: net.Socket;
  /** Nothing travels any more. */
  isDead: boolean;
  /** Directions whose octets are thrown away. */
  readonly closed: Set<Direction>;
  /** Octets of a direction travel one after another. */
  readonly turns: Record<Direction, Promise<void>>;
}

export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const proxy = new Proxy(targetPort);
  const listener = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => proxy.accept(client));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    arm: (fault) => proxy.arm(fault),
    passed: () => ({ ...proxy.passed }),
    hasStruck: () => proxy.hasStruck,
    stop: () =>
      new Promise((resolve) => {
        proxy.end();
        listener.close(() => resolve());
      }),
  };
}

class Proxy {
  readonly #targetPort: number;
  readonly #lines = new Set<Line>();
  #fault: Fault | null = null;
  passed: Record<Direction, number> = { up: 0, down: 0 };
  hasStruck = false;

  constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  arm(fault: Fault | null): void {
    this.#fault = fault;
    this.passed = { up: 0, down: 0 };
    this.hasStruck = false;
  }

  end(): void {
    for (const { client, server } of this.#lines) for (const socket of [client, server]) socket.destroy();
  }

  accept(client: net.Socket): void {
    const server = net.connect({ host: '127.0.0.1', port: this.#targetPort, allowHalfOpen: true, noDelay: true });
    const turns = { up: Promise.resolve(), down: Promise.resolve() };
    const line: Line = { client, server, isDead: false, closed: new Set(), turns };
    this.#lines.add(line);
    this.#join(line, 'up', client, server);
    this.#join(line, 'down', server, client);
  }

  #join(line: Line, direction: Direction, from: net.Socket, to: net.Socket): void {
    from.on('error', () => undefined);
    from.on('data', (octets: Buffer) => this.#inTurn(line, direction, () => this.#take(line, direction, octets, to)));
    from.on('end', () => this.#inTurn(line, direction, async () => void to.end()));
    from.on('close', () => {
      this.#lines.delete(line);
      this.#inTurn(line, direction, async () => void to.destroySoon());
    });
  }

  #inTurn(line: Line, direction: Direction, work: () => Promise<void>): void {
    line.turns[direction] = line.turns[direction].then(async () => {
      if (!line.isDead) await work();
    });
  }

  async #take(line: Line, direction: Direction, octets: Buffer, to: net.Socket): Promise<void> {
    const fault = this.#fault;
    const before = this.passed[direction];
    this.passed[direction] += octets.length;
    if (line.closed.has(direction)) return;
    if (!fault || this.hasStruck || fault.direction !== direction || before + octets.length <= fault.at) {
      await write(to, octets);
      return;
    }
    this.hasStruck = true;
    const good = fault.at - before;
    await write(to, octets.subarray(0, good));
    await this.#strike(line, fault, octets.subarray(good), to);
  }

  async #strike(line: Line, fault: Fault, rest: Buffer, to: net.Socket): Promise<void> {
    const { client, server } = line;
    switch (fault.kind) {
      case 'cut':
        line.isDead = true;
        for (const socket of [client, server]) socket.destroySoon();
        return;
      case 'reset':
        line.isDead = true;
        for (const socket of [client, server]) socket.resetAndDestroy();
        return;
      case 'half-close':
        line.closed.add(fault.direction);
        to.end();
        return;
      case 'stall':
        line.isDead = true;
        // When one side gives up, the other has to hear of it: a line that stalls is not a line that lives for ever.
        client.on('close', () => server.destroy());
        server.on('close', () => client.destroy());
        return;
      case 'drip':
        return drip(to, rest, fault);
      case 'delay':
        await pause(fault.ms ?? 100);
        return write(to, rest);
      case 'corrupt': {
        const copy = Buffer.from(rest);
        copy[0] = copy[0]! ^ 0x10;
        return write(to, copy);
      }
    }
  }
}

async function drip(to: net.Socket, octets: Buffer, { ms = 2, octets: count = 300 }: Fault): Promise<void> {
  const slow = Math.min(count, octets.length);
  for (let i = 0; i < slow && !to.destroyed; i++) {
    await write(to, octets.subarray(i, i + 1));
    await pause(ms);
  }
  await write(to, octets.subarray(slow));
}

async function write(to: net.Socket, octets: Buffer): Promise<void> {
  if (octets.length === 0 || to.destroyed || to.writableEnded || to.write(octets)) return;
  await new Promise<void>((resolve) => to.once('drain', resolve).once('close', resolve));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
