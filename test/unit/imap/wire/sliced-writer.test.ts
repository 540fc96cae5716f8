import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SlicedWriter } from '../../../../electron/engine/imap/wire/sliced-writer.ts';

/** Takes what it is given only when told to. */
class SlowSocket extends Writable {
  readonly given: Buffer[] = [];
  take: (error?: Error) => void = () => undefined;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.given.push(Buffer.from(chunk));
    this.take = done;
  }
}

const SLICE = 64 * 1024;

test('writes of any size, strings among them, arrive in order and in slices', async () => {
  const socket = new SlowSocket();
  const writer = new SlicedWriter(socket);
  const large = randomBytes(3 * SLICE + 5);
  writer.cork();
  writer.write('W1 APPEND x', 'latin1');
  writer.write(large);
  writer.write('\r\n', 'latin1');
  writer.uncork();
  writer.write('W2 NOOP\r\n', 'latin1');
  while (writer.writableLength > 0) {
    await turn();
    socket.take();
  }
  const expected = Buffer.concat([Buffer.from('W1 APPEND x'), large, Buffer.from('\r\nW2 NOOP\r\n')]);
  expect(Buffer.concat(socket.given).equals(expected)).toBe(true);
  expect(Math.max(...socket.given.map(({ length }) => length))).toBe(SLICE);
});

test('the next slice waits until the one before is taken, and drain until all is', async () => {
  const socket = new SlowSocket();
  const writer = new SlicedWriter(socket);
  let drained = false;
  writer.on('drain', () => (drained = true));
  expect(writer.write(Buffer.alloc(2 * SLICE))).toBe(false);
  await turn();
  expect(socket.given.length).toBe(1);
  socket.take();
  await turn();
  expect([socket.given.length, drained, writer.writableLength]).toEqual([2, false, 2 * SLICE]);
  socket.take();
  await turn();
  expect([drained, writer.writableLength]).toEqual([true, 0]);
});

test('its end ends the socket and leaves it open; an error of the socket is its own', async () => {
  const socket = new SlowSocket({ autoDestroy: false });
  const writer = new SlicedWriter(socket);
  writer.end();
  await turn();
  expect([socket.writableFinished, writer.destroyed, socket.destroyed]).toEqual([true, false, false]);
  const broken = new SlowSocket();
  const told: Error[] = [];
  broken.on('error', () => undefined);
  const other = new SlicedWriter(broken).on('error', (error) => told.push(error));
  other.write('x');
  broken.take(new Error('reset'));
  await turn();
  await turn();
  expect(told.map(({ message }) => message)).toEqual(['reset']);
});
