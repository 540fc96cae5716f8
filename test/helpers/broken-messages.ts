/** Broken mail, made from a seed: what mailers, scanners, gateways and crashes have left in people's folders. */
import { seeded } from '../bench/random.ts';
import { below, CRLF, pick, type Fault, type Random } from './broken/compose.ts';
import { HEADER_FAULTS } from './broken/header-faults.ts';
import { HTML_FAULTS } from './broken/html-faults.ts';
import { MIME_FAULTS } from './broken/mime-faults.ts';
import { SINGLE_FAULTS, OCTET_FAULTS } from './broken/octet-faults.ts';

export interface BrokenMessage {
  /** Unique; reads as what is wrong with it. */
  name: string;
  raw: Buffer;
}

export const BROKEN_SEED = 20_261_124;

const FAULTS: readonly Fault[] = [...HEADER_FAULTS, ...MIME_FAULTS, ...HTML_FAULTS, ...OCTET_FAULTS];
const EACH = 3;
const MIXED = 60;

/** 360 messages, 7 MB: each fault in three ways, some once, and several faults in one message. */
export function brokenMessages(seed = BROKEN_SEED): BrokenMessage[] {
  const random = seeded(seed);
  const made = FAULTS.flatMap(([name, make]) =>
    Array.from({ length: EACH }, (_, n) => broken(`${name} (${n + 1})`, make(random))),
  );
  const single = SINGLE_FAULTS.map(([name, make]) => broken(name, make(random)));
  const mixed = Array.from({ length: MIXED }, (_, n) => mix(random, n));
  return [...made, ...single, ...mixed];
}

/** The header of one, the body of another, and pieces of a third put in, cut out or doubled. */
function mix(random: Random, n: number): BrokenMessage {
  const [head, body, third] = [pick(random, FAULTS), pick(random, FAULTS), pick(random, FAULTS)];
  let text = `${head[1](random).split(`${CRLF}${CRLF}`)[0]}${CRLF}${body[1](random)}`;
  const scraps = third[1](random);
  for (let left = 1 + below(random, 4); left > 0; left--) {
    const at = below(random, text.length + 1);
    const from = below(random, scraps.length + 1);
    text = text.slice(0, at) + scraps.slice(from, from + below(random, 300)) + text.slice(at + below(random, 40));
  }
  return broken(`mixed ${n + 1}: ${head[0]}; ${body[0]}; ${third[0]}`, text);
}

const broken = (name: string, text: string): BrokenMessage => ({ name, raw: Buffer.from(text, 'latin1') });
