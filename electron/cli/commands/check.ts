import type { Command } from 'commander';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { formatBytes, formatCount, formatMessages, printable } from '../format.ts';
import type { Exit } from '../program.ts';

export function addCheck(program: Command, exit: Exit): void {
  program
    .command('check <archive>')
    .description('look at the structure of an archive without reading every message ("verify" reads them)')
    .action(async (folder: string) => {
      const { engine, terminal } = createContext(program.opts<GlobalOptions>());
      const report = await engine.check(folder);
      for (const finding of report.findings) {
        terminal.object({ type: 'finding', ...finding });
        const word = finding.severity === 'damage' ? terminal.style('red', 'damage') : terminal.style('yellow', 'note');
        terminal.say(`${word}  ${printable(finding.message)}`);
      }
      terminal.object({ type: 'summary', ...report, findings: report.findings.length });
      const mark = report.healthy ? terminal.style('green', '✓') : terminal.style('red', '✗');
      const contents = `${formatCount(report.mailboxes)} folders, ${formatMessages(report.messages)}, ${formatBytes(report.bytes)}`;
      terminal.say(
        `${mark} ${contents}: ${report.healthy ? 'the structure is sound.' : 'the archive is damaged. Run "repair", then "verify".'}`,
      );
      exit(report.healthy ? EXIT.complete : EXIT.archiveDamaged);
    });
}
