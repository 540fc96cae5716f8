import type { SpecialUse } from '../../../shared/mailbox.ts';
import { DECORATIONS, GMAIL_NAMES, NAMES } from './special-use-names.ts';

/** Which mailbox is for sent mail, drafts and so on: the server's word first (RFC 6154), then its name in any language. */

export interface ListedMailbox {
  path: string;
  delimiter: string | null;
  selectable: boolean;
  /** What the server's attributes say, if anything. */
  claimed: readonly SpecialUse[];
}

export interface NameGuess {
  use: SpecialUse;
  /** false: only after words around it were left out. */
  exact: boolean;
}

/**
 * One use for each mailbox and one mailbox for each use. The server's attributes beat names, exact names beat decorated
 * ones, a mailbox nearer to the root beats one below; then the order of the listing decides.
 *
 * @returns aligned with `mailboxes`
 */
export function assignSpecialUses(mailboxes: readonly ListedMailbox[]): (SpecialUse | null)[] {
  const candidates = mailboxes.flatMap((mailbox, index) => candidatesOf(mailbox, index));
  candidates.sort((a, b) => a.rank - b.rank || a.depth - b.depth || a.index - b.index);
  const uses: (SpecialUse | null)[] = mailboxes.map(() => null);
  const given = new Set<SpecialUse>();
  for (const { use, index } of candidates) {
    if (given.has(use) || uses[index] !== null) continue;
    uses[index] = use;
    given.add(use);
  }
  return uses;
}

interface Candidate {
  use: SpecialUse;
  index: number;
  rank: number;
  depth: number;
}

function candidatesOf({ path, delimiter, selectable, claimed }: ListedMailbox, index: number): Candidate[] {
  if (path.toUpperCase() === 'INBOX') return [{ use: 'inbox', index, rank: 0, depth: 0 }];
  const segments = delimiter === null || delimiter === '' ? [path] : path.split(delimiter);
  const depth = segments.length;
  const byServer = claimed.map((use) => ({ use, index, rank: 1, depth }));
  if (byServer.length > 0 || !selectable) return byServer;
  const guess = guessSpecialUse(segments);
  return guess ? [{ use: guess.use, index, rank: guess.exact ? 2 : 3, depth }] : [];
}

/**
 * By name alone. Only mailboxes at the top, or right below INBOX or [Gmail], are looked at: `Projects/Sent` is a folder
 * of the user's own.
 *
 * @param segments the path, split at its delimiter
 */
export function guessSpecialUse(segments: readonly string[]): NameGuess | null {
  const name = fold(segments.at(-1) ?? '');
  const parent = segments.length === 1 ? '' : fold(segments.slice(0, -1).join('/'));
  const gmail = /^\[(gmail|google mail)\]$/.test(parent);
  if (parent !== '' && parent !== 'inbox' && !gmail) return null;
  const exact = USES.get(name) ?? (gmail ? GMAIL_USES.get(name) : undefined);
  if (exact) return { use: exact, exact: true };
  const words = name.split(/[\s\-_/.,()[\]]+/).filter(Boolean);
  const core = words.filter((word) => !DECORATIONS.has(word) && !/^\d+$/.test(word));
  const decorated = core.length > 0 && core.length < words.length ? USES.get(core.join(' ')) : undefined;
  return decorated ? { use: decorated, exact: false } : null;
}

/** Case, accents and width do not count; neither does how a blank is written. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('æ', 'ae')
    .replace(/[\s_]+/g, ' ')
    .trim();
}

function table(names: Partial<Record<SpecialUse, string[]>>): Map<string, SpecialUse> {
  const found = new Map<string, SpecialUse>();
  for (const [use, lists] of Object.entries(names) as [SpecialUse, string[]][])
    for (const name of lists.flatMap((list) => list.split('|'))) found.set(fold(name), use);
  return found;
}

const USES = table(NAMES);
const GMAIL_USES = table(GMAIL_NAMES);
