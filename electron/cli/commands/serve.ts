import { InvalidArgumentError, type Command } from 'commander';
import { EngineError } from '../../engine/errors.ts';
import type { Served } from '../../web.ts';
import { createContext, logFor, type GlobalOptions } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import type { Exit } from '../program.ts';
import type { Terminal } from '../terminal.ts';
import { VERSION } from '../version.ts';

export function addServe(program: Command, exit: Exit): void {
  program
    .command('serve')
    .description('the app in your browser, for this machine only')
    .option('--port <n>', 'port on 127.0.0.1 (default: any that is free)', parsePort, 0)
    .option('--open', 'open it in your browser')
    .action(async (options: { port: number; open?: boolean }) => {
      // Loaded only here: no other command needs the app and its web server.
      const { serve } = await import('../../web.ts');
      const global = program.opts<GlobalOptions>();
      const { terminal } = createContext(global);
      const ended = untilTold();
      const served = await serve({ version: VERSION, port: options.port, log: logFor(global) });
      const link = served.newLink();
      tell(terminal, link);
      if (options.open) await openOrSay(served, link, terminal);
      const stopAsking = giveLinksOnEnter(served, terminal);
      await ended;
      stopAsking();
      sayClosed(await served.close(), terminal);
      exit(EXIT.complete);
    });
}

/** The link goes to the terminal and nowhere else: whoever has it is let in. */
function tell(terminal: Terminal, link: string): void {
  terminal.print(`Mailferry is open at ${link}\n`);
  terminal.object({ type: 'open', url: link });
}

async function openOrSay(served: Served, link: string, terminal: Terminal): Promise<void> {
  try {
    await served.open(link);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    terminal.say('No browser could be started. Open the link yourself.');
  }
}

/** A link works once; who closed the page asks for another. */
function giveLinksOnEnter(served: Served, terminal: Terminal): () => void {
  if (!process.stdin.isTTY || terminal.json) return () => undefined;
  terminal.say('Press Enter for a new link, Ctrl-C to close.');
  const give = () => tell(terminal, served.newLink());
  process.stdin.on('data', give);
  return () => {
    process.stdin.off('data', give);
    process.stdin.pause();
  };
}

function sayClosed(running: number, terminal: Terminal): void {
  const jobs = running === 1 ? 'A job was running and goes' : `${running} jobs were running and go`;
  terminal.say(running === 0 ? 'Mailferry is closed.' : `Mailferry is closed. ${jobs} on when you say so next time.`);
}

/** One Ctrl-C may arrive twice: from the terminal, and handed on by npm. */
const ONE_SIGNAL_MS = 1_000;

/** A second signal ends at once: whoever asks twice does not want to wait. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    let toldAt: number | null = null;
    const tell = () => {
      toldAt ??= performance.now();
      if (performance.now() - toldAt > ONE_SIGNAL_MS) process.exit(EXIT.interrupted);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, tell);
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It takes a number from 0 to 65535.');
  return port;
}
