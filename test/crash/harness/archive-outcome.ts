/** An archive as a user has it: what it tells of itself, what its files hold, what verify and check say. */
import { hash } from 'node:crypto';
import path from 'node:path';
import { checkArchive, verifyArchive } from '../../../electron/engine/archive/maintain.ts';
import { openArchive } from '../../../electron/engine/archive/open-archive.ts';
import { readTree } from './tree.ts';

export async function archiveOutcome(folder: string): Promise<string[]> {
  return [...(await told(folder)), ...(await audited(folder)), ...filesOf(folder)].sort();
}

async function told(folder: string): Promise<string[]> {
  const archive = await openArchive(folder, { mode: 'read' });
  try {
    const lines: string[] = [];
    for (const mailbox of archive.mailboxes()) {
      lines.push(`mailbox ${JSON.stringify(mailbox)}`);
      for (const message of archive.messages(mailbox.path)) {
        const raw = archive.readRaw(mailbox.path, message.uidValidity, message.uid);
        const sha256 = hash('sha256', raw, 'hex');
        lines.push(`message of ${mailbox.path} ${JSON.stringify(message)} ${raw.length} octets ${sha256}`);
      }
    }
    return lines;
  } finally {
    await archive.close();
  }
}

async function audited(folder: string): Promise<string[]> {
  const verified = await verifyArchive(folder);
  const checked = await checkArchive(folder);
  return [
    `verify: ${verified.messages} messages, ${verified.bytes} octets`,
    ...verified.problems.map((p) => `verify: ${p.path} ${p.uid} ${p.damage}`),
    ...checked.findings.map((f) => `check: ${f.severity} ${f.message}`),
  ];
}

/**
 * Names of all files, so that nothing is left over; what mbox files hold, whatever the order; which files are one by
 * hard links. Journal lines are not compared: a resumed run has more of them.
 */
function filesOf(folder: string): string[] {
  const { names, contents } = readTree(folder);
  const lines: string[] = [];
  const sharing = new Map<number, string[]>();
  for (const [at, entry] of names) {
    lines.push(`${entry.kind} ${at}`);
    if (entry.kind !== 'file' || !at.startsWith('mail/')) continue;
    sharing.set(entry.inode, [...(sharing.get(entry.inode) ?? []), at]);
    const octets = contents.get(entry.inode)!.bytes;
    if (at.endsWith('.eml')) lines.push(`octets of ${at}: ${hash('sha256', octets, 'hex')}`);
    else for (const message of mboxMessages(octets)) lines.push(`in ${at}: ${message}`);
  }
  for (const same of sharing.values()) if (same.length > 1) lines.push(`one file: ${same.join(', ')}`);
  return lines;
}

/** Split as any reader of mbox does: at lines that begin with `From `. */
function mboxMessages(octets: Buffer): string[] {
  if (octets.length === 0) return [];
  const text = octets.toString('latin1');
  if (!text.startsWith('From ')) return [`no From_ line at its start: ${JSON.stringify(text.slice(0, 40))}`];
  return text.split(/^(?=From )/m).map((message) => `${message.length} octets ${hash('sha256', message, 'hex')}`);
}

export interface ExpectedMessage {
  uid: number;
  raw: Buffer;
  flags: readonly string[];
  internalDate: string | null;
}

/**
 * The archive holds exactly these messages as present on the source.
 *
 * @param ignoring what the source told wrongly of some
 * @throws naming the first that differs
 */
export async function expectArchived(
  folder: string,
  truth: Map<string, ExpectedMessage[]>,
  ignoring: readonly string[] = [],
): Promise<void> {
  const line = (uid: number, raw: Buffer, flags: readonly string[], date: string | null): string =>
    lineOf(uid, raw, ignoring.includes('flags') ? [] : flags, ignoring.includes('date') ? null : date);
  const archive = await openArchive(folder, { mode: 'read' });
  try {
    for (const [name, messages] of truth) {
      const wanted = messages.map((m) => line(m.uid, m.raw, m.flags, m.internalDate)).sort();
      const uidValidity = archive.currentUidValidity(name);
      const present = [...archive.messages(name)].filter((m) => m.uidValidity === uidValidity && !m.missingOnSource);
      const given = present
        .map((m) => line(m.uid, archive.readRaw(name, m.uidValidity, m.uid), m.flags, m.internalDate))
        .sort();
      if (JSON.stringify(wanted) !== JSON.stringify(given)) {
        throw new Error(
          `${path.basename(folder)}: ${name} should hold\n${wanted.join('\n')}\nand holds\n${given.join('\n')}`,
        );
      }
    }
  } finally {
    await archive.close();
  }
}

function lineOf(uid: number, raw: Buffer, flags: readonly string[], internalDate: string | null): string {
  return `${uid} ${raw.length} ${hash('sha256', raw, 'hex')} [${flags.join(' ')}] ${internalDate}`;
}
