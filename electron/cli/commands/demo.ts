import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { createContext, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { Exit } from '../program.ts';

export function addDemo(program: Command, exit: Exit): void {
  program
    .command('demo')
    .description('the whole story on two mail servers inside this program, with sample mail')
    .option('--keep', 'leave the servers running and the archive in place to play with')
    .option('--folder <folder>', 'where the archive goes (default: a temporary folder)')
    .action(async (options: { keep?: boolean; folder?: string }) => {
      // Loaded only here: no other command needs the servers and the sample mail.
      const { startProviders } = await import('../../demo/providers.ts');
      const { runStory } = await import('../demo/story.ts');
      const folder = options.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'mailferry-demo-'));
      const context = createContext(program.opts<GlobalOptions>(), path.join(folder, 'transfers'));
      const providers = await startProviders();
      try {
        const held = await runStory({ ...context, providers, folder, keep: options.keep === true });
        if (options.keep) await untilInterrupted();
        exit(held ? EXIT.complete : EXIT.incomplete);
      } finally {
        await providers.stop();
        if (!options.keep && options.folder === undefined) fs.rmSync(folder, { recursive: true, force: true });
      }
    });
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const tick = setInterval(() => undefined, 60_000);
    const stop = () => {
      clearInterval(tick);
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
