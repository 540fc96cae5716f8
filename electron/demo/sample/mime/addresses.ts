import { encodeWords } from './encoded-words.ts';
import type { WordCharset } from './encoded-words.ts';

export interface Address {
  name: string;
  address: string;
}

/** `Jörg Möller <joerg@example.org>` as a header has it (RFC 5322 §3.4). */
export function formatAddress({ name, address }: Address, charset: WordCharset = 'UTF-8'): string {
  if (name === '') return address;
  if (!/^[\x20-\x7e]*$/.test(name)) return `${encodeWords(name, charset)} <${address}>`;
  return /^[A-Za-z0-9 '-]+$/.test(name) ? `${name} <${address}>` : `"${name}" <${address}>`;
}

export const formatAddresses = (list: readonly Address[], charset?: WordCharset): string =>
  list.map((one) => formatAddress(one, charset)).join(', ');
