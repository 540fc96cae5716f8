import type { ArgumentReader } from './arguments.ts';
import { bad } from './refusal.ts';

const PLAIN = ['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'MODSEQ', 'ENVELOPE', 'BODYSTRUCTURE', 'BODY'] as const;
export type PlainItem = (typeof PLAIN)[number];

/** A stretch of the message: which part, what of it, from which octet and how many. */
export interface SectionItem {
  /** As echoed in the response: `BODY[TEXT]<0>`. */
  label: string;
  part: number[];
  what: '' | 'HEADER' | 'TEXT' | 'MIME' | 'HEADER.FIELDS' | 'HEADER.FIELDS.NOT';
  /** Lower case. */
  fields: string[];
  peek: boolean;
  partial: { start: number; length: number } | null;
}

export type FetchItem = PlainItem | SectionItem;

const MACROS: Partial<Record<string, PlainItem[]>> = {
  FAST: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE'],
  ALL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE'],
  FULL: ['FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY'],
};
const OLD_NAMES: Partial<Record<string, Pick<SectionItem, 'what' | 'peek'>>> = {
  RFC822: { what: '', peek: false },
  'RFC822.HEADER': { what: 'HEADER', peek: true },
  'RFC822.TEXT': { what: 'TEXT', peek: false },
};

/** One item, a list of them, or a macro (RFC 3501 §6.4.5). */
export function readFetchItems(args: ArgumentReader): FetchItem[] {
  if (args.peek() === '(') return args.list(() => readItem(args, args.atom()));
  const word = args.atom();
  return MACROS[word.toUpperCase()] ?? [readItem(args, word)];
}

function readItem(args: ArgumentReader, word: string): FetchItem {
  const name = word.toUpperCase();
  const plain = PLAIN.find((item) => item === name);
  if (plain) return plain;
  const old = OLD_NAMES[name];
  if (old) return { label: name, part: [], fields: [], partial: null, ...old };
  const match = /^BODY(\.PEEK)?\[((?:[1-9]\d{0,5}\.?)*)([A-Z.]*)$/.exec(name);
  if (!match) throw bad('Unknown FETCH item');
  return readSection(args, match[1] !== undefined, match[2] ?? '', match[3] ?? '');
}

function readSection(args: ArgumentReader, peek: boolean, numbers: string, wish: string): SectionItem {
  const part = numbers.split('.').filter(Boolean).map(Number);
  const what = (['', 'HEADER', 'TEXT', 'MIME', 'HEADER.FIELDS', 'HEADER.FIELDS.NOT'] as const).find((w) => w === wish);
  const dotted = numbers.endsWith('.');
  if (what === undefined || (what === 'MIME' && part.length === 0)) throw bad('Unknown section');
  if (dotted !== (part.length > 0 && what !== '')) throw bad('Malformed section');
  const names = what.startsWith('HEADER.FIELDS') ? readFieldNames(args) : [];
  args.expect(']');
  const partial = readPartial(args);
  const list = names.length > 0 ? ` (${names.join(' ')})` : '';
  return {
    label: `BODY[${numbers}${what}${list}]${partial ? `<${partial.start}>` : ''}`,
    part,
    what,
    fields: names.map((name) => name.toLowerCase()),
    peek,
    partial,
  };
}

function readFieldNames(args: ArgumentReader): string[] {
  args.space();
  const names = args.list(() => args.astring());
  if (names.length === 0 || names.some((name) => !/^[\x21-\x39\x3b-\x7e]+$/.test(name)))
    throw bad('Invalid field name');
  return names;
}

function readPartial(args: ArgumentReader): SectionItem['partial'] {
  if (!args.take('<')) return null;
  const start = args.number();
  args.expect('.');
  const length = args.number();
  args.expect('>');
  if (length === 0) throw bad('Invalid partial');
  return { start, length };
}
