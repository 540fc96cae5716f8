import type { Command } from 'commander';
import { accessFrom, addAccessOptions } from '../options.ts';
import type { Exit } from '../program.ts';
import { addUploadOptions, runUpload } from '../upload-command.ts';

export function addRestore(program: Command, exit: Exit): void {
  const command = program
    .command('restore <archive> <url>')
    .description('put an archive, or some folders of it, onto a server; what is there already is not sent again');
  addAccessOptions(addUploadOptions(command)).action(
    async (archive: string, url: string, options: Record<string, unknown>) => {
      const access = accessFrom(url, options);
      const code = await runUpload(program, options, {
        plan: (engine, job) => engine.planRestore(archive, access, job),
        start: (engine, job) => engine.restore(archive, access, job),
        done: 'restored',
      });
      exit(code);
    },
  );
}
