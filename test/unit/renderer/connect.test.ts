import { expect, test } from 'vitest';
import { cutAtHits } from '../../../renderer/lib/hits.ts';
import { initials, isAddress, nameFromAddress } from '../../../renderer/lib/names.ts';
import {
  bestSettings,
  certificateDoubt,
  isPort,
  isThisComputer,
  tlsName,
  toAccount,
  withSecurity,
} from '../../../renderer/screens/connect/server-settings.ts';

const typed = { host: 'mail.example.org', port: '993', security: 'tls', user: 'kb', origin: 'typed' } as const;

test('nothing found leaves fields to type into, with the address as the name', () => {
  expect(bestSettings({ provider: null, candidates: [] }, ' kb@example.org ')).toMatchObject({
    host: '',
    user: 'kb@example.org',
    origin: 'typed',
  });
  expect(bestSettings(null, 'kb@example.org')).toBeNull();
});

test('an account needs host, port and name', () => {
  expect(toAccount(typed, undefined)).toEqual({
    user: 'kb',
    endpoint: { host: 'mail.example.org', port: 993, security: 'tls' },
  });
  expect(toAccount({ ...typed, host: ' ' }, undefined)).toBeNull();
  expect(toAccount({ ...typed, port: '70000' }, undefined)).toBeNull();
  expect(toAccount(typed, 'ab')?.endpoint.tlsFingerprint).toBe('ab');
});

test('the usual port follows the encryption, a typed one stays', () => {
  expect(withSecurity(typed, 'starttls').port).toBe('143');
  expect(withSecurity({ ...typed, port: '1993' }, 'starttls').port).toBe('1993');
});

test('ports are numbers from 1 to 65535', () => {
  expect(['1', '65535'].every(isPort)).toBe(true);
  expect(['', '0', '65536', '99a', '1e3'].some(isPort)).toBe(false);
});

test('only this computer may go without encryption', () => {
  expect(['localhost', '127.0.0.1', '::1'].every(isThisComputer)).toBe(true);
  expect(['localhost.example.org', '127.0.0.1.example.org', '10.0.0.1'].some(isThisComputer)).toBe(false);
});

test('only certificates are a matter of trust', () => {
  const failure = { scope: 'account', retry: 'never', message: '' } as const;
  expect(certificateDoubt({ ...failure, code: 'certificate-self-signed' })?.code).toBe('certificate-self-signed');
  expect(certificateDoubt({ ...failure, code: 'authentication-failed' })).toBeNull();
});

test('TLS versions are named as people know them', () => {
  expect(tlsName('TLSv1.3')).toBe('TLS 1.3');
  expect(tlsName('TLSv1')).toBe('TLS 1.0');
});

test('addresses and names', () => {
  expect(isAddress('kb@example.org')).toBe(true);
  expect(['kb@example', 'kb', '@example.org', 'k b@example.org'].some(isAddress)).toBe(false);
  expect(nameFromAddress('katharina.brandt@example.org')).toBe('Katharina Brandt');
  expect(nameFromAddress('info@example.org')).toBe('info@example.org');
  expect(initials('Katharina Brandt')).toBe('KB');
  expect(initials('')).toBe('·');
});

test('hits cut a text, whatever the ranges are', () => {
  const cut = (hits: [number, number][]) =>
    cutAtHits('Brennofen', hits).map(({ text, isHit }) => (isHit ? `[${text}]` : text));
  expect(cut([])).toEqual(['Brennofen']);
  expect(cut([[0, 5]])).toEqual(['[Brenn]', 'ofen']);
  expect(cut([[5, 99]])).toEqual(['Brenn', '[ofen]']);
  expect(
    cut([
      [2, 6],
      [0, 4],
      [30, 40],
    ]),
  ).toEqual(['[Bren]', '[no]', 'fen']);
});
