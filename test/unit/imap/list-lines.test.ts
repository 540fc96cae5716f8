import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseListLine, parseStatusLine, readItems } from '../../../electron/engine/imap/list-lines.ts';

const line = (text: string, ...literals: string[]) => ({
  payload: Buffer.from(text, 'latin1'),
  literals: literals.map((literal) => Buffer.from(literal, 'latin1')),
});

describe('parseListLine', () => {
  it.each([
    [String.raw`* LIST (\HasNoChildren \Sent) "/" Sent`, 'Sent', '/', ['\\hasnochildren', '\\sent']],
    [String.raw`* LIST () "." "INBOX.a b"`, 'INBOX.a b', '.', []],
    [String.raw`* LIST () "\\" "a\\b\"c"`, 'a\\b"c', '\\', []],
    [String.raw`* LIST () NIL NIL`, 'NIL', null, []],
    [String.raw`* LIST () nil "NIL"`, 'NIL', null, []],
    [String.raw`* LIST () "" flat`, 'flat', null, []],
    [String.raw`* LIST () "/" 12:30:00`, '12:30:00', '/', []],
    [String.raw`* LIST () "/" odd(name`, 'odd(name', '/', []],
    [String.raw`* LIST () "/" "x" (CHILDINFO ("SUBSCRIBED"))`, 'x', '/', []],
    [String.raw`* xlist (\AllMail) "/" "Alle"`, 'Alle', '/', ['\\allmail']],
    [String.raw`* LSUB () "/" "caf${'\xe9'}"`, 'caf\xe9', '/', []],
  ])('%s', (text, octets, delimiter, attributes) => {
    const parsed = parseListLine(line(text));
    expect(parsed).toMatchObject({ octets, delimiter });
    expect([...(parsed?.attributes ?? [])]).toEqual(attributes);
  });

  it('takes a name from a literal, line breaks and all', () => {
    expect(parseListLine(line('* LIST () "/" {5}\r\n', 'a\r\n"b'))).toMatchObject({ octets: 'a\r\n"b' });
  });

  it.each([
    '* LIST',
    '* LIST (',
    '* LIST () "/"',
    '* LIST () "/" ""',
    '* LIST () "/" "open',
    '* LIST () / x',
    '* LIST () "/" {9}\r\n',
  ])('cannot read %s, and says so', (text) => {
    expect(parseListLine(line(text))).toBeNull();
  });

  it('reads back any name that was quoted by the rules', () => {
    const octet = fc.integer({ min: 1, max: 255 }).filter((c) => c !== 10 && c !== 13);
    fc.assert(
      fc.property(fc.array(octet, { minLength: 1, maxLength: 30 }), (codes) => {
        const name = String.fromCharCode(...codes);
        return parseListLine(line(`* LIST () "/" "${name.replace(/["\\]/g, '\\$&')}"`))?.octets === name;
      }),
    );
  });
});

describe('parseStatusLine', () => {
  it('reads the items by name, whatever their case and order', () => {
    const parsed = parseStatusLine(
      line('* STATUS "a b" (uidnext 5 MESSAGES 4294967295 HIGHESTMODSEQ 9223372036854775807)'),
    );
    expect(parsed?.octets).toBe('a b');
    expect(Object.fromEntries(readItems(parsed!.items))).toEqual({
      UIDNEXT: '5',
      MESSAGES: '4294967295',
      HIGHESTMODSEQ: '9223372036854775807',
    });
  });

  it('leaves out what is no number', () => {
    const parsed = parseStatusLine(
      line('* STATUS x (MESSAGES -1 UIDNEXT 1e5 UNSEEN 99999999999999999999999999 SIZE 7)'),
    );
    expect([...readItems(parsed!.items)]).toEqual([['SIZE', '7']]);
  });
});
