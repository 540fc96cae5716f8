/** Small text helpers about people and servers. */
import type { HitRanges } from '../../shared/browse.ts';

/** Two letters for an avatar: `KB` of Katharina Brandt, `BK` of Brandt Keramik. */
export function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter((word) => /\p{L}|\p{N}/u.test(word));
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? '');
  return letters.join('').toUpperCase() || '·';
}

/** `anna@example.org` of an account `anna@example.org@imap.example.net`: where the user is an address, it says it all. */
export function accountText(account: string): string {
  const host = account.lastIndexOf('@');
  return account.indexOf('@') < host ? account.slice(0, host) : account;
}

/** An address complete enough to look for its settings. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim());
}

/** `KB Mail` from `k.brandt@mail.example`: a first name for the account that the user can change. */
export function nameFromAddress(address: string): string {
  const local = address.slice(0, address.lastIndexOf('@')).split('+')[0] ?? '';
  const words = local.split(/[._-]+/).filter(Boolean);
  if (words.length < 2) return address.trim();
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

/**
 * `Ofenbau Wessel` of `Ofenbau Wessel <verkauf@wessel.example>`; the whole where there is no name, or where a hit lies in
 * the address, which must be seen.
 */
export function senderText(from: string, hits: HitRanges): string {
  const name = /^(.*?\S)\s*<[^<>]*>$/.exec(from)?.[1];
  if (name === undefined || hits.some(([, end]) => end > name.length)) return from;
  // Without its quotes hits would be off by one.
  return hits.length === 0 ? name.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1') : name;
}
