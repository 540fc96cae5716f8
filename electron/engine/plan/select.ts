/** Which mailboxes a job takes, and in which order. Pure. */
import type { Mailbox, SpecialUse } from '../../../shared/mailbox.ts';

export interface Selection {
  /** Patterns; empty: every mailbox. */
  only: readonly string[];
  skip: readonly string[];
  /** Exactly these paths, without their children; null or absent: all. */
  paths?: readonly string[] | null;
}

/**
 * Patterns are IMAP's own (RFC 9051 §6.3.9): `*` matches anything, `%` anything within one level, `?` one character.
 * A pattern that starts with a backslash names a special use, such as `\Junk`. A plain name selects its children too.
 */
export function selectMailboxes<T extends Mailbox>(mailboxes: T[], selection: Selection): T[] {
  const only = selection.only.map(matcher);
  const skip = selection.skip.map(matcher);
  const paths = selection.paths ? new Set(selection.paths) : null;
  return mailboxes.filter(
    (m) =>
      m.selectable &&
      (paths === null || paths.has(m.path)) &&
      (only.length === 0 || only.some((match) => match(m))) &&
      !skip.some((match) => match(m)),
  );
}

/** Patterns that match nothing are almost always a typing error; the caller refuses them by name. */
export function unmatchedPatterns(mailboxes: Mailbox[], patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => {
    const match = matcher(pattern);
    return !mailboxes.some((m) => match(m));
  });
}

function matcher(pattern: string): (mailbox: Mailbox) => boolean {
  if (pattern.startsWith('\\')) {
    const use = pattern.slice(1).toLowerCase();
    return (m) => m.specialUse === use;
  }
  const hasWildcard = /[*%?]/.test(pattern);
  return (m) => {
    const delimiter = m.delimiter ?? '';
    const path = normaliseInbox(m.path, m.delimiter);
    const wanted = normaliseInbox(pattern, m.delimiter);
    if (!hasWildcard) return path === wanted || (delimiter !== '' && path.startsWith(wanted + delimiter));
    return globToRegExp(wanted, delimiter).test(path);
  };
}

function globToRegExp(pattern: string, delimiter: string): RegExp {
  const level = delimiter === '' ? '.*' : `[^${escape(delimiter)}]*`;
  const source = [...pattern].map((c) => (c === '*' ? '.*' : c === '%' ? level : c === '?' ? '.' : escape(c))).join('');
  return new RegExp(`^${source}$`, 'su');
}

const escape = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** INBOX is the one case-insensitive name (RFC 9051 §5.1). */
function normaliseInbox(path: string, delimiter: string | null): string {
  const head = path.slice(0, 5);
  const rest = path.slice(5);
  return head.toUpperCase() === 'INBOX' && (rest === '' || (delimiter !== null && rest.startsWith(delimiter)))
    ? 'INBOX' + rest
    : path;
}

const RANK: Partial<Record<SpecialUse, number>> = {
  inbox: 0,
  sent: 1,
  drafts: 2,
  junk: 8,
  trash: 9,
  flagged: 10,
  important: 10,
  all: 11,
};
const ORDINARY = 5;

/** INBOX first so that today's mail is there at once; Gmail's All Mail, which holds everything again, last. */
export function orderMailboxes<T extends Mailbox>(mailboxes: T[]): T[] {
  const rank = (m: Mailbox) => (m.specialUse === null ? ORDINARY : (RANK[m.specialUse] ?? ORDINARY));
  return [...mailboxes].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
