import { Option, type Command } from 'commander';
import type { Layout } from '../../engine/engine.ts';
import { createContext, type GlobalOptions } from '../context.ts';
import { accessFrom, addAccessOptions, addSelectionOptions, addTransferOptions, transferOptions } from '../options.ts';
import type { Exit } from '../program.ts';
import { runJob } from '../run-job.ts';

export function addBackup(program: Command, exit: Exit): void {
  const command = program
    .command('backup <url> <archive>')
    .description('back up an account into an archive; run it again to fetch only what is new')
    .addOption(
      new Option('--layout <layout>', 'layout of a new archive (default: mbox)').choices([
        'mbox',
        'eml',
      ] satisfies Layout[]),
    )
    .option('--mirror', 'also remove from the archive what is gone from the server')
    .option('--mirror-confirm', 'the same, even when that is more than half of a folder');
  addAccessOptions(addTransferOptions(addSelectionOptions(command))).action(
    async (url: string, archive: string, options: Record<string, unknown>) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>());
      const access = accessFrom(url, options);
      const mirror = options['mirrorConfirm'] ? 'confirmed' : options['mirror'] ? 'on' : 'off';
      const job = engine.backup(access, archive, (options['layout'] as Layout | undefined) ?? null, {
        ...transferOptions(options),
        mirror,
      });
      const words = { stored: 'saved', duplicate: 'saved before' };
      exit(await runJob(job, terminal, { report: options['report'] as string | undefined, words }));
    },
  );
}
