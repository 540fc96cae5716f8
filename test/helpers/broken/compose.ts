/** What broken mail is made with. Text is latin1: `\xe4` is one octet. Every address is in a domain for examples. */
import { below, pick, type Random } from '../../bench/random.ts';

export type { Random };
export { below, pick };

/** name: reads as what is wrong. make: octets as text; the same random numbers make the same octets. */
export type Fault = readonly [name: string, make: (random: Random) => string];

export const CRLF = '\r\n';

/** Fields and body. fields: whole lines without their ends. */
export function mail(fields: readonly string[], ...body: string[]): string {
  return `${fields.join(CRLF)}${CRLF}${CRLF}${body.join(CRLF)}${CRLF}`;
}

/** A header that is well, for faults that are elsewhere. */
export function fields(random: Random, subject: string, ...more: string[]): string[] {
  const n = below(random, 1_000_000);
  return [
    `From: Ida Lund <ida${n % 97}@example.org>`,
    'To: Ole Brandt <ole@example.com>',
    `Subject: ${subject} ${n}`,
    `Date: Tue, ${1 + below(random, 28)} Mar 2022 1${below(random, 10)}:20:05 +0100`,
    `Message-ID: <${n}.${below(random, 1_000_000)}@broken.example.org>`,
    'MIME-Version: 1.0',
    ...more,
  ];
}

const WORDS =
  'river ledger amber quiet Tuesday kettle window paper seven harbour Stra\xdfe M\xfcller caf\xe9 invoice From'.split(
    ' ',
  );

export function words(random: Random, count: number): string {
  return Array.from({ length: count }, () => pick(random, WORDS)).join(' ');
}

export function lines(random: Random, count: number): string[] {
  return Array.from({ length: count }, () => words(random, 3 + below(random, 9)));
}

/** Octets that no rule knows; without NUL, which servers replace. */
export function noise(random: Random, count: number, from = 1): string {
  return String.fromCharCode(...Array.from({ length: count }, () => from + below(random, 256 - from)));
}

export function base64(text: string, width = 76): string {
  const all = Buffer.from(text, 'latin1').toString('base64');
  return (all.match(new RegExp(`.{1,${width}}`, 'g')) ?? ['']).join(CRLF);
}

export function part(type: string, ...body: string[]): string {
  return [`Content-Type: ${type}`, '', ...body].join(CRLF);
}
