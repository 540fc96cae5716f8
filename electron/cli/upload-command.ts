/** What restore and migrate have in common: the options of an upload, its dry run, its job. */
import type { Command } from 'commander';
import type { Engine, JobHandle, MappedPair, ProofDepth, UploadOptions } from '../engine/engine.ts';
import { createContext, type GlobalOptions } from './context.ts';
import { EXIT } from './exit-codes.ts';
import {
  addMappingOptions,
  addSelectionOptions,
  addTransferOptions,
  mappingRules,
  transferOptions,
} from './options.ts';
import { printPlan } from './plan.ts';
import { runJob } from './run-job.ts';

export function addUploadOptions(command: Command): Command {
  command.option('--state <folder>', 'where to remember what was sent (default: with your user data)');
  return addMappingOptions(addTransferOptions(addSelectionOptions(command)));
}

export interface Upload {
  plan(engine: Engine, options: UploadOptions): Promise<MappedPair[]>;
  start(engine: Engine, options: UploadOptions): JobHandle;
  /** What was done with a message: `restored`. */
  done: string;
}

/** @returns the exit code */
export async function runUpload(program: Command, options: Record<string, unknown>, upload: Upload): Promise<number> {
  const { engine, terminal } = createContext(program.opts<GlobalOptions>(), options['state'] as string | undefined);
  const job = { ...transferOptions(options), rules: mappingRules(options), proof: options['proof'] as ProofDepth };
  if (options['dryRun']) {
    printPlan(await upload.plan(engine, job), terminal);
    return EXIT.complete;
  }
  const words = { stored: upload.done, duplicate: 'there already' };
  return runJob(upload.start(engine, job), terminal, { report: options['report'] as string | undefined, words });
}
