import { once } from 'node:events';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { readMessage } from '../../engine/engine.ts';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { formatBytes, printable } from '../format.ts';
import type { Exit } from '../program.ts';

export function addShow(program: Command, exit: Exit): void {
  program
    .command('show <archive> <folder>')
    .argument('<uid>', 'number of the message, as "list" shows it', parseUid)
    .description('one archived message as readable text')
    .option('--raw', 'its octets, exactly as the server gave them')
    .option('--uid-validity <n>', 'the generation of the folder, for messages from before a renumbering', parseUid)
    .action(async (folder: string, mailbox: string, uid: number, options: { raw?: boolean; uidValidity?: number }) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>());
      const archive = await engine.openArchive(folder);
      try {
        const generation = options.uidValidity ?? archive.currentUidValidity(mailbox);
        if (options.raw) {
          for (const chunk of archive.streamRaw(mailbox, generation, uid)) {
            if (!process.stdout.write(Buffer.from(chunk))) await once(process.stdout, 'drain');
          }
        } else {
          const mail = await readMessage(archive.readRaw(mailbox, generation, uid));
          terminal.object({ type: 'message', mailbox, uid, ...mail });
          terminal.print(messageText(mail));
        }
      } finally {
        await archive.close();
      }
      exit(EXIT.complete);
    });
}

function messageText({
  from,
  to,
  cc,
  date,
  subject,
  text,
  attachments,
}: Awaited<ReturnType<typeof readMessage>>): string {
  const fields = [
    ['From', from],
    ['To', to],
    ['Cc', cc],
    ['Date', date],
    ['Subject', subject],
  ].filter(([, value]) => value !== '');
  const header = fields.map(([name, value]) => `${`${name}:`.padEnd(9)}${printable(value!)}\n`).join('');
  const body = text
    .split(/\r\n|\r|\n/)
    .map((line) => printable(line.replaceAll('\t', '    ')))
    .join('\n')
    .trimEnd();
  const files = attachments
    .map((a) => `Attachment: ${printable(a.name)} (${printable(a.mimeType)}, ${formatBytes(a.sizeBytes)})\n`)
    .join('');
  return `${header}\n${body}\n${files === '' ? '' : `\n${files}`}`;
}

function parseUid(text: string): number {
  const uid = Number(text);
  if (!Number.isInteger(uid) || uid < 1 || uid > 0xffffffff)
    throw new InvalidArgumentError('It takes a whole number, as "list" shows it.');
  return uid;
}
