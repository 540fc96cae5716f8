import type { Command } from 'commander';
import type { AccountSizes } from '../../engine/engine.ts';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { formatBytes, formatCount, formatMessages, printable } from '../format.ts';
import { accessFrom, addAccessOptions } from '../options.ts';
import type { Exit } from '../program.ts';
import { printTree } from '../tree.ts';

export function addSizes(program: Command, exit: Exit): void {
  const command = program
    .command('sizes <url>')
    .description('folder tree of an account with message counts and sizes')
    .option('--allow-insecure', 'allow imap+insecure:// to another machine: the password travels in clear');
  addAccessOptions(command).action(async (url: string, options: Record<string, unknown>) => {
    const { engine, terminal } = createContext(program.opts<GlobalOptions>());
    const access = accessFrom(url, options);
    const { mailboxes, quota, connection } = await engine.sizes(access);
    for (const mailbox of mailboxes) terminal.object({ type: 'mailbox', ...mailbox });
    const messages = mailboxes.reduce((sum, m) => sum + m.messages, 0);
    const sizeBytes = mailboxes.reduce((sum, m) => sum + (m.sizeBytes ?? 0), 0);
    terminal.object({ type: 'summary', mailboxes: mailboxes.length, messages, sizeBytes, quota, connection });
    if (!terminal.json) {
      printTree(mailboxes, terminal);
      terminal.say();
      terminal.say(`${formatCount(mailboxes.length)} folders, ${formatMessages(messages)}, ${formatBytes(sizeBytes)}`);
      for (const { resource, used, limit } of quota) {
        const amount = resource === 'storage' ? formatBytes : formatCount;
        terminal.say(`Quota: ${amount(used)} of ${amount(limit)}${resource === 'storage' ? '' : ' messages'} used`);
      }
      terminal.say(terminal.style('dim', connectionText(connection)));
    }
    exit(EXIT.complete);
  });
}

function connectionText({ tlsVersion, cipher, forwardSecrecy }: AccountSizes['connection']): string {
  if (tlsVersion === null) return 'The connection was not encrypted.';
  return `${tlsVersion}, ${printable(cipher ?? '')}${forwardSecrecy ? ', forward secrecy' : ''}`;
}
