import type { Command } from 'commander';
import { accessFrom, addAccessOptions } from '../options.ts';
import type { Exit } from '../program.ts';
import { addUploadOptions, runUpload } from '../upload-command.ts';

export function addMigrate(program: Command, exit: Exit): void {
  const command = program
    .command('migrate <source-url> <target-url>')
    .description('move an account from one server to another; run it again for what arrived since');
  addAccessOptions(addAccessOptions(addUploadOptions(command), 'source-'), 'target-').action(
    async (sourceUrl: string, targetUrl: string, options: Record<string, unknown>) => {
      const from = accessFrom(sourceUrl, options, 'source-');
      const to = accessFrom(targetUrl, options, 'target-');
      const code = await runUpload(program, options, {
        plan: (engine, job) => engine.planMigrate(from, to, job),
        start: (engine, job) => engine.migrate(from, to, job),
        done: 'moved',
      });
      exit(code);
    },
  );
}
