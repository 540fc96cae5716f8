/** The commands. Each lives in a file of its own under commands/. */
import { Command } from 'commander';
import { addBackup } from './commands/backup.ts';
import { addCheck } from './commands/check.ts';
import { addDemo } from './commands/demo.ts';
import { addList } from './commands/list.ts';
import { addMigrate } from './commands/migrate.ts';
import { addRepair } from './commands/repair.ts';
import { addRestore } from './commands/restore.ts';
import { addServe } from './commands/serve.ts';
import { addSearch } from './commands/search.ts';
import { addShow } from './commands/show.ts';
import { addSizes } from './commands/sizes.ts';
import { addVerify } from './commands/verify.ts';
import { VERSION } from './version.ts';

/** Called by a command with its exit code. */
export type Exit = (code: number) => void;

const URL_HELP = `
URL is imaps://user@host[:port] (TLS) or imap://user@host[:port] (STARTTLS, required).
Write an @ inside the user name as %40. The password is asked for, or read from
--password-env NAME or --password-file FILE; it never belongs into the URL.

Exit codes: 0 complete, 3 incomplete, 10 connection, 11 TLS, 12 sign-in, 13 quota or disk full,
20 archive damaged, 21 archive in use, 64 usage, 130 interrupted (run again to go on).`;

export function createProgram(exit: Exit): Command {
  const program = new Command('mailferry')
    .description('Moves mail without changing it: back up IMAP accounts into open archives, restore and migrate them.')
    .version(VERSION, '-V, --version')
    .option('--json', 'one JSON object per line on stdout')
    .option('--quiet', 'say nothing but errors')
    .option('--verbose', 'notes for finding errors, on stderr; never secrets or mail')
    .showHelpAfterError('(run with --help for the options)')
    .showSuggestionAfterError()
    .addHelpText('after', URL_HELP)
    .enablePositionalOptions(false)
    .exitOverride();
  for (const add of [
    addSizes,
    addBackup,
    addRestore,
    addMigrate,
    addVerify,
    addCheck,
    addRepair,
    addList,
    addSearch,
    addShow,
    addServe,
    addDemo,
  ]) {
    add(program, exit);
  }
  for (const command of program.commands)
    command.exitOverride().showHelpAfterError('(run with --help for the options)');
  return program;
}
