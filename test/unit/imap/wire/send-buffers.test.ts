import { expect, test } from 'vitest';
import { SendBuffers } from '../../../../electron/engine/imap/send-buffers.ts';
import type { WireConnection } from '../../../../electron/engine/imap/wire/connection.ts';

test('a buffer is used again when the socket has taken it, and not before', () => {
  const wire = { queuedBytes: 1000, unsentBytes: 600 };
  const buffers = new SendBuffers(wire as WireConnection, 100, 2);
  const first = buffers.take();
  const second = buffers.take();
  buffers.give(first, 500);
  buffers.give(second, 400);
  expect(buffers.take()).toBe(second);
  expect(buffers.take()).not.toBe(first);
  wire.unsentBytes = 500;
  expect(buffers.take()).toBe(first);
});

test('no more are kept than asked for, and none of another size', () => {
  const buffers = new SendBuffers({ queuedBytes: 0, unsentBytes: 0 } as WireConnection, 100, 2);
  const many = Array.from({ length: 4 }, () => buffers.take());
  buffers.give(Buffer.alloc(101), 0);
  for (const buffer of many) buffers.give(buffer, 0);
  const again = Array.from({ length: 4 }, () => buffers.take());
  expect(many.map((buffer) => again.includes(buffer))).toEqual([true, true, false, false]);
});

test('after a change of size only buffers of the new size are given out', () => {
  const buffers = new SendBuffers({ queuedBytes: 0, unsentBytes: 0 } as WireConnection, 100, 2);
  const [kept, away] = [buffers.take(), buffers.take()];
  buffers.give(kept, 0);
  buffers.resize(50);
  buffers.give(away, 0);
  const again = [buffers.take(), buffers.take()];
  expect(again.map(({ length }) => length)).toEqual([50, 50]);
});
