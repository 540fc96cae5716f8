import { describe, expect, it } from 'vitest';
import { scram } from '../../../electron/engine/imap/sasl-scram.ts';

/** The exchanges printed in the RFCs, octet for octet. */
describe('SCRAM as in the RFCs', () => {
  it.each([
    [
      'RFC 5802 §5',
      'sha1',
      'fyko+d2lbbFgONRv9qkxdawL',
      'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
      'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
      'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
    ],
    [
      'RFC 7677 §3',
      'sha256',
      'rOprNGfwEbeRWgbNEkqO',
      'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
      'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
      'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
    ],
  ] as const)('%s', async (_, digest, nonce, challenge, proof, signature) => {
    const mechanism = scram(digest, 'user', 'pencil', nonce);
    expect(mechanism.initial?.toString()).toBe(`n,,n=user,r=${nonce}`);
    expect((await mechanism.answer(Buffer.from(challenge))).toString()).toBe(proof);
    expect((await mechanism.answer(Buffer.from(signature))).toString()).toBe('');
    expect(() => mechanism.finish?.()).not.toThrow();
  });

  it('escapes what would end the name', () => {
    expect(scram('sha1', 'a=b,c', 'x', 'n').initial?.toString()).toBe('n,,n=a=3Db=2Cc,r=n');
  });

  it('prepares blanks and compatibility characters as SASLprep does', () => {
    expect(scram('sha1', 'I\u00adX \u2168', 'x', 'n').initial?.toString()).toBe('n,,n=IX IX,r=n');
  });
});
