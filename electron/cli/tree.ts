/** Folders as an indented tree with aligned numbers and a bar for each size. */
import type { MailboxStatus, SpecialUse } from '../../shared/mailbox.ts';
import { clip, formatBytes, formatCount, padEnd, padStart, printable } from './format.ts';
import type { Terminal } from './terminal.ts';

export type TreeMailbox = Pick<
  MailboxStatus,
  'path' | 'delimiter' | 'specialUse' | 'messages' | 'sizeBytes' | 'selectable'
>;

interface Row {
  label: string;
  mailbox: TreeMailbox | null;
}

const BAR_WIDTH = 16;

const FIRST: Partial<Record<SpecialUse, number>> = { inbox: 0, drafts: 1, sent: 2, archive: 3 };

export function printTree(mailboxes: TreeMailbox[], terminal: Terminal): void {
  const rows = treeRows(mailboxes);
  const nameWidth = Math.min(Math.max(12, terminal.columns - 48), Math.max(12, ...rows.map((r) => r.label.length + 1)));
  const largest = Math.max(1, ...mailboxes.map((m) => m.sizeBytes ?? 0));
  for (const { label, mailbox } of rows) {
    const name = padEnd(clip(label, nameWidth), nameWidth);
    if (!mailbox?.selectable) {
      terminal.print(`${terminal.style('dim', name)}\n`);
      continue;
    }
    const size = mailbox.sizeBytes;
    const filled = size === null ? 0 : Math.ceil((size / largest) * BAR_WIDTH);
    const bar = terminal.style('cyan', '▇'.repeat(filled));
    const numbers = `${padStart(formatCount(mailbox.messages), 9)}  ${padStart(size === null ? '?' : formatBytes(size), 8)}`;
    terminal.print(`${name}${numbers}  ${bar}\n`);
  }
}

interface Node {
  name: string;
  mailbox: TreeMailbox | null;
  children: Map<string, Node>;
}

/** Depth first; special folders before the others on the top level, then by name. */
export function treeRows(mailboxes: TreeMailbox[]): Row[] {
  const root: Node = { name: '', mailbox: null, children: new Map() };
  for (const mailbox of mailboxes) {
    let node = root;
    const segments = mailbox.delimiter ? mailbox.path.split(mailbox.delimiter) : [mailbox.path];
    for (const segment of segments) {
      let child = node.children.get(segment);
      if (!child) node.children.set(segment, (child = { name: segment, mailbox: null, children: new Map() }));
      node = child;
    }
    node.mailbox = mailbox;
  }
  const rows: Row[] = [];
  walk(root, 0, rows);
  return rows;
}

function walk(node: Node, depth: number, rows: Row[]): void {
  const rank = (n: Node) => FIRST[n.mailbox?.specialUse ?? 'all'] ?? 9;
  const children = [...node.children.values()].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  for (const child of children) {
    rows.push({ label: `${'  '.repeat(depth)}${printable(child.name)}`, mailbox: child.mailbox });
    walk(child, depth + 1, rows);
  }
}
