import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  digestHeader,
  digestMessage,
  headerEnd,
  MAX_HEADER_BYTES,
  StreamDigest,
} from '../../../electron/engine/message/digest.ts';

function streamed(chunks: readonly Buffer[]): StreamDigest {
  const digest = new StreamDigest();
  for (const chunk of chunks) digest.update(chunk);
  return digest;
}

const octets = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', '\r\n\r\n', 'a', 'From: x', ':'), { maxLength: 30 })
  .map((parts) => Buffer.from(parts.join('')));

test('a message that comes in any pieces has the digests of the whole one', () => {
  fc.assert(
    fc.property(octets, fc.integer({ min: 1, max: 7 }), (raw, size) => {
      const chunks: Buffer[] = [];
      for (let at = 0; at < raw.length; at += size) chunks.push(raw.subarray(at, at + size));
      const digest = streamed(chunks);
      const head = digest.head();
      expect(head.subarray(0, headerEnd(head))).toEqual(raw.subarray(0, headerEnd(raw)));
      expect(digest.end()).toEqual(digestMessage(raw));
    }),
    { numRuns: 2000 },
  );
});

test('of a message only the header is kept', () => {
  const header = Buffer.from('Subject: a\r\nX: b\r\n\r\n');
  const digest = streamed([header.subarray(0, 19), Buffer.concat([header.subarray(19), Buffer.alloc(100_000, 'x')])]);
  expect(String(digest.head())).toBe(String(header));
});

test('of a header without end no more is kept, and digested, than of a whole message', () => {
  const endless = Buffer.alloc(MAX_HEADER_BYTES * 2, 'x');
  const digest = streamed([endless.subarray(0, 1000), endless.subarray(1000)]);
  expect(digest.head().length).toBe(MAX_HEADER_BYTES);
  expect(digest.end()).toEqual({
    fingerprint: createHash('sha256').update(endless).digest('hex'),
    headerDigest: digestHeader(endless),
  });
});
