import type { Command } from 'commander';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { formatMessages, printable } from '../format.ts';
import type { Exit } from '../program.ts';

export function addRepair(program: Command, exit: Exit): void {
  program
    .command('repair <archive>')
    .description(
      'mend an archive: cut torn ends, build the catalog anew, find messages whose record is damaged; deletes no good message',
    )
    .action(async (folder: string) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>());
      const report = await engine.repair(folder);
      for (const line of report.done) terminal.say(`${terminal.style('green', '✓')} ${printable(line)}`);
      for (const line of report.notPossible) terminal.say(`${terminal.style('red', '✗')} ${printable(line)}`);
      terminal.object({ type: 'summary', ...report });
      const whole = report.notPossible.length === 0;
      terminal.say(
        `The archive holds ${formatMessages(report.messages)}. ${whole ? 'Everything could be mended.' : 'What is marked above could not be mended; the next backup fetches it again if the server still has it.'}`,
      );
      exit(whole ? EXIT.complete : EXIT.archiveDamaged);
    });
}
