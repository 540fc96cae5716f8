/** A place where every host name leads to: one port that takes HTTP and HTTPS and writes down who came for what. */
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { selfSigned } from '../unit/demo/self-signed.ts';

export interface Trapped {
  url: string;
  referer: string | undefined;
}

export interface Trap {
  port: number;
  /** Whole requests. */
  requests: Trapped[];
  /** Every connection, also one that asked nothing. */
  connections: number;
  clear(): void;
  close(): Promise<void>;
}

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export async function setTrap(): Promise<Trap> {
  const requests: Trapped[] = [];
  const answer = (scheme: string) => (request: http.IncomingMessage, response: http.ServerResponse) => {
    requests.push({ url: `${scheme}://${request.headers.host}${request.url}`, referer: request.headers.referer });
    response.writeHead(200, { 'content-type': 'image/gif', 'access-control-allow-origin': '*' }).end(GIF);
  };
  const plain = http.createServer(answer('http'));
  const secure = https.createServer(selfSigned('tracker.example'), answer('https'));
  const [plainPort, securePort] = [await listen(plain), await listen(secure)];
  const sockets = new Set<net.Socket>();
  const trap: Trap = {
    ...{ port: 0, requests, connections: 0 },
    clear() {
      requests.length = 0;
      trap.connections = 0;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const listening of [door, plain, secure]) listening.close();
      await once(door, 'close');
    },
  };
  const door = net.createServer((socket) => {
    trap.connections++;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('data', (first) => {
      // 22: a TLS handshake.
      const inner = net.connect(first[0] === 22 ? securePort : plainPort, '127.0.0.1');
      sockets.add(inner);
      inner.on('error', () => socket.destroy());
      inner.write(first);
      socket.pipe(inner).pipe(socket);
    });
  });
  trap.port = await listen(door);
  return trap;
}

async function listen(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as net.AddressInfo).port;
}
