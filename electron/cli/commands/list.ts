import type { Command } from 'commander';
import type { Archive, ArchivedMessage } from '../../engine/engine.ts';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { clip, formatBytes, formatCount, formatMessages, padEnd, padStart, printable } from '../format.ts';
import type { Exit } from '../program.ts';
import type { Terminal } from '../terminal.ts';
import { printTree } from '../tree.ts';

export function addList(program: Command, exit: Exit): void {
  program
    .command('list <archive> [folder]')
    .description('the folders of an archive, or the messages of one folder')
    .action(async (folder: string, mailbox: string | undefined) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>());
      const archive = await engine.openArchive(folder);
      try {
        if (mailbox === undefined) listFolders(archive, terminal);
        else listMessages(archive, mailbox, terminal);
      } finally {
        await archive.close();
      }
      exit(EXIT.complete);
    });
}

function listFolders(archive: Archive, terminal: Terminal): void {
  const mailboxes = archive.mailboxes();
  for (const mailbox of mailboxes) terminal.object({ type: 'mailbox', ...mailbox });
  const messages = mailboxes.reduce((sum, m) => sum + m.messages, 0);
  const sizeBytes = mailboxes.reduce((sum, m) => sum + (m.sizeBytes ?? 0), 0);
  const missing = mailboxes.reduce((sum, m) => sum + m.missing, 0);
  const { account, layout, created } = archive.manifest;
  terminal.object({
    type: 'summary',
    mailboxes: mailboxes.length,
    messages,
    sizeBytes,
    missing,
    account,
    layout,
    created,
  });
  if (terminal.json) return;
  printTree(mailboxes, terminal);
  terminal.say();
  terminal.say(
    `${formatCount(mailboxes.length)} folders, ${formatMessages(messages)}, ${formatBytes(sizeBytes)}; ${layout} archive of ${printable(account)}, begun ${created.slice(0, 10)}`,
  );
  if (missing > 0)
    terminal.say(`${formatMessages(missing)} of these ${missing === 1 ? 'is' : 'are'} no longer on the server.`);
}

function listMessages(archive: Archive, path: string, terminal: Terminal): void {
  const fromWidth = Math.min(30, Math.floor(terminal.columns / 4));
  const subjectWidth = Math.max(20, terminal.columns - fromWidth - 48);
  for (const message of archive.messages(path)) {
    terminal.object({ type: 'message', ...message });
    if (terminal.json) continue;
    const { uid, internalDate, sentDate, from, subject, sizeBytes } = message;
    const date = (sentDate ?? internalDate ?? '').slice(0, 16).replace('T', ' ');
    const columns = [
      padStart(String(uid), 7),
      padEnd(date, 16),
      padEnd(clip(printable(from), fromWidth), fromWidth),
      padEnd(clip(printable(subject), subjectWidth), subjectWidth),
      padStart(formatBytes(sizeBytes), 8),
      flagText(message),
    ];
    terminal.print(`${columns.join('  ').trimEnd()}\n`);
  }
}

const SHORT: Record<string, string> = {
  '\\Answered': 'answered',
  '\\Flagged': 'flagged',
  '\\Draft': 'draft',
  '\\Deleted': 'deleted',
};

/** Unread is what a person looks for; seen is the rest. */
function flagText({ flags, missingOnSource, attachments }: ArchivedMessage): string {
  const words = flags.flatMap((f) => (f === '\\Seen' ? [] : [SHORT[f] ?? printable(f)]));
  if (!flags.includes('\\Seen')) words.unshift('unread');
  if (attachments) words.push('attachment');
  if (missingOnSource) words.push('no longer on the server');
  return words.join(', ');
}
