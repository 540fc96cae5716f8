/** Which mailbox goes where. Pure: a preview of every pair before anything is written. */
import type { Mailbox, MailboxStatus, SpecialUse } from '../../../shared/mailbox.ts';
import type { MailboxPair } from '../sink.ts';
import type { Namespace } from '../source.ts';

export interface MappingRules {
  /** Exact source path → exact target path; its children move with it. */
  explicit: { from: string; to: string }[];
  /** Applied in order to the path that the other steps made. */
  regex: { pattern: RegExp; replacement: string }[];
  /** Put everything below this target mailbox. */
  into: string | null;
  /** Pair special mailboxes whatever their names (`Gesendet` → `Sent`). */
  pairSpecialUse: boolean;
}

export const DEFAULT_RULES: MappingRules = { explicit: [], regex: [], into: null, pairSpecialUse: true };

export interface MappedPair extends MailboxPair {
  /** Why the name is what it is, for the preview. */
  reason: 'same' | 'special-use' | 'rule' | 'below-mapped' | 'collision';
  /** What could not be kept of the name; null when it is the same name. */
  changed: string | null;
}

export interface MappingTarget {
  mailboxes: Mailbox[];
  namespace: Namespace;
}

/** Special uses that exist once in an account and are the same thing under any name. */
const PAIRED: ReadonlySet<SpecialUse> = new Set(['inbox', 'sent', 'drafts', 'trash', 'junk', 'archive']);

export function mapMailboxes(
  sources: MailboxStatus[],
  sourcePrefix: string,
  target: MappingTarget,
  rules: MappingRules,
): MappedPair[] {
  const targetOf = new Map<SpecialUse, string>();
  for (const m of target.mailboxes) if (m.specialUse && m.selectable) targetOf.set(m.specialUse, m.path);
  targetOf.set('inbox', 'INBOX');
  const taken = new Map<string, string>();
  const existing = new Map(target.mailboxes.map((m) => [foldName(m.path), m.path]));
  const isThere = (path: string) => target.mailboxes.some((m) => m.selectable && m.path === path);
  const roots = specialRoots(sources, targetOf, rules, (s) => isThere(plain(s, sourcePrefix, target.namespace).path));
  return sources.map((source) => {
    const mapped = mapOne(source, sourcePrefix, target.namespace, rules, roots);
    const clean = legalise(mapped.path, target.namespace);
    const changed = clean.changed ?? delimiterNote(source, target.namespace.delimiter, mapped.reason);
    let path = existing.get(foldName(clean.path)) ?? clean.path;
    let reason = mapped.reason;
    // Two source mailboxes meet in one target only when a rule says so; otherwise each keeps a mailbox of its own.
    const other = taken.get(foldName(path));
    if (other !== undefined && other !== source.path && reason !== 'rule') {
      path = freeName(path, (name) => taken.has(foldName(name)));
      reason = 'collision';
    }
    taken.set(foldName(path), source.path);
    const targetSpecialUse = source.specialUse && !targetOf.has(source.specialUse) ? source.specialUse : null;
    return {
      source,
      targetPath: path,
      targetSpecialUse,
      reason,
      changed: reason === 'collision' ? 'the name was taken' : changed,
    };
  });
}

/** The prefix that every mailbox but INBOX carries (`INBOX.` on Courier and classic Cyrus); '' when there is none. */
export function inferPrefix(mailboxes: Mailbox[]): string {
  const others = mailboxes.filter((m) => m.path.toUpperCase() !== 'INBOX' && m.delimiter !== null);
  const prefix = others.length > 0 ? `INBOX${others[0]!.delimiter}` : '';
  return prefix !== '' && others.every((m) => m.path.startsWith(prefix)) ? prefix : '';
}

interface Root {
  from: string;
  delimiter: string | null;
  to: string;
  reason: 'special-use' | 'rule';
}

/** Mailboxes with a fixed place, longest name first so that the nearest ancestor decides. */
function specialRoots(
  sources: MailboxStatus[],
  targetOf: Map<SpecialUse, string>,
  rules: MappingRules,
  hasOwnName: (source: MailboxStatus) => boolean,
): Root[] {
  const roots: Root[] = [];
  for (const { from, to } of rules.explicit) {
    const delimiter = sources.find((s) => s.path === from)?.delimiter ?? sources[0]?.delimiter ?? null;
    roots.push({ from, delimiter, to, reason: 'rule' });
  }
  if (rules.pairSpecialUse) {
    for (const s of sources) {
      if (
        !s.specialUse ||
        s.specialUse === 'inbox' ||
        !PAIRED.has(s.specialUse) ||
        roots.some((r) => r.from === s.path)
      )
        continue;
      // A folder that the target has under the very same name goes there: what an earlier run made stays its place, whatever
      // the target takes for its "sent" folder since.
      if (hasOwnName(s)) continue;
      const to = targetOf.get(s.specialUse);
      if (to !== undefined) roots.push({ from: s.path, delimiter: s.delimiter, to, reason: 'special-use' });
    }
  }
  return roots.sort((a, b) => b.from.length - a.from.length);
}

function mapOne(
  source: MailboxStatus,
  sourcePrefix: string,
  namespace: Namespace,
  rules: MappingRules,
  roots: Root[],
): { path: string; reason: MappedPair['reason'] } {
  const delimiter = namespace.delimiter ?? '/';
  let { path, reason } = underRoots(source, delimiter, roots) ?? plain(source, sourcePrefix, namespace);
  if (rules.into !== null && reason !== 'rule') {
    const inner =
      namespace.prefix !== '' && path.startsWith(namespace.prefix) ? path.slice(namespace.prefix.length) : path;
    path = `${rules.into}${delimiter}${inner}`;
    reason = 'rule';
  }
  for (const { pattern, replacement } of rules.regex) {
    const next = path.replace(pattern, replacement);
    if (next !== path) [path, reason] = [next, 'rule'];
  }
  return { path, reason };
}

function underRoots(
  source: MailboxStatus,
  delimiter: string,
  roots: Root[],
): { path: string; reason: MappedPair['reason'] } | null {
  for (const root of roots) {
    if (source.path === root.from) return { path: root.to, reason: root.reason };
    if (root.delimiter !== null && source.path.startsWith(root.from + root.delimiter)) {
      const rest = segmentsOf(source.path.slice(root.from.length + 1), root.delimiter);
      return { path: [root.to, ...rest.map((s) => safeSegment(s, delimiter))].join(delimiter), reason: 'below-mapped' };
    }
  }
  return null;
}

function plain(source: MailboxStatus, sourcePrefix: string, namespace: Namespace): { path: string; reason: 'same' } {
  if (source.path.toUpperCase() === 'INBOX') return { path: 'INBOX', reason: 'same' };
  const delimiter = namespace.delimiter ?? '/';
  const inner = source.path.startsWith(sourcePrefix) ? source.path.slice(sourcePrefix.length) : source.path;
  const segments = segmentsOf(inner, source.delimiter).map((s) => safeSegment(s, delimiter));
  return { path: namespace.prefix + segments.join(delimiter), reason: 'same' };
}

function segmentsOf(path: string, delimiter: string | null): string[] {
  return delimiter === null || delimiter === '' ? [path] : path.split(delimiter);
}

/** The target's delimiter inside a name would make a level that the source does not have. */
function safeSegment(segment: string, delimiter: string): string {
  return segment.split(delimiter).join('_');
}

/** Octets that no IMAP server takes in a name: CR, LF, NUL and other controls (RFC 9051 §5.1); empty levels. */
function legalise(path: string, { delimiter, bmpOnly }: Namespace): { path: string; changed: string | null } {
  const d = delimiter ?? '/';
  const clean = path
    .split(d)
    .map((s) => s.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '_'))
    .map((s) => (bmpOnly ? s.replace(/[\u{10000}-\u{10ffff}]/gu, '_') : s))
    .map((s) => (s === '' ? '_' : s))
    .join(d);
  return {
    path: clean,
    changed: clean === path ? null : 'characters that the server does not take were replaced by _',
  };
}

function delimiterNote(source: MailboxStatus, delimiter: string | null, reason: MappedPair['reason']): string | null {
  if (reason === 'rule' || delimiter === null || delimiter === source.delimiter || !source.path.includes(delimiter))
    return null;
  return `${delimiter} separates folders at the target and was replaced by _`;
}

/**
 * Another name for a mailbox whose own name the server refused: letters, digits and a few harmless signs stay.
 *
 * @returns null when nothing could be replaced, so that another try makes no sense
 */
export function replacementName(path: string, namespace: Namespace, isTaken: (path: string) => boolean): string | null {
  const d = namespace.delimiter ?? '/';
  const inner = path.startsWith(namespace.prefix) ? path.slice(namespace.prefix.length) : path;
  const plain = inner.split(d).map((segment) => {
    const safe = segment
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N} _@+,()!-]/gu, '_')
      .trim()
      .slice(0, 60);
    return safe === '' ? '_' : safe;
  });
  const name = namespace.prefix + plain.join(d);
  if (name === path) return null;
  return isTaken(name) ? freeName(name, isTaken) : name;
}

/** Names that one server may treat as one: INBOX in any case. Others are compared as they are. */
function foldName(path: string): string {
  return path.toUpperCase() === 'INBOX' ? 'INBOX' : path;
}

function freeName(path: string, isTaken: (path: string) => boolean): string {
  for (let n = 2; ; n++) {
    const candidate = `${path} (${n})`;
    if (!isTaken(candidate)) return candidate;
  }
}
