import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailboxNames } from '../../../electron/engine/imap/names.ts';

const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('MailboxNames', () => {
  it.each([
    ['Entwürfe', '"Entw&APw-rfe"'],
    ['a&b', '"a&-b"'],
    ['q"uo\\te', '"q\\"uo\\\\te"'],
    ['line\r\nbreak', '"line&AA0ACg-break"'],
    ['nul\0', '"nul&AAA-"'],
  ])('%j is written as %s', (path, wire) => {
    expect(new MailboxNames(false).wireName(path)).toBe(wire);
  });

  it('with UTF8=ACCEPT names travel as UTF-8 octets', () => {
    const names = new MailboxNames(true);
    expect(names.wireName('Entwürfe & 😀')).toBe(`"${latin1('Entwürfe & 😀')}"`);
    expect(names.pathOf(latin1('Entwürfe'))).toBe('Entwürfe');
  });

  it.each(['a\rb', 'a\nb', 'a\0b'])('with UTF8=ACCEPT %j cannot be sent', (path) => {
    expect(() => new MailboxNames(true).wireName(path)).toThrow(/line break or NUL/);
  });

  it('a name that does not survive decoding is its own path and is sent as it was listed', () => {
    const names = new MailboxNames(false);
    expect(names.pathOf('&AGE-')).toBe('&AGE-');
    expect(names.wireName('&AGE-')).toBe('"&AGE-"');
  });

  it('the raw name a&b never takes the path of the rightly encoded one, whatever the order', () => {
    for (const listed of [
      ['a&b', 'a&-b'],
      ['a&-b', 'a&b'],
    ]) {
      const names = new MailboxNames(false);
      names.learnListing(listed);
      expect(names.pathOf('a&-b')).toBe('a&b');
      expect(names.pathOf('a&b')).not.toBe('a&b');
      expect(names.wireName(names.pathOf('a&b'))).toBe('"a&b"');
      expect(names.wireName('a&b')).toBe('"a&-b"');
    }
  });

  it('raw UTF-8 and raw Latin-1 names of the same word are two readable paths', () => {
    const names = new MailboxNames(false);
    names.learnListing([latin1('café'), 'caf\xe9', 'caf&AOk-']);
    const paths = [names.pathOf('caf&AOk-'), names.pathOf(latin1('café')), names.pathOf('caf\xe9')];
    expect(paths[0]).toBe('café');
    expect(new Set(paths).size).toBe(3);
    expect(names.wireName(paths[1] ?? '')).toBe(`"${latin1('café')}"`);
    expect(names.wireName(paths[2] ?? '')).toBe('"caf\xe9"');
  });

  it('any listing keeps every mailbox apart and addressable by its very octets', () => {
    const octet = fc.constantFrom(...'&-aA=ewé\xc3\xa9\x80 "\\');
    const listing = fc.uniqueArray(fc.string({ unit: octet, minLength: 1, maxLength: 6 }), { maxLength: 20 });
    fc.assert(
      fc.property(listing, fc.boolean(), (listed, utf8) => {
        const names = new MailboxNames(utf8);
        names.learnListing(listed);
        const paths = listed.map((octets) => names.pathOf(octets));
        return new Set(paths).size === listed.length && paths.every((path, i) => names.octets(path) === listed[i]);
      }),
    );
  });

  it('the path of a mailbox does not depend on the order of the listing', () => {
    const octet = fc.constantFrom(...'&-aé\xc3\xa9');
    const listing = fc.uniqueArray(fc.string({ unit: octet, minLength: 1, maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(listing, (listed) => {
        const forward = new MailboxNames(false);
        forward.learnListing(listed);
        const backward = new MailboxNames(false);
        backward.learnListing([...listed].reverse());
        return listed.every((octets) => forward.pathOf(octets) === backward.pathOf(octets));
      }),
    );
  });
});
