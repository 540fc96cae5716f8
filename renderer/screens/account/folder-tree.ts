/** Folders as a tree, out of the flat list of paths that a server gives. Pure. */
import type { SpecialUse } from '../../../shared/mailbox.ts';
import type { OverviewMailbox } from '../../../shared/overview.ts';

/** null: not known yet. */
export interface Amounts {
  messages: number;
  unseen: number | null;
  newMessages: number | null;
  newBytes: number | null;
  sizeBytes: number | null;
}

export interface FolderNode {
  /** Of its mailbox, or of the place where a mailbox would be. */
  path: string;
  /** Last part of the path as the server writes it. */
  name: string;
  use: SpecialUse | null;
  /** Set on the one folder that goes by the localised name of its use. */
  label: SpecialUse | null;
  /** False for folders that only hold other folders. */
  holdsMail: boolean;
  depth: number;
  parent: FolderNode | null;
  /** In folder order: special ones first, then the server's order, junk and trash last. */
  children: FolderNode[];
  /** Of the folder alone. */
  own: Amounts;
  /** With everything below. */
  total: Amounts;
  /** Folders with mail in them or room for it, this one and below. */
  folders: number;
}

export interface FolderTree {
  roots: FolderNode[];
  /** Every folder, parents before children, in folder order. */
  all: FolderNode[];
  byPath: ReadonlyMap<string, FolderNode>;
}

const NOTHING: Amounts = { messages: 0, unseen: null, newMessages: null, newBytes: null, sizeBytes: null };

const RANK: Readonly<Record<SpecialUse, number>> = {
  inbox: 0,
  drafts: 1,
  sent: 2,
  archive: 3,
  all: 4,
  flagged: 5,
  important: 6,
  junk: 20,
  trash: 21,
};
const ORDINARY_RANK = 10;

const rankOf = (node: FolderNode): number => (node.use === null ? ORDINARY_RANK : RANK[node.use]);

const isInbox = (path: string): boolean => path.toUpperCase() === 'INBOX';

/** Some servers keep every folder below the inbox for historical reasons; people do not think of them so. */
function everythingIsBelowInbox(mailboxes: readonly OverviewMailbox[]): boolean {
  const others = mailboxes.filter(({ path }) => !isInbox(path));
  return (
    others.length > 0 &&
    others.every(({ path, delimiter }) => delimiter !== null && path.toUpperCase().startsWith(`INBOX${delimiter}`))
  );
}

function segmentsOf({ path, delimiter }: OverviewMailbox): string[] {
  if (!delimiter) return [path];
  const segments = path.split(delimiter);
  // `Work/` is how some servers list a folder that only holds others.
  if (segments.length > 1 && segments.at(-1) === '') segments.pop();
  return segments;
}

function emptyNode(path: string, name: string, parent: FolderNode | null): FolderNode {
  return {
    path,
    name,
    use: null,
    label: null,
    holdsMail: false,
    depth: parent ? parent.depth + 1 : 0,
    parent,
    children: [],
    own: NOTHING,
    total: NOTHING,
    folders: 0,
  };
}

class TreeBuilder {
  readonly roots: FolderNode[] = [];
  readonly #byPlace = new Map<string, FolderNode>();

  add(mailbox: OverviewMailbox, isLifted: boolean): void {
    const segments = segmentsOf(mailbox);
    const visible = isLifted && segments.length > 1 ? segments.slice(1) : segments;
    let parent: FolderNode | null = null;
    let place = '';
    visible.forEach((name, index) => {
      place += `\0${name}`;
      const isLast = index === visible.length - 1;
      const path = isLast
        ? mailbox.path
        : segments.slice(0, segments.length - visible.length + index + 1).join(mailbox.delimiter ?? '');
      parent = this.#child(isLast && this.#byPlace.get(place)?.holdsMail ? `${place}\0` : place, path, name, parent);
    });
    if (parent) fill(parent, mailbox);
  }

  #child(place: string, path: string, name: string, parent: FolderNode | null): FolderNode {
    const known = this.#byPlace.get(place);
    if (known) return known;
    const node = emptyNode(path, name === '' ? path : name, parent);
    this.#byPlace.set(place, node);
    (parent ? parent.children : this.roots).push(node);
    return node;
  }
}

function fill(node: FolderNode, mailbox: OverviewMailbox): void {
  node.path = mailbox.path;
  node.use = mailbox.specialUse;
  node.holdsMail = mailbox.selectable;
  if (!mailbox.selectable) return;
  const { messages, unseen, newMessages, newBytes } = mailbox;
  // An empty folder has no size to wait for.
  const sizeBytes = messages === 0 ? 0 : mailbox.sizeBytes;
  node.own = { messages, unseen, newMessages, newBytes, sizeBytes };
}

/** The sum of what is known; null when nothing is. */
const plus = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : one + other;

export function addAmounts(one: Amounts, other: Amounts): Amounts {
  return {
    messages: one.messages + other.messages,
    unseen: plus(one.unseen, other.unseen),
    newMessages: plus(one.newMessages, other.newMessages),
    newBytes: plus(one.newBytes, other.newBytes),
    sizeBytes: plus(one.sizeBytes, other.sizeBytes),
  };
}

export function sumAmounts(nodes: Iterable<FolderNode>): Amounts {
  let sum = NOTHING;
  for (const node of nodes) sum = addAmounts(sum, node.own);
  return sum;
}

/** Without recursion: a hostile server may nest thousands deep. */
export function subtree(node: FolderNode): FolderNode[] {
  const found: FolderNode[] = [];
  const open = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    found.push(next);
    for (let at = next.children.length - 1; at >= 0; at -= 1) open.push(next.children[at] as FolderNode);
  }
  return found;
}

const byRank = (one: FolderNode, other: FolderNode): number => rankOf(one) - rankOf(other);

function inFolderOrder(roots: FolderNode[]): FolderNode[] {
  roots.sort(byRank);
  const all: FolderNode[] = [];
  const open = roots.toReversed();
  for (let next = open.pop(); next; next = open.pop()) {
    all.push(next);
    next.children.sort(byRank);
    for (let at = next.children.length - 1; at >= 0; at -= 1) open.push(next.children[at] as FolderNode);
  }
  return all;
}

export function buildTree(mailboxes: readonly OverviewMailbox[]): FolderTree {
  const builder = new TreeBuilder();
  const isLifted = everythingIsBelowInbox(mailboxes);
  for (const mailbox of mailboxes) builder.add(mailbox, isLifted);
  const all = inFolderOrder(builder.roots);
  const labelled = new Set<SpecialUse>();
  for (const node of all) {
    if (node.use === null || labelled.has(node.use)) continue;
    labelled.add(node.use);
    node.label = node.use;
  }
  for (const node of all.toReversed()) {
    node.total = node.children.reduce((sum, child) => addAmounts(sum, child.total), node.own);
    node.folders = node.children.reduce((sum, child) => sum + child.folders, node.holdsMail ? 1 : 0);
  }
  return { roots: builder.roots, all, byPath: new Map(all.map((node) => [node.path, node])) };
}

/** What a row or tile of it says: folded, and where it only holds others, it stands for all below. */
export function shownAmounts(node: FolderNode, isUnfolded: boolean): Amounts {
  return isUnfolded && node.holdsMail ? node.own : node.total;
}
