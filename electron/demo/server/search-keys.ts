import type { ArgumentReader } from './arguments.ts';
import type { DemoMessage } from './mailbox.ts';
import { decodeWords } from './mime/encoded-words.ts';
import { bodyOffset, fieldValue, readHeader } from './mime/header.ts';
import { bad } from './refusal.ts';
import type { Session } from './session.ts';
import { dayNumber, headerDay } from './text/dates.ts';

export type Matcher = (message: DemoMessage, index: number) => boolean;
type KeyReader = (args: ArgumentReader, search: SearchContext, depth: number) => Matcher;

export interface SearchContext {
  readonly session: Session;
  /** Set when a key asks for it: the response then tells the highest MODSEQ found (RFC 7162 §3.1.5). */
  usesModSeq: boolean;
}

/** Deeper nesting of NOT, OR and parentheses is refused instead of filling the stack. */
const MAX_DEPTH = 50;

const has =
  (flag: string): Matcher =>
  (message) =>
    message.flags.some((f) => f.toLowerCase() === flag.toLowerCase());
const not =
  (matcher: Matcher): Matcher =>
  (message, index) =>
    !matcher(message, index);

/** Keys joined by AND up to the end of the arguments or the closing parenthesis (RFC 3501 §6.4.4). */
export function readSearchKeys(args: ArgumentReader, search: SearchContext, depth = 0): Matcher {
  const matchers = [readKey(args, search, depth)];
  while (args.take(' ')) matchers.push(readKey(args, search, depth));
  return (message, index) => matchers.every((matches) => matches(message, index));
}

function readKey(args: ArgumentReader, search: SearchContext, depth: number): Matcher {
  if (depth > MAX_DEPTH) throw bad('Search is nested too deeply');
  if (args.take('(')) {
    const inner = readSearchKeys(args, search, depth + 1);
    args.expect(')');
    return inner;
  }
  if (/[\d*]/.test(args.peek())) return inSet(args, search.session, false);
  const word = args.keyword();
  const reader = KEYS[word];
  if (!reader) throw bad('Unknown search key');
  return reader(args, search, depth + 1);
}

const flagKey =
  (flag: string, wanted = true): KeyReader =>
  () =>
    wanted ? has(flag) : not(has(flag));

function text(args: ArgumentReader): string {
  args.space();
  return Buffer.from(args.astring(), 'latin1').toString('utf8').toLowerCase();
}

const headerContains =
  (name: string, wanted: string): Matcher =>
  (message) =>
    readHeader(message.raw).some(
      (field) => field.name.toLowerCase() === name && decodeWords(field.value).toLowerCase().includes(wanted),
    );

const headerKey =
  (name: string): KeyReader =>
  (args) =>
    headerContains(name, text(args));

function day(args: ArgumentReader): number {
  args.space();
  const value = dayNumber(args.astring());
  if (value === null) throw bad('Invalid date');
  return value;
}

const dateKey =
  (compare: (own: number, wanted: number) => boolean): KeyReader =>
  (args) => {
    const wanted = day(args);
    return (message) => compare(dayNumber(message.internalDate) ?? 0, wanted);
  };

const sentKey =
  (compare: (own: number, wanted: number) => boolean): KeyReader =>
  (args) => {
    const wanted = day(args);
    return (message) => {
      const own = headerDay(fieldValue(readHeader(message.raw), 'date') ?? '');
      return own !== null && compare(own, wanted);
    };
  };

function number(args: ArgumentReader): number {
  args.space();
  return args.number();
}

function inSet(args: ArgumentReader, session: Session, byUid: boolean): Matcher {
  const indices = new Set(session.selected.resolve(args.numberSet(), byUid));
  return (_, index) => indices.has(index);
}

const KEYS: Partial<Record<string, KeyReader>> = {
  ALL: () => () => true,
  ANSWERED: flagKey('\\Answered'),
  DELETED: flagKey('\\Deleted'),
  DRAFT: flagKey('\\Draft'),
  FLAGGED: flagKey('\\Flagged'),
  SEEN: flagKey('\\Seen'),
  UNANSWERED: flagKey('\\Answered', false),
  UNDELETED: flagKey('\\Deleted', false),
  UNDRAFT: flagKey('\\Draft', false),
  UNFLAGGED: flagKey('\\Flagged', false),
  UNSEEN: flagKey('\\Seen', false),
  NEW: () => () => false,
  RECENT: () => () => false,
  OLD: () => () => true,
  KEYWORD: (args) => (args.space(), has(args.flag())),
  UNKEYWORD: (args) => (args.space(), not(has(args.flag()))),
  BEFORE: dateKey((own, wanted) => own < wanted),
  ON: dateKey((own, wanted) => own === wanted),
  SINCE: dateKey((own, wanted) => own >= wanted),
  SENTBEFORE: sentKey((own, wanted) => own < wanted),
  SENTON: sentKey((own, wanted) => own === wanted),
  SENTSINCE: sentKey((own, wanted) => own >= wanted),
  FROM: headerKey('from'),
  TO: headerKey('to'),
  CC: headerKey('cc'),
  BCC: headerKey('bcc'),
  SUBJECT: headerKey('subject'),
  HEADER: (args) => {
    args.space();
    const name = args.astring().toLowerCase();
    return headerContains(name, text(args));
  },
  BODY: (args) => octetsContain(text(args), true),
  TEXT: (args) => octetsContain(text(args), false),
  LARGER: (args) => {
    const size = number(args);
    return (message) => message.raw.length > size;
  },
  SMALLER: (args) => {
    const size = number(args);
    return (message) => message.raw.length < size;
  },
  UID: (args, search) => (args.space(), inSet(args, search.session, true)),
  MODSEQ: (args, search) => {
    if (!search.session.offers('CONDSTORE')) throw bad('CONDSTORE is not offered');
    search.session.condstore = true;
    search.usesModSeq = true;
    const since = number(args);
    return (message) => message.modSeq >= since;
  },
  NOT: (args, search, depth) => (args.space(), not(readKey(args, search, depth))),
  OR: (args, search, depth) => {
    args.space();
    const a = readKey(args, search, depth);
    args.space();
    const b = readKey(args, search, depth);
    return (message, index) => a(message, index) || b(message, index);
  },
};

/** In the octets as they are: encoded bodies are not decoded. */
function octetsContain(wanted: string, bodyOnly: boolean): Matcher {
  return ({ raw }) =>
    raw
      .toString('utf8', bodyOnly ? bodyOffset(raw) : 0)
      .toLowerCase()
      .includes(wanted);
}
