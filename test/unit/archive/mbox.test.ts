import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BLOCK_BYTES,
  fromLine,
  FROM_LINE_BYTES,
  isFromLine,
  quoteInPlace,
  quotePositions,
  Quoter,
  Unquoter,
  unquoteWhole,
} from '../../../electron/engine/archive/mbox.ts';

/** Octets that are mostly what quoting is about. */
const octets = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom('From ', '>', '\n', '\r\n', '>From ', '\nFrom ', 'F', 'Fr', 'Fro', 'From', ' '),
      },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 5 }).map((bytes) => Buffer.from(bytes).toString('latin1')) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

const cuts = fc.array(fc.nat(7), { minLength: 1, maxLength: 40 });

function chunked(whole: Buffer, sizes: number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, i = 0; at < whole.length; i++) {
    const size = sizes[i % sizes.length]! + (i % 3 === 0 ? 1 : 0);
    chunks.push(whole.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

function through(filter: Quoter | Unquoter, chunks: Buffer[]): string {
  const out: Buffer[] = [];
  for (const chunk of chunks) filter.push(chunk, (piece) => out.push(Buffer.from(piece)));
  filter.end((piece) => out.push(Buffer.from(piece)));
  return Buffer.concat(out).toString('latin1');
}

/** The definition, line by line. */
const quoted = (raw: Buffer) => raw.toString('latin1').replace(/(^|\n)(>*From )/g, '$1>$2');

function quoteWhole(raw: Buffer): string {
  const positions = quotePositions(raw);
  const buffer = Buffer.alloc(raw.length + positions.length);
  raw.copy(buffer);
  return buffer.subarray(0, quoteInPlace(buffer, raw.length, positions)).toString('latin1');
}

describe('mboxrd quoting', () => {
  it('finds each line in octets that are looked through in blocks, some of them only up to their last blank', () => {
    const fillers = ['QUJD', 'some words '];
    const lines = ['\nFrom a', '\n>>From b', 'xFrom c', '\n>xFrom d', '\nFrom From \nFrom e'];
    for (const before of fillers) {
      for (const behind of fillers) {
        for (let shift = -9; shift <= 2; shift++) {
          for (const line of lines) {
            const head = before.repeat(BLOCK_BYTES / 4).slice(0, BLOCK_BYTES + shift);
            const raw = Buffer.from(
              `${head}${line}${behind.repeat(BLOCK_BYTES / 4).slice(0, BLOCK_BYTES - 6)}${line}\n`,
              'latin1',
            );
            expect(quoteWhole(raw) === quoted(raw), `${before}${shift}${JSON.stringify(line)}${behind}`).toBe(true);
          }
        }
      }
    }
  });

  it('adds one > to every line that begins with From_ after any number of >, in any chunking', () => {
    fc.assert(
      fc.property(octets, cuts, (raw, sizes) => {
        expect(through(new Quoter(), chunked(raw, sizes))).toBe(quoted(raw));
      }),
      { numRuns: 3000 },
    );
  });

  it('does the same to a message held whole', () => {
    fc.assert(
      fc.property(octets, (raw) => {
        expect(quoteWhole(raw)).toBe(quoted(raw));
      }),
      { numRuns: 2000 },
    );
  });

  it('is taken away again exactly, in any chunking', () => {
    fc.assert(
      fc.property(octets, cuts, (raw, sizes) => {
        // Both work in place: each has a text of its own.
        const text = () => Buffer.from(quoted(raw), 'latin1');
        expect(through(new Unquoter(), chunked(text(), sizes))).toBe(raw.toString('latin1'));
        expect(unquoteWhole(text()).toString('latin1')).toBe(raw.toString('latin1'));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('the From_ line', () => {
  it.each([
    ['2026-11-24T03:40:45+01:00', 'From - Tue Nov 24 02:40:45 2026\n'],
    ['1999-01-01T00:00:00Z', 'From - Fri Jan  1 00:00:00 1999\n'],
    ['0001-01-01T00:00:00Z', 'From - Mon Jan  1 00:00:00 0001\n'],
    ['9999-12-31T23:59:59-12:00', 'From - Thu Jan  1 00:00:00 1970\n'],
    ['nonsense', 'From - Thu Jan  1 00:00:00 1970\n'],
    [null, 'From - Thu Jan  1 00:00:00 1970\n'],
  ])('of %s is %j', (date, expected) => {
    expect(fromLine(date).toString('latin1')).toBe(expected);
    expect(expected).toHaveLength(FROM_LINE_BYTES);
    expect(isFromLine(Buffer.from(expected))).toBe(true);
  });
});
