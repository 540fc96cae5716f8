import type { Command } from 'commander';
import type { ProofDepth } from '../../engine/engine.ts';
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
import { runJob } from '../run-job.ts';

export function addMigrate(program: Command, exit: Exit): void {
  const command = program
    .command('migrate <source-url> <target-url>')
    .description('move an account from one server to another; run it again for what arrived since')
    .option('--state <folder>', 'where to remember what was sent (default: with your user data)');
  addMappingOptions(addTransferOptions(addSelectionOptions(command)));
  addAccessOptions(addAccessOptions(command, 'source-'), 'target-').action(
    async (sourceUrl: string, targetUrl: string, options: Record<string, unknown>) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>(), options['state'] as string | undefined);
      const from = accessFrom(sourceUrl, options, 'source-');
      const to = accessFrom(targetUrl, options, 'target-');
      const job = { ...transferOptions(options), rules: mappingRules(options), proof: options['proof'] as ProofDepth };
      if (options['dryRun']) {
        printPlan(await engine.planMigrate(from, to, job), terminal);
        exit(EXIT.complete);
        return;
      }
      const words = { stored: 'moved', duplicate: 'there already' };
      exit(
        await runJob(engine.migrate(from, to, job), terminal, {
          report: options['report'] as string | undefined,
          words,
        }),
      );
    },
  );
}
