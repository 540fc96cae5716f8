import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEngineError } from '../../../../electron/engine/errors.ts';
import { literal, recordEvents, text } from './record-events.ts';
import { SESSIONS } from './sessions.ts';

describe('a recorded session', () => {
  describe.each(Object.entries(SESSIONS))('of %s', (_name, session) => {
    const whole = text(session);
    const expected = recordEvents([whole]);

    test('tells something for each line', () => {
      expect(expected.length).toBeGreaterThan(5);
    });

    test('reads the same cut in two at every byte', () => {
      for (let cut = 1; cut < whole.length; cut++) {
        const events = recordEvents([whole.subarray(0, cut), whole.subarray(cut)]);
        expect(events, `cut at ${cut}`).toEqual(expected);
      }
    });

    test('reads the same byte by byte', () => {
      expect(recordEvents(Array.from(whole, (_, i) => whole.subarray(i, i + 1)))).toEqual(expected);
    });

    test('reads the same with bare line feeds', () => {
      const bare = session.replace(/\r\n(?=[*W+]|$)/g, '\n');
      expect(recordEvents([text(bare)])).toEqual(expected);
    });
  });
});

describe('a row', () => {
  const rows = (octets: string) => recordEvents([text(octets)]);

  test('gives its attributes with the body literal', () => {
    expect(rows(SESSIONS.dovecot as string)).toContainEqual({
      body: 32,
      uid: 1,
      flags: ['$Forwarded', '\\Seen'],
      date: '24-Nov-2026 03:40:45 +0100',
    });
  });

  test('gives attributes that follow the body once it is complete', () => {
    const events = rows(SESSIONS.exchange as string);
    expect(events).toContainEqual({ body: 30, uid: 0, flags: null, date: undefined });
    expect(events).toContainEqual(expect.objectContaining({ row: 1, uid: 11, flags: ['\\Seen'], was: 'literal' }));
  });

  test('tells a quoted body from NIL and from none', () => {
    const events = rows(SESSIONS.exchange as string);
    expect(events).toContainEqual(expect.objectContaining({ uid: 12, was: 'nil', internalDate: null }));
    expect(events).toContainEqual(expect.objectContaining({ was: 'quoted', quoted: 'short "quoted" {7}' }));
    expect(rows('* 1 FETCH (UID 3 FLAGS (a))\r\n')).toEqual([expect.objectContaining({ uid: 3, was: 'none' })]);
  });

  test('may have literals at any place', () => {
    expect(rows(SESSIONS.oddities as string)).toContainEqual(
      expect.objectContaining({
        uid: 5,
        flags: ['\\Seen', 'b', 'key'],
        header: 'A: b\r\n\r\n',
        fields: 'Message-ID: <x>\r\n\r\n',
      }),
    );
  });

  test('that names its body twice gives the first one only', () => {
    const events = rows(SESSIONS.oddities as string);
    expect(events).toContainEqual({ octets: 'first' });
    expect(events).not.toContainEqual({ octets: 'second' });
  });

  test('keeps only the first part of a giant header', () => {
    const header = 'X'.repeat(600_000);
    const events = rows(`* 1 FETCH (UID 1 BODY[HEADER] ${literal(header)})\r\n`) as { header: string }[];
    expect(events[0]?.header).toHaveLength(256 * 1024);
  });
});

describe('search results', () => {
  const numbers = Array.from({ length: 30_000 }, (_, i) => i * 3 + 1);
  const collect = (events: unknown[]) =>
    (events as { untagged?: string }[]).flatMap(
      (e) => e.untagged?.replace(/^(SEARCH|ESEARCH .* ALL)/, '').split(/[ ,]+/) ?? [],
    );
  const cut = (whole: Buffer) =>
    Array.from({ length: Math.ceil(whole.length / 999) }, (_, i) => whole.subarray(i * 999, i * 999 + 999));

  test.each([
    ['SEARCH', `* SEARCH ${numbers.join(' ')}\r\n`],
    ['ESEARCH', `* ESEARCH (TAG "W1") UID ALL ${numbers.join(',')}\r\n`],
  ])('longer than a line may be come in parts: %s', (_name, line) => {
    const events = recordEvents(cut(text(line)));
    expect(events.length).toBeGreaterThan(2);
    expect(collect(events).filter(Boolean).map(Number)).toEqual(numbers);
  });
});

describe('hostile octets', () => {
  const refused: [string, string][] = [
    ['a line without an end', 'W1 OK '.padEnd(70_000, 'x')],
    ['a long line that has one', `* LIST ${'x'.repeat(70_000)}\r\n`],
    ['a search line that never has a space', `* SEARCH ${'1'.repeat(70_000)}`],
    ['a body beyond the limit', '* 1 FETCH (UID 1 BODY[] {2147483648}\r\n'],
    ['a literal with a hundred digits', `* 1 FETCH (UID 1 BODY[] {${'9'.repeat(100)}}\r\n`],
    ['a large literal where a name belongs', '* LIST () "/" {300000}\r\n'],
    ['more literals than anyone needs', `* LIST ${literal('').repeat(300)}\r\n`],
    ['a line that is no response', 'Hello world\r\n'],
    ['a tagged line without a status', 'W1 MAYBE\r\n'],
    ['a row that breaks off', '* 1 FETCH (UID 1\r\n'],
    ['a row with text after its end', '* 1 FETCH (UID 1) more\r\n'],
    ['a row with an open quote', '* 1 FETCH (UID 1 INTERNALDATE "24\r\n'],
    ['a UID that is no number', '* 1 FETCH (UID x)\r\n'],
    ['a UID beyond 32 bit', '* 1 FETCH (UID 4294967296)\r\n'],
    ['a literal between attributes', '* 1 FETCH (UID 1 {3}\r\nabc)\r\n'],
  ];

  test.each(refused)('%s is a protocol error', (_name, octets) => {
    let caught: unknown;
    try {
      recordEvents([text(octets)]);
    } catch (error) {
      caught = error;
    }
    expect(isEngineError(caught, 'protocol-error')).toBe(true);
  });

  test('of any kind, cut anywhere, read on or end in a protocol error', () => {
    const token = fc.constantFrom(
      '* 1 FETCH (',
      'UID 1 ',
      'BODY[] ',
      '{3}\r\n',
      '~{1}\r\n',
      '"',
      '(',
      ')',
      '\r\n',
      '\r',
      '\n',
      'NIL ',
      '* ',
      'W1 OK',
      '[',
      ']',
      ' ',
      '\0',
      'FLAGS (',
      '* SEARCH 1 ',
      '\\',
      '+ \r\n',
    );
    const octets = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      fc.array(fc.oneof(token, fc.string({ maxLength: 5 })), { maxLength: 60 }).map((parts) => text(parts.join(''))),
    );
    const run = (chunks: Buffer[]) => {
      try {
        return recordEvents(chunks);
      } catch (error) {
        if (!isEngineError(error, 'protocol-error')) throw error;
        return 'protocol-error';
      }
    };
    fc.assert(
      fc.property(octets, fc.array(fc.nat(400), { maxLength: 8 }), (whole, cuts) => {
        const at = [0, ...cuts.filter((c) => c < whole.length).sort((a, b) => a - b), whole.length];
        const pieces = at.slice(1).map((end, i) => whole.subarray(at[i], end));
        expect(run(pieces)).toEqual(run([whole]));
      }),
      { numRuns: 2000 },
    );
  });
});
