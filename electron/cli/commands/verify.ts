import type { Command } from 'commander';
import type { ProofDepth } from '../../engine/engine.ts';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { accessFrom, addAccessOptions, addSelectionOptions, given, proofOption } from '../options.ts';
import type { Exit } from '../program.ts';
import { runJob } from '../run-job.ts';

export function addVerify(program: Command, exit: Exit): void {
  const command = program
    .command('verify <archive>')
    .description('read every archived message again and compare it with its fingerprint')
    .option('--against <url>', 'compare the archive with what is on this server instead')
    .addOption(proofOption('with --against: how many messages are fetched to compare their octets'))
    .option('--allow-insecure', 'allow imap+insecure:// to another machine: the password travels in clear')
    .option('--report <file>', 'write a report: .html, .csv or .json');
  addAccessOptions(addSelectionOptions(command)).action(async (archive: string, options: Record<string, unknown>) => {
    const { engine, terminal } = createContext(program.opts<GlobalOptions>());
    const against = options['against'] as string | undefined;
    const selection = {
      only: given(options, 'only'),
      skip: given(options, 'skip'),
      proof: options['proof'] as ProofDepth,
    };
    const job =
      against === undefined
        ? engine.verify(archive)
        : engine.verifyAgainst(archive, accessFrom(against, options), selection);
    const words = { stored: against === undefined ? 'intact' : 'found there', duplicate: '' };
    const code = await runJob(job, terminal, { report: options['report'] as string | undefined, words });
    // Damage in the archive itself has an exit code of its own: a script must be able to tell it from a refused message.
    exit(code === EXIT.incomplete && against === undefined ? EXIT.archiveDamaged : code);
  });
}
