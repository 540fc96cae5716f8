import type { Command } from 'commander';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import {
  accessFrom,
  addAccessOptions,
  addMappingOptions,
  addSelectionOptions,
  addTransferOptions,
  mappingRules,
  transferOptions,
} from '../options.ts';
import { printPlan } from '../plan.ts';
import type { Exit } from '../program.ts';
import type { ProofDepth } from '../../engine/engine.ts';
import { runJob } from '../run-job.ts';

export function addRestore(program: Command, exit: Exit): void {
  const command = program
    .command('restore <archive> <url>')
    .description('put an archive, or some folders of it, onto a server; what is there already is not sent again')
    .option('--state <folder>', 'where to remember what was sent (default: with your user data)');
  addAccessOptions(addMappingOptions(addTransferOptions(addSelectionOptions(command)))).action(
    async (archive: string, url: string, options: Record<string, unknown>) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>(), options['state'] as string | undefined);
      const access = accessFrom(url, options);
      const job = { ...transferOptions(options), rules: mappingRules(options), proof: options['proof'] as ProofDepth };
      if (options['dryRun']) {
        printPlan(await engine.planRestore(archive, access, job), terminal);
        exit(EXIT.complete);
        return;
      }
      const words = { stored: 'restored', duplicate: 'there already' };
      exit(
        await runJob(engine.restore(archive, access, job), terminal, {
          report: options['report'] as string | undefined,
          words,
        }),
      );
    },
  );
}
