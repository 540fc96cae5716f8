import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { reusedBuffer, takeOctets } from '../../../../electron/engine/imap/wire/reused-buffer.ts';

let server: net.Server;
let client: net.Socket;
let peer: net.Socket;
afterEach(() => {
  client.destroy();
  peer.destroy();
  server.close();
});

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);

/** Both ends of one connection; the client's reads go into one buffer. */
async function connect(): Promise<void> {
  server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection');
  client = net.connect({ port, host: '127.0.0.1', onread: reusedBuffer(() => client) });
  [peer] = (await accepted) as [net.Socket];
}

test('without a taker the socket is a stream like any other, whose chunks may be kept', async () => {
  await connect();
  const kept: Buffer[] = [];
  client.on('data', (chunk: Buffer) => kept.push(chunk));
  for (const word of ['one ', 'two ', 'three']) {
    peer.write(word);
    await once(client, 'data');
  }
  expect(kept.map(String)).toEqual(['one ', 'two ', 'three']);
});

test('with a taker every read is handed over in the same buffer', async () => {
  await connect();
  const buffers = new Set<ArrayBufferLike>();
  let taken = '';
  takeOctets(client, (octets) => {
    buffers.add(octets.buffer);
    taken += String(octets);
  });
  for (const word of ['one ', 'two ', 'three']) {
    const before = taken.length;
    peer.write(word);
    while (taken.length === before) await sleep(1);
  }
  expect(taken).toBe('one two three');
  expect(buffers.size).toBe(1);
});

test('what came before the taker is taken first', async () => {
  await connect();
  client.on('data', () => undefined).removeAllListeners('data');
  client.pause();
  client.read(0);
  peer.write('early ');
  while (client.readableLength === 0) await sleep(1);
  let taken = '';
  takeOctets(client, (octets) => (taken += String(octets)));
  client.resume();
  peer.write('late');
  while (taken.length < 10) await sleep(1);
  expect(taken).toBe('early late');
});

test('reads grow while they are full, and are small again once they were held back', async () => {
  await connect();
  const sizes: number[] = [];
  takeOctets(client, (octets) => sizes.push(octets.length));
  const send = async (): Promise<void> => {
    sizes.length = 0;
    peer.write(Buffer.alloc(8 * 1024 * 1024));
    while (sum(sizes) < 8 * 1024 * 1024) await sleep(1);
  };
  await send();
  expect(sizes[0]).toBeLessThanOrEqual(262_144);
  expect(Math.max(...sizes)).toBeGreaterThan(262_144);

  takeOctets(client, () => client.pause());
  peer.write('x');
  while (!client.isPaused()) await sleep(1);
  takeOctets(client, (octets) => sizes.push(octets.length));
  client.resume();
  await send();
  expect(sizes[0]).toBeLessThanOrEqual(65_536);
});

test('a taker that pauses again and again gets every octet once, in order, and none while paused', async () => {
  await connect();
  const sent = randomBytes(8 * 1024 * 1024);
  const sum = createHash('sha256');
  let size = 0;
  let pauses = 0;
  let whilePaused = 0;
  takeOctets(client, (octets) => {
    if (client.isPaused()) whilePaused++;
    sum.update(octets);
    size += octets.length;
    if (size % 5 >= 3) return;
    pauses++;
    client.pause();
    setTimeout(() => client.resume(), 1);
  });
  for (let at = 0; at < sent.length; at += 300_001) peer.write(sent.subarray(at, at + 300_001));
  peer.end();
  await once(client, 'end');
  expect(sum.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
  expect(pauses).toBeGreaterThan(3);
  expect(whilePaused).toBe(0);
});
