/** The wire reader and what stands behind it, given 100,000 responses that no server would send, cut anywhere. */
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isEngineError } from '../../electron/engine/errors.ts';
import { FetchRows } from '../../electron/engine/imap/imap-source-rows.ts';
import { WireReader } from '../../electron/engine/imap/wire/reader.ts';
import { Collector } from '../unit/imap/wire/collect-messages.ts';
import { recordEvents } from '../unit/imap/wire/record-events.ts';

const RUNS = 2_100;
const MOST_RESPONSES = 60;

let responses = 0;

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const junk = fc.uint8Array({ maxLength: 12 }).map(latin1);
const number = fc.oneof(fc.nat(12), fc.constantFrom(0, 4294967295, 4294967296, 99999999999)).map(String);
const word = fc.constantFrom(
  'UID',
  'FLAGS',
  'INTERNALDATE',
  'RFC822.SIZE',
  'MODSEQ',
  'BODY[HEADER]',
  'ENVELOPE',
  'X',
  'ODD',
);
const atom = fc.oneof(
  number,
  word,
  fc.constantFrom('NIL', '\\Seen', 'nil', '"01-May-2024 10:00:00 +0200"', '""', '(', ')', '(())'),
);

/** `{n}` and as many octets, or others. */
const literal = fc
  .tuple(
    fc.uint8Array({ maxLength: 40 }).map(latin1),
    fc.constantFrom(0, 0, 0, 0, 0, 0, 1, -1, 7, 100_000),
    fc.constantFrom('', '', '', '~'),
  )
  .map(([octets, off, tilde]) => `${tilde}{${Math.max(0, octets.length + off)}}\r\n${octets}`);

/** A row as a server means it, for one of a few messages. */
const goodRow = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.uint8Array({ maxLength: 60 }).map(latin1))
  .map(
    ([uid, body]) =>
      `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen) INTERNALDATE "01-May-2024 10:00:00 +0200" RFC822.SIZE ${body.length} BODY[] {${body.length}}\r\n${body})\r\n`,
  );

const oddRow = fc
  .tuple(
    number,
    fc.array(fc.tuple(word, fc.oneof(atom, literal, junk)), { maxLength: 5 }),
    fc.option(fc.oneof(literal, atom)),
  )
  .map(([seq, items, body]) => {
    const parts = items.map(([name, value]) => `${name} ${value}`);
    if (body !== null) parts.splice(parts.length >> 1, 0, `BODY[] ${body}`);
    return `* ${seq} FETCH (${parts.join(' ')})\r\n`;
  });

const other = fc.oneof(
  fc.constantFrom(
    '* OK still here\r\n',
    '* BYE\r\n',
    '+ \r\n',
    'W1 OK done\r\n',
    'W2 NO [X] no\r\n',
    '* 3 EXPUNGE\r\n',
    '* 9 EXISTS\r\n',
    '\r\n',
    '\n',
  ),
  fc.array(number, { maxLength: 9 }).map((list) => `* SEARCH ${list.join(' ')}\r\n`),
  fc.array(number, { maxLength: 9 }).map((list) => `* ESEARCH (TAG "W1") UID ALL ${list.join(',')}\r\n`),
  fc
    .tuple(fc.constantFrom('LIST', 'STATUS', 'FLAGS', 'XYZ'), fc.oneof(literal, junk))
    .map(([name, rest]) => `* ${name} ${rest}\r\n`),
  junk.map((text) => `${text}\r\n`),
);

/** A response of any of these kinds, sometimes with an octet changed, left out or put in. */
const response = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: goodRow }, { weight: 3, arbitrary: oddRow }, { weight: 2, arbitrary: other }),
    fc.nat(40),
    fc.nat(),
    fc.nat(255),
  )
  .map(([text, how, place, octet]) => {
    const at = place % (text.length + 1);
    if (how === 0) return text.slice(0, at) + String.fromCharCode(octet) + text.slice(at + 1);
    if (how === 1) return text.slice(0, at) + text.slice(at + 1);
    if (how === 2) return text.slice(0, at) + String.fromCharCode(octet) + text.slice(at);
    return text;
  });

const conversation = fc.array(response, { minLength: MOST_RESPONSES - 20, maxLength: MOST_RESPONSES });
const cuts = fc.array(fc.nat(4000), { maxLength: 30 });

function pieces(whole: Buffer, at: readonly number[]): Buffer[] {
  const ends = [...at.filter((c) => c < whole.length).sort((a, b) => a - b), whole.length];
  return ends.map((end, i) => whole.subarray(i === 0 ? 0 : ends[i - 1], end));
}

/** What the reader told before it was through, or gave the octets up: nothing but 'protocol-error' may be thrown. */
function told(chunks: Buffer[]): unknown {
  try {
    return recordEvents(chunks);
  } catch (error) {
    if (!isEngineError(error, 'protocol-error')) throw error;
    return 'protocol-error';
  }
}

describe('any responses', () => {
  afterAll(() => console.log(`${responses} responses were read, each in two ways of cutting`));

  test('are read alike however they are cut, or end in a protocol error', () => {
    fc.assert(
      fc.property(conversation, cuts, (texts, at) => {
        responses += texts.length;
        const whole = Buffer.from(texts.join(''), 'latin1');
        expect(told(pieces(whole, at))).toEqual(told([whole]));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  test('hand on each message at most once, whole, with its own octets, and nothing after an error', () => {
    fc.assert(
      fc.property(conversation, cuts, (texts, at) => {
        const collector = new Collector();
        const rows = new FetchRows(Uint32Array.from([1, 2, 3, 4, 5, 6, 7]), collector, () => true, { left: 3 });
        try {
          feed(rows, pieces(Buffer.from(texts.join(''), 'latin1'), at));
        } catch (error) {
          if (!isEngineError(error, 'protocol-error')) throw error;
        }
        rows.broken();
        expect(new Set(collector.uids).size).toBe(collector.uids.length);
        expect(collector.uids.every((uid) => uid >= 1 && uid <= 7)).toBe(true);
      }),
      { numRuns: RUNS / 4, endOnFailure: true },
    );
  });

  test('were at least 100,000', () => {
    expect(responses).toBeGreaterThanOrEqual(RUNS * (MOST_RESPONSES - 20));
    expect(responses).toBeGreaterThanOrEqual(100_000);
  });
});

function feed(rows: FetchRows, chunks: Buffer[]): void {
  const reader = new WireReader({
    bodyBegin: (row, sizeBytes) => rows.bodyBegin(row, sizeBytes),
    bodyChunk: (view) => rows.bodyChunk(view),
    bodyEnd: () => rows.bodyEnd(),
    rowEnd: (row) => void rows.rowEnd(row),
    untagged: () => undefined,
    tagged: () => undefined,
    continuation: () => undefined,
  });
  for (const chunk of chunks) reader.feed(Buffer.from(chunk));
}
