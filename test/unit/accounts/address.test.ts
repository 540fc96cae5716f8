import { expect, it } from 'vitest';
import { isHostName, isReserved, parseAddress } from '../../../electron/engine/accounts/address.ts';

it.each([
  ['  alice@Firm.TEST ', 'alice@Firm.TEST', 'alice', 'firm.test', false],
  ['a@b@firm.test', 'a@b@firm.test', 'a@b', 'firm.test', false],
  ['müller@bücher.test', 'müller@bücher.test', 'müller', 'xn--bcher-kva.test', false],
  ['alice@firm.test.', 'alice@firm.test.', 'alice', 'firm.test', false],
  ['alice@localhost', 'alice@localhost', 'alice', 'localhost', true],
  ['alice@192.0.2.7', 'alice@192.0.2.7', 'alice', '192.0.2.7', true],
  ['alice@[192.0.2.7]', 'alice@[192.0.2.7]', 'alice', '192.0.2.7', true],
  ['alice@[IPv6:2001:DB8::7]', 'alice@[IPv6:2001:DB8::7]', 'alice', '2001:db8::7', true],
])('%s is an address', (typed, text, localpart, domain, direct) => {
  expect(parseAddress(typed)).toEqual({ text, localpart, domain, direct });
});

it.each([
  '',
  'alice',
  '@firm.test',
  'alice@',
  'alice@a b.test',
  'al ice@firm.test',
  'alice@firm_.test/x',
  'a\r\n@b.test',
])('%j is no address', (typed) => {
  expect(parseAddress(typed)).toBeNull();
});

it('a host name is letters, digits, hyphens and dots, and not too long', () => {
  for (const name of ['a', 'imap.firm.test', 'xn--bcher-kva.test', '1und1.de'])
    expect(isHostName(name), name).toBe(true);
  for (const name of ['', '.', 'a..b', '-a.test', 'a-.test', 'a/b', 'a:b', 'ä.test', `${'a'.repeat(64)}.test`])
    expect(isHostName(name), name).toBe(false);
});

it('names set aside for examples are never asked for', () => {
  for (const name of ['example.org', 'mail.example.com', 'x.example', 'y.invalid'])
    expect(isReserved(name), name).toBe(true);
  for (const name of ['myexample.org', 'example.de', 'firm.test']) expect(isReserved(name), name).toBe(false);
});
